import type { Artifact, BlobState } from '../../claim/evidence.ts';
import { visible } from '../../visible.ts';
import { attestNamespace } from '../key-record.ts';
import { predicateTypeOf } from '../statement.ts';

export interface ExportedArtifact extends Artifact {
  /** Where the folder was written. */
  readonly state: BlobState;
}

export interface ReadmeFacts {
  readonly origin: string;
  readonly size: number;
  /** Index of the claim's entry. */
  readonly claim: number;
  readonly artifacts: readonly ExportedArtifact[];
  /** Path of the machine's key in the folder; absent when the claim has no bundle. */
  readonly claimKey?: string;
}

/** What stands in an exported folder, and how to check it with tools that Factum's authors did not write. */
export function readmeOf({ origin, size, claim, artifacts, claimKey }: ReadmeFacts): string {
  return `# One claim, and what shows that it is true

From the log \`${origin}\` at ${size} entries; the claim is entry ${claim}. All of it can be checked offline, without Factum.

| file | is |
|---|---|
| \`claim.json\`, \`entries/<index>.json\` | signed envelopes (DSSE), byte for byte as they stand in the log: the claim, what was seen, attested and withdrawn, and the pod's keys and policies |
| \`*.tlog-proof\` | receipts (C2SP tlog-proof): that envelope is in the log |
| \`policy\` | which log and witnesses the receipts are checked with (C2SP tlog-policy) |
| \`allowed_signers\` | the persons' keys, for ssh-keygen |
| \`verify-humans.sh\` | counts the distinct humans who confirm |
| \`sigstore/\` | bundles of what machines signed, their keys, and this log as a trusted root |

## Two humans

\`\`\`sh
sh verify-humans.sh
\`\`\`

needs jq, ssh-keygen, base64 and sha256sum. It counts persons, not keys; the claimant, agents and answers to other claims never count. It does not see
whether a passkey verified its user, which look sheet was shown, nor whether a later look made an answer stale: \`factum verify --from-ledger\` does. A person's
keys are those that \`allowed_signers\` names: compare it with what you know. When a removed key signed is told by the answer itself; the index in its
receipt and the entry of the removal tell it for sure.

${bundlesOf(claim, claimKey)}${keptBy(artifacts)}
## The log

A receipt shows that its envelope is in the log that \`policy\` names: hash it as RFC 6962 does (SHA-256 of a zero byte and the file) and walk up. The key of
the log in \`policy\` came with this folder: compare it with what the log serves, and with what a witness saw. Human answers are SSH signatures in the namespace
\`${attestNamespace}\` over the envelope's pre-authentication encoding.
`;
}

/** cosign refuses a predicate of another type than `--type` names. */
function bundlesOf(claim: number, claimKey: string | undefined): string {
  const example =
    claimKey === undefined
      ? ''
      : `
\`\`\`sh
cosign verify-blob-attestation --bundle sigstore/${claim}.sigstore.json --key ${claimKey} \\
  --trusted-root sigstore/trusted_root.json --type ${predicateTypeOf('claim/v0.1')} --check-claims=false
\`\`\`

(cosign 3) checks the claim. With \`--digest <commit> --digestAlg gitCommit\` for \`--check-claims=false\` it also checks which commit the claim is about.
`;
  return `## What machines signed
${example}
Each bundle is checked with the key that signed it, and with the \`predicateType\` of its payload as \`--type\`. \`@sigstore/verify\` takes them with
\`timestampThreshold: 0\`: there are no certificates and no timestamps here. A bundle proves that the entry *behind* the envelope, its form in Rekor, is in the log.
`;
}

const stateWords: Readonly<Record<BlobState, string>> = {
  kept: 'kept',
  erased: 'erased, and its salt: deleted on purpose',
  missing: 'not there: kept elsewhere, or lost',
  damaged: 'damaged: its bytes are not those that the digest names',
};

/** A section of its own, for looks that kept anything. */
function keptBy(artifacts: readonly ExportedArtifact[]): string {
  if (artifacts.length === 0) return '';
  const rows = artifacts.map(({ name, bytes, digest, state }) => {
    return `| ${visible(name).replaceAll(/[|\n\t`]/g, ' ')} | ${bytes} | \`${digest}\` | ${stateWords[state]} |`;
  });
  return `
## What the looks kept

Logs and screens are not in this folder. Whoever has one shows it with its salt: SHA-256 of the salt and then the bytes is the digest that the look names. An
erased one takes nothing from what was signed: envelopes, receipts and verdicts hold without it.

| artifact | bytes | digest | where this folder was written |
|---|---|---|---|
${rows.join('\n')}
`;
}
