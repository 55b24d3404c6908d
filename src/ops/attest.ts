import { z } from 'zod';
import { ClaimName } from '../core/claim/claim-id.ts';
import { Attestation } from '../core/claim/attestation.ts';
import { lookSheet } from '../core/claim/look-sheet.ts';
import { ClaimView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import { isActive } from '../core/ledger/key-ring.ts';
import { type ClaimRecord, defineOperation, type ReadContext, type WriteContext } from '../core/operation.ts';
import { askAnswer } from './attesting/answer.ts';
import { revealedText, sawOf } from './attesting/seen.ts';
import { policyRecords } from './judging/filing.ts';
import { judge } from './judging/judge.ts';
import { policyOf } from './judging/pods.ts';
import { type Holder, keyAtHand, type MyKey } from './keys/my-key.ts';

const Input = z.strictObject({
  claim: ClaimName,
  confirm: z.boolean().default(false).describe('I looked, and it is as it is said'),
  dispute: z.boolean().default(false).describe('I looked, and it is not'),
  abstain: z.boolean().default(false).describe('I looked, and cannot say'),
  note: z.string().max(4000).optional().describe('what I saw'),
  reveal: z.boolean().default(false).describe('show first what machines and others say; then it is not independent'),
  aiReview: z.boolean().default(false).describe("I read an AI's review of it before; then it is not independent"),
  key: z
    .string()
    .optional()
    .describe("file of my SSH key; default: git's user.signingkey, else the only one in ~/.ssh"),
  passkey: z
    .boolean()
    .default(false)
    .describe('sign with my passkey, on a page in my browser; --key names its fingerprint'),
  as: z.string().max(320).optional().describe('who I am in factum.yaml; default: whose key it is'),
});

export const attest = defineOperation({
  id: 'attest',
  summary: 'Look at a claim yourself, and sign what you found: confirm, dispute or abstain',
  scope: 'write',
  positional: ['claim'],
  input: Input,
  output: z.object({
    /** False: no answer was given, and nothing was recorded. */
    recorded: z.boolean(),
    claim: z.string(),
    lookSheet: z.string(),
    /** SHA-256 of the look sheet's UTF-8, hex. */
    shownDigest: z.string(),
    attestation: Attestation.optional(),
    /** Why it changes nothing, so far. */
    doesNotCount: z.string().optional(),
    /** By machines alone. */
    machine: ClaimView.optional(),
    view: ClaimView.optional(),
  }),
  async run(context, input) {
    const record = await context.read.claim(input.claim);
    const sheet = lookSheet(record.claim);
    const mine = await keyAtHand(context, record.claim.pod, { ...input, sheet });
    await refuseClaimant(context, record, mine.holder);
    const startedAt = context.ports.now();
    const [machine, before] = await machineAndAll(context, record);
    const shownDigest = context.ports.sha256(sheet);
    const person = { kind: 'human', ...mine.holder } as const;
    const { reveal: revealed, aiReview } = input;
    const saw = sawOf(before, { person: person.id, revealed, aiReview, shown: await context.seenAnswers.all() });
    await warn(context, record, { ...mine, saw });
    const shown = input.reveal ? `${sheet}\n${revealedText(machine, before)}` : sheet;
    const answer = await askAnswer(context, shown, input);
    const base = { claim: record.claim.id, lookSheet: sheet, shownDigest };
    if (answer === undefined) return { recorded: false, ...base };
    const attestation: Attestation = {
      claim: record.claim.id,
      claimLeaf: record.leafHash,
      ...answer,
      person,
      startedAt,
      attestedAt: context.ports.now(),
      saw,
      shownDigest,
      assurance: mine.signer.assurance,
    };
    return { recorded: true, ...base, attestation, ...(await recorded(context, attestation, mine)) };
  },
});

/** Throws OWN_CLAIM. */
async function refuseClaimant(context: ReadContext, { claim }: ClaimRecord, { id }: Holder): Promise<void> {
  const { claimant } = claim;
  const actor = await context.actor();
  const isActor = actor.id === claimant.id && actor.kind === claimant.kind;
  if (id !== claimant.id && !isActor) return;
  throw new FactumError(
    'OWN_CLAIM',
    `claim ${claim.id} is by ${claimant.id}: a claimant does not attest their own claim`,
  );
}

/** Said before anybody is asked to look. */
async function warn(
  context: WriteContext,
  { claim }: ClaimRecord,
  { ring, signer, holder, saw }: MyKeyIn & Pick<Attestation, 'saw'>,
): Promise<void> {
  if (saw.otherAttestations) {
    context.progress.note(
      'You saw what others answered: your answer is not independent, and adds nothing to the quorum.',
    );
  }
  if (!isActive(ring.get(signer.keyid))) {
    context.progress.note('Your key is not enrolled: what you sign counts once it is. factum key enroll');
  }
  const { humans } = await policyOf(context, claim.pod);
  if (!humans.includes(holder.id)) {
    context.progress.note(`${holder.id} is no human of pod ${claim.pod} in factum.yaml: what you sign does not count.`);
  }
}

type MyKeyIn = Pick<MyKey, 'signer' | 'ring' | 'holder'>;

/** The claim as machines alone leave it, and as everybody does. */
async function machineAndAll(context: ReadContext, record: ClaimRecord): Promise<readonly [ClaimView, ClaimView]> {
  const [[machine], [all]] = [
    await judge(context, [{ ...record, attestations: [], uncounted: [] }]),
    await judge(context, [record]),
  ];
  return [ClaimView.parse(machine), ClaimView.parse(all)];
}

async function recorded(context: WriteContext, body: Attestation, { signer }: MyKeyIn) {
  const before = await context.read.claim(body.claim);
  const [policy, ...policies] = await policyRecords(context, [before.claim.pod]);
  if (policy !== undefined) await context.write([policy, ...policies]);
  const [receipt] = await context.write([{ type: 'human-attestation/v0.1', body }], signer);
  const record = await context.read.claim(body.claim);
  const [machine, view] = await machineAndAll(context, record);
  const unheard = record.uncounted.find(({ index }) => index === receipt?.index)?.why;
  const own = view.humans.findLast(({ person, attestedAt }) => {
    return person.id === body.person.id && attestedAt === body.attestedAt;
  });
  const doesNotCount = unheard ?? own?.doesNotCount;
  return { machine, view, ...(doesNotCount === undefined ? {} : { doesNotCount }) };
}
