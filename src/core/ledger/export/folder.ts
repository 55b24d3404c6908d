import { acceptCheckpoint } from '../accept-checkpoint.ts';
import { allowedSignersOf } from '../allowed-signers.ts';
import { parseEnvelope } from '../dsse.ts';
import type { KeyRing } from '../key-ring.ts';
import { toHex } from '../octets.ts';
import type { LoggedEntry, PublishedLog, PublishedPorts } from '../published-log.ts';
import { formatTlogPolicy, type PolicyWitness, type TlogPolicy } from '../tlog-policy.ts';
import { subjectPublicKeyInfo, twinLeafOf } from '../twin-leaf.ts';
import { type ExportedArtifact, readmeOf } from './readme.ts';
import { publicKeyPem, sigstoreBundle, trustedRoot } from './sigstore.ts';
import { verifyHumansScript } from './verify-humans.ts';

/** A file of an exported folder, by its path in it. */
export interface ExportedFile {
  readonly path: string;
  readonly content: string | Uint8Array;
}

export interface Exported {
  readonly log: PublishedLog;
  /** Index of the claim's entry. */
  readonly claim: number;
  /** Of all entries about the claim, its own among them. */
  readonly entries: readonly number[];
  /** Of the claim's pod. */
  readonly ring: KeyRing;
  readonly witnesses: readonly PolicyWitness[];
  /** Of the looks at the claim. */
  readonly artifacts: readonly ExportedArtifact[];
}

/** All that a stranger needs to check one claim offline, with tools of others. Throws NOT_PUBLISHED, LOG_DAMAGED. */
export async function exportedFiles(exported: Exported, ports: PublishedPorts): Promise<readonly ExportedFile[]> {
  const { log, claim, ring } = exported;
  const files: ExportedFile[] = [];
  let claimKey: string | undefined;
  for (const index of exported.entries) {
    const entry = await log.entry(index);
    const path = index === claim ? 'claim.json' : `entries/${index}.json`;
    files.push({ path, content: entry.bytes }, { path: `${path}.tlog-proof`, content: entry.receipt });
    const bundled = await sigstoreFiles(entry, log, ports);
    files.push(...bundled);
    if (index === claim) claimKey = bundled.find((file) => file.path.endsWith('.pem'))?.path;
  }
  const { lines } = allowedSignersOf(ring);
  return [
    {
      path: 'README.md',
      content: readmeOf({
        origin: log.key.name,
        size: log.size,
        claim,
        artifacts: exported.artifacts,
        ...(claimKey === undefined ? {} : { claimKey }),
      }),
    },
    ...new Map(files.map((file) => [file.path, file])).values(),
    { path: 'policy', content: formatTlogPolicy(await policyOf(exported, ports)) },
    { path: 'allowed_signers', content: lines.map((line) => `${line}\n`).join('') },
    { path: 'sigstore/trusted_root.json', content: trustedRoot(log.key, ports.sha256) },
    { path: 'verify-humans.sh', content: verifyHumansScript },
  ];
}

/** Of an envelope that is followed by its form in Rekor. */
async function sigstoreFiles(
  { index, bytes }: LoggedEntry,
  log: PublishedLog,
  { sha256 }: PublishedPorts,
): Promise<readonly ExportedFile[]> {
  const envelope = parseEnvelope(bytes);
  const twin = envelope === undefined ? undefined : twinLeafOf(envelope, sha256);
  if (envelope === undefined || twin === undefined || index + 1 >= log.size) return [];
  const next = await log.entry(index + 1);
  const key = subjectPublicKeyInfo(envelope.signatures[0]?.publicKey ?? '');
  if (key === undefined || new TextDecoder().decode(next.bytes) !== new TextDecoder().decode(twin)) return [];
  return [
    { path: `sigstore/${index}.sigstore.json`, content: sigstoreBundle(envelope, next, { log, sha256 }) },
    { path: `sigstore/machine-${toHex(sha256(key)).slice(0, 16)}.pem`, content: publicKeyPem(key) },
  ];
}

/** One of the witnesses must have cosigned, where one has. */
async function policyOf({ log, witnesses }: Exported, { signatures }: PublishedPorts): Promise<TlogPolicy> {
  const members = witnesses.map((witness) => ({ kind: 'witness', witness }) as const);
  const quorum = { kind: 'group', name: 'witnesses', threshold: 1, members } as const;
  const policy = { logs: [{ key: log.key }], witnesses, quorum };
  const isWitnessed = typeof (await acceptCheckpoint(log.checkpoint, policy, signatures)) !== 'string';
  return isWitnessed ? policy : { ...policy, quorum: { kind: 'none' } };
}
