import { shortId } from '../../core/claim/claim-id.ts';
import type { Attestation, Assurance } from '../../core/claim/attestation.ts';
import type { ClaimView, HumanView } from '../../core/claim/view.ts';
import { claimBlock, utc } from './claim.ts';
import { clip, type Paper, paragraph } from './paper.ts';

// What the answers of attest and inbox, and humans' answers to a claim, look like on a terminal.

export function attestText(
  paper: Paper,
  answer: {
    recorded: boolean;
    claim: string;
    lookSheet: string;
    attestation?: Attestation | undefined;
    doesNotCount?: string | undefined;
    machine?: ClaimView | undefined;
    view?: ClaimView | undefined;
  },
): string {
  const { attestation, machine, view, doesNotCount } = answer;
  if (attestation === undefined || machine === undefined || view === undefined) {
    const how = `factum attest ${shortId(answer.claim)} --confirm, --dispute or --abstain, with --note "what you saw"`;
    return [answer.lookSheet, 'Nothing was recorded.', paragraph(paper, 'next  ', how)].join('\n');
  }
  return [
    paragraph(paper, '', `Signed: ${attestation.decision}  (${strength(attestation.assurance)})`),
    ...(doesNotCount === undefined ? [] : [paragraph(paper, 'note  ', `it does not count: ${doesNotCount}`)]),
    paragraph(paper, '', `Machines say: ${machine.verdict}`),
    '',
    claimBlock(paper, view),
  ].join('\n');
}

/** What a reader has to know of a key that wants no touch. */
function strength(assurance: Assurance): string {
  return assurance === 'presence'
    ? 'presence: a person touched it'
    : 'software: any process of that user could have signed';
}

/** One person's answer in full. */
export function humanLines(paper: Paper, human: HumanView): string {
  const { person, decision, attestedAt, assurance, note, doesNotCount } = human;
  return [
    paragraph(paper, '  ', `${utc(attestedAt)}  ${person.name ?? person.id}  ${decision}, ${weightOf(human)}`),
    paragraph(paper, '      ', strength(assurance)),
    ...(note === undefined ? [] : [paragraph(paper, '      said  ', note)]),
    ...(doesNotCount === undefined ? [] : [paragraph(paper, '      note  ', `does not count: ${doesNotCount}`)]),
  ].join('\n');
}

function weightOf({ independent, current, saw }: HumanView): string {
  const sources = [...(saw.otherAttestations ? ["others' answers"] : []), ...(saw.aiReview ? ["an AI's review"] : [])];
  return [
    independent ? 'independent' : `not independent: saw ${sources.join(' and ')}`,
    ...(saw.machineVerdict ? ['saw the machine verdict'] : []),
    ...(current ? [] : ['stale: a later look changed the outcome']),
  ].join(', ');
}

export interface WaitingClaim {
  readonly statement: string;
  readonly claimedAt: string;
  readonly claimant: ClaimView['claimant'];
  readonly again?: string | undefined;
  readonly command: string;
}

export function inboxText(
  paper: Paper,
  answer: { person: string; claims: readonly WaitingClaim[]; notes: readonly string[] },
): string {
  const blocks = answer.claims.map(({ statement, claimedAt, claimant, again, command }) =>
    [
      clip(statement, paper.width),
      `  ${utc(claimedAt)}  by ${claimant.id} (${claimant.kind})`,
      ...(again === undefined ? [] : [paragraph(paper, '  again: ', again)]),
      `  ${command}`,
    ].join('\n'),
  );
  const head = answer.claims.length === 0 ? [`Nothing waits for ${answer.person}.`] : blocks;
  return [...head, ...answer.notes.map((text) => paragraph(paper, 'note  ', text))].join('\n');
}
