import { shortId } from '../../core/claim/claim-id.ts';
import type { Part } from '../../core/claim/part.ts';
import type { Withdrawal } from '../../core/claim/claim.ts';
import type { BlobCounts, BlobState, Evidence } from '../../core/claim/evidence.ts';
import { verdictsWorstFirst } from '../../core/claim/verdict.ts';
import type { ClaimView } from '../../core/claim/view.ts';
import type { Lead } from '../../core/telemetry/lead.ts';
import { blobWords, countsText } from './artifacts.ts';
import { humanLines } from './attesting.ts';
import { claimBlock, utc } from './claim.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';
import { leadLines, leadsTitle } from './telemetry.ts';
import { verdictMarks } from './verdict-marks.ts';

// What each operation's answer looks like on a terminal. The shapes are those of the operations' outputs.

export interface Looks {
  readonly taken: number;
  readonly reused: number;
}

export interface VerifyAnswer {
  readonly claims: readonly ClaimView[];
  readonly looks: Looks;
  readonly required?: string | undefined;
  readonly below: readonly string[];
  readonly blind: readonly string[];
  /** Of a whole ledger's artifacts. */
  readonly artifacts?: BlobCounts | undefined;
}

export function verifyText(paper: Paper, answer: VerifyAnswer): string {
  if (answer.claims.length === 0) {
    return 'No open claims and no intents: nothing to verify.\nTry: factum check "all tests pass"';
  }
  const below =
    answer.required === undefined || answer.below.length === 0
      ? []
      : [`Required: ${answer.required}. Below it: ${answer.below.map(shortId).join(', ')}.`];
  const blocks = answer.claims.map((claim) => claimBlock(paper, unlessBlind(claim, answer.blind)));
  return [
    ...blocks,
    [
      paragraph(paper, '', tally(answer.claims, answer.looks)),
      ...below,
      ...unsafe(paper, answer.claims),
      ...artifactsNote(paper, answer.artifacts),
    ].join('\n'),
  ].join('\n\n');
}

function artifactsNote(paper: Paper, artifacts: BlobCounts | undefined): readonly string[] {
  const counts = artifacts === undefined ? undefined : countsText(artifacts);
  return counts === undefined ? [] : [paragraph(paper, '', `What looks kept: ${counts}. No verdict rests on it.`)];
}

/** Once per pod: why none of its claims can become verified. */
function unsafe(paper: Paper, claims: readonly ClaimView[]): readonly string[] {
  const reasons = new Set(claims.flatMap((claim) => (claim.unsafe === undefined ? [] : [claim.unsafe])));
  return [...reasons].map((reason) => paragraph(paper, '', `No claim can become verified: ${reason}.`));
}

function tally(claims: readonly ClaimView[], { taken, reused }: Looks): string {
  const counts = [...verdictsWorstFirst, 'withdrawn' as const]
    .map((verdict) => [claims.filter((claim) => claim.verdict === verdict).length, verdict] as const)
    .filter(([count]) => count > 0)
    .map(([count, verdict]) => `${count} ${verdict}`);
  const looks = `${taken} ${taken === 1 ? 'look' : 'looks'} taken${reused === 0 ? '' : `, ${reused} seen before on this tree`}`;
  return `${claims.length} ${claims.length === 1 ? 'claim' : 'claims'}: ${counts.join(', ')}. ${looks}.`;
}

export function checkText(
  paper: Paper,
  answer: { claim?: ClaimView | undefined; notTaken: readonly NotTaken[] },
): string {
  if (answer.claim === undefined)
    return ['No claim found in these words; nothing was checked.', ...notTakenLines(paper, answer.notTaken)].join('\n');
  return [
    claimBlock(paper, answer.claim),
    ...unsafe(paper, [answer.claim]),
    ...notTakenLines(paper, answer.notTaken),
    'Nothing was recorded. To keep it: factum claim',
  ].join('\n');
}

export interface NotTaken {
  readonly words: string;
  readonly why: string;
}

const mostNotTaken = 5;

function notTakenLines(paper: Paper, notTaken: readonly NotTaken[]): readonly string[] {
  const lines = notTaken
    .slice(0, mostNotTaken)
    .map(({ words, why }) => paragraph(paper, '  not checked  ', `${clip(words, 60)} (${why})`));
  const more = notTaken.length - mostNotTaken;
  return more > 0 ? [...lines, `  not checked  and ${more} more: --json lists them`] : lines;
}

export function claimText(
  paper: Paper,
  answer: { filed: boolean; parts: readonly Part[]; claim?: ClaimView | undefined; notTaken: readonly NotTaken[] },
): string {
  const parts = answer.parts.map(({ id, kind, scope, names }) => {
    const extent = scope === 'named' ? (names ?? []).join(', ') : scope;
    return paragraph(paper, `  ${id}  `, `${kind} (${extent})`);
  });
  const notTaken = notTakenLines(paper, answer.notTaken);
  if (answer.claim === undefined) return ['Not filed. Parts:', ...parts, ...notTaken].join('\n');
  const id = shortId(answer.claim.id);
  return [`Filed claim ${id}:`, ...parts, ...notTaken, `Check it: factum verify ${id}`].join('\n');
}

