import { z } from 'zod';
import { Artifact, BlobState } from '../core/claim/evidence.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation, type ReadContext, type SetupContext } from '../core/operation.ts';

const Named = Artifact.partial()
  .required({ digest: true })
  .extend({
    /** Ids of all claims whose looks name it. */
    claims: z.array(z.string()),
    /** Before this command. */
    was: BlobState,
  });
type Named = z.infer<typeof Named>;

export const erase = defineOperation({
  id: 'erase',
  summary: 'Delete for good what looks kept, such as a log or a screen; the ledger stays whole',
  scope: 'setup',
  positional: ['artifact'],
  input: z.strictObject({
    artifact: z
      .string()
      .min(1)
      .optional()
      .describe('its digest, or a unique beginning of 8 digits or more; with --claim its name will do'),
    claim: z.string().min(1).optional().describe('only of this claim; without an artifact all that its looks kept'),
    yes: z.boolean().default(false).describe('ask nothing; needed where nobody can answer'),
  }),
  output: z.object({ erased: z.boolean(), artifacts: z.array(Named) }),
  async run(context, { yes, ...wanted }) {
    const artifacts = await namedBy(context, wanted);
    const isNews = artifacts.some(({ was }) => was !== 'erased');
    const agreed = yes || !isNews || (context.isInteractive && (await context.confirm(question(artifacts), inWords)));
    if (agreed) await eraseAll(context, artifacts);
    return { erased: agreed, artifacts: [...artifacts] };
  },
  answersNo: ({ erased }) => !erased,
});

/** One that was erased before is erased again: a killed command may have left a part of it. */
async function eraseAll(context: SetupContext, artifacts: readonly Named[]): Promise<void> {
  const digests = artifacts.map(({ digest }) => digest);
  const by = await context.actor();
  const erasedAt = context.ports.now();
  const said = artifacts.flatMap(({ digest, claims: [claim], was }) =>
    claim === undefined || was === 'erased' ? [] : [{ claim, digest, by, erasedAt }],
  );
  await context.setup.eraseBlobs(digests, said);
}

const inWords = { inWords: true };

function question(artifacts: readonly Named[]): string {
  const lines = artifacts.map(({ name = 'an artifact that no look here names', bytes, digest, claims }) => {
    const size = bytes === undefined ? '' : `, ${bytes} bytes`;
    const of = claims.length === 0 ? '' : `, of ${claims.map((id) => id.slice(-8)).join(', ')}`;
    return `  ${name}${size}, ${digest.slice(0, 8)}${of}`;
  });
  const stays = 'The ledger keeps what was signed: name, size, digest and what was seen. Verdicts stay.';
  return `${lines.join('\n')}\n${stays}\nErase this and its salt from this machine for good?`;
}

interface Wanted {
  readonly artifact?: string | undefined;
  readonly claim?: string | undefined;
}

/** What is, or was, on this machine. Throws USAGE, BLOB_NOT_FOUND, BLOB_AMBIGUOUS, CLAIM_NOT_FOUND, CLAIM_AMBIGUOUS. */
async function namedBy(context: ReadContext, { artifact, claim }: Wanted): Promise<readonly Named[]> {
  const found = claim === undefined ? await theOne(context, artifact) : await inClaim(context, claim, artifact);
  const here: Named[] = [];
  for (const each of found) {
    const was = await context.blobState(each.digest);
    if (was !== 'missing') here.push({ ...each, was });
  }
  if (here.length > 0) return here;
  const which = [artifact ?? 'artifact', ...(claim === undefined ? [] : [`of claim ${claim}`])].join(' ');
  const why = found.length === 0 ? 'no look here names it' : 'it was not kept on this machine, or is lost';
  throw new FactumError('BLOB_NOT_FOUND', `nothing to erase for ${which}: ${why}`);
}

type Known = Omit<Named, 'was'>;

/** Of looks at any claim; a whole digest may be one that no look here names. */
async function theOne(context: ReadContext, artifact: string | undefined): Promise<readonly Known[]> {
  if (artifact === undefined)
    throw new FactumError('USAGE', 'factum erase: expected an artifact or --claim, got neither');
  const fitting = (await artifactsIn(context)).filter(({ digest }) => begins(digest, artifact));
  if (fitting.length > 1) {
    const digests = fitting.slice(0, 3).map(({ digest }) => digest);
    const among = `${artifact} stands for several artifacts, among them ${digests.join(', ')}`;
    throw new FactumError('BLOB_AMBIGUOUS', among);
  }
  const isWhole = fitting.length === 0 && /^[0-9a-f]{64}$/.test(artifact);
  return isWhole ? [{ digest: artifact, claims: [] }] : fitting;
}

async function inClaim(context: ReadContext, wanted: string, artifact?: string): Promise<readonly Known[]> {
  const { claim } = await context.read.claim(wanted);
  const own = (await artifactsIn(context)).filter(({ claims }) => claims.includes(claim.id));
  return own.filter(({ digest, name }) => artifact === undefined || name === artifact || begins(digest, artifact));
}

function begins(digest: string, artifact: string): boolean {
  return artifact.length >= 8 && digest.startsWith(artifact.toLowerCase());
}

/** Each once; a look that was used again is one of several claims. */
async function artifactsIn({ read }: ReadContext): Promise<readonly Known[]> {
  const known = new Map<string, Known>();
  for (const { claim, evidence } of await read.claims()) {
    for (const artifact of evidence.flatMap(({ artifacts }) => artifacts)) {
      const { claims } = known.get(artifact.digest) ?? { claims: [] };
      known.set(artifact.digest, { ...artifact, claims: [...new Set([...claims, claim.id])] });
    }
  }
  return [...known.values()];
}