/** Without what humans answered, where whoever reads is still to answer. */
function unlessBlind(claim: ClaimView, blind: readonly string[]): ClaimView {
  return blind.includes(claim.id) ? { ...claim, humans: [] } : claim;
}

export function listText(
  paper: Paper,
  answer: { claims: readonly ClaimView[]; more: boolean; blind: readonly string[] },
): string {
  if (answer.claims.length === 0)
    return 'No claims here. To file one: factum claim "all tests pass"\nClosed ones: factum list --all';
  const rows = answer.claims.map((each) => {
    const claim = unlessBlind(each, answer.blind);
    const { sign, colour } = verdictMarks[claim.verdict];
    const verdict = ink(paper, colour, `${sign} ${claim.verdict.padEnd(12)}`);
    const head = `${shortId(claim.id)}  ${utc(claim.claimedAt)}`;
    const humans = claim.humans.length === 0 ? '' : `[${claim.confirmations}/${claim.quorum} humans] `;
    return `${verdict}  ${head}  ${clip(humans + claim.statement, paper.width - 44)}`;
  });
  return [...rows, ...(answer.more ? [`… and older ones: --limit ${answer.claims.length * 2}`] : [])].join('\n');
}

export function showText(
  paper: Paper,
  answer: {
    claim: ClaimView;
    evidence: readonly Evidence[];
    /** Of artifacts, by digest. */
    blobs: Readonly<Record<string, BlobState>>;
    withdrawals: readonly Withdrawal[];
    leads: readonly Lead[];
    blind: boolean;
    entry: { index: number; leafHash: string };
  },
): string {
  const looks = answer.evidence.map((look) => {
    const bound = Object.entries(look.boundTo).map(
      ([what, value = '']) => `${what} ${value.length === 40 ? value.slice(0, 8) : value}`,
    );
    const kept = look.artifacts.map(({ name, bytes, digest }) => {
      const state = answer.blobs[digest] ?? 'kept';
      return `${name} (${bytes} bytes, ${digest.slice(0, 8)}${state === 'kept' ? '' : `, ${blobWords[state]}`})`;
    });
    return [
      paragraph(
        paper,
        '  ',
        `${utc(look.observedAt)}  ${look.part}  ${look.verifier.id}  ${look.outcome}  ${(look.durationMs / 1000).toFixed(1)} s`,
      ),
      paragraph(paper, '      ', look.message),
      ...(bound.length === 0 ? [] : [ink(paper, 'dim', paragraph(paper, '      bound ', bound.join(', ')))]),
      ...(kept.length === 0 ? [] : [ink(paper, 'dim', paragraph(paper, '      kept  ', kept.join(', ')))]),
    ].join('\n');
  });
  const claim = unlessBlind(answer.claim, answer.blind ? [answer.claim.id] : []);
  const humans = claim.humans.map((human) => humanLines(paper, human));
  const uncounted = answer.claim.uncounted.map(({ index, what, signer, why }) =>
    [
      `  entry ${index}  ${what} signed by`,
      paragraph(paper, '      ', signer),
      paragraph(paper, '      note  ', why),
    ].join('\n'),
  );
  const withdrawn = answer.withdrawals.map(({ by, withdrawnAt, parts, reason }) =>
    paragraph(
      paper,
      '  ',
      `${utc(withdrawnAt)}  ${by.id} withdrew ${parts?.join(', ') ?? 'it'}${reason === undefined ? '' : `: ${reason}`}`,
    ),
  );
  return [
    claimBlock(paper, claim),
    section('Looks, oldest first', looks),
    section(leadsTitle, leadLines(paper, answer.leads)),
    section('Attestations', humans),
    answer.blind ? paragraph(paper, '', blindText(claim)) : '',
    section('Withdrawals', withdrawn),
    section('Kept, and not counted', uncounted),
    `Claim ${answer.claim.id}\nLedger entry ${answer.entry.index}, leaf ${answer.entry.leafHash}`,
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function blindText({ id }: ClaimView): string {
  const how = `factum attest ${shortId(id)}`;
  return `What others answered, if anything, is not shown before your own answer: ${how}. With --reveal it is, and yours is not independent.`;
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`${title}:`, ...lines].join('\n');
}

export function submitText(paper: Paper, { claim }: { claim: ClaimView }): string {
  return claimBlock(paper, claim);
}

export function withdrawText(paper: Paper, { claim }: { claim: ClaimView }): string {
  const parts = claim.parts.filter(({ verdict }) => verdict === 'withdrawn').map(({ id }) => id);
  return clip(`Withdrew ${parts.join(', ')} of ${shortId(claim.id)}: ${claim.statement}`, paper.width);
}
