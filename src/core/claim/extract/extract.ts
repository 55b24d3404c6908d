import { fallsShort, type Part, type Span } from '../part.ts';
import { isSaidOfAnother, tellsOfAnother } from './another-place.ts';
import { type Block, blocksOf } from './block.ts';
import type { Candidate } from './candidate.ts';
import { checksIn } from './check.ts';
import { withoutInlineComments } from './comment.ts';
import { eventsIn } from './done.ts';
import { isMadeAgain, mayComeBack } from './gone.ts';
import { whyNotClaim, whySentenceClaimsNothing } from './mood.ts';
import type { Reason } from './mood-rules.ts';
import { countsIn } from './numbers.ts';
import { partialIn } from './partial.ts';
import { type Sentence, sentencesOf } from './sentence.ts';
import { cautious, describesProject, isShown } from './setting.ts';
import { subjectAt } from './subject.ts';
import { isCommand } from './token.ts';
import { isWorthReading } from './worth-reading.ts';

/** What became of a stretch of the statement: a part, or the reason why it claims nothing. */
export type Finding = { readonly span: Span; readonly part: Part } | { readonly span: Span; readonly reason: Reason };

/** The checkable parts of a statement, in order of appearance. English only; built for precision. */
export function extract(statement: string): readonly Part[] {
  const parts: Part[] = [];
  for (const { span, candidate } of readingsOf(statement, isWorthReading)) {
    if (candidate !== undefined) parts.push(partOf(candidate, span, parts.length + 1));
    if (parts.length === mostParts) break;
  }
  return parts;
}

/** A claim has at most this many parts; what follows is not read. */
const mostParts = 100;

/** Every stretch of the statement with the part it yields, or why it yields none. */
export function explainExtraction(statement: string): readonly Finding[] {
  const findings: Finding[] = [];
  let parts = 0;
  for (const { span, candidate, why } of readingsOf(statement)) {
    findings.push(candidate === undefined ? { span, reason: why() } : { span, part: partOf(candidate, span, ++parts) });
    if (parts === mostParts) break;
  }
  return findings;
}

/** A candidate that is meant as a claim, or the question why there is none. */
interface Reading {
  readonly span: Span;
  readonly candidate?: Candidate;
  readonly why: () => Reason;
}

function* readingsOf(statement: string, reads: Reads = () => true): Generator<Reading> {
  const shown = withoutInlineComments(statement);
  for (const block of blocksOf(shown)) if (reads(shown, block, block)) yield* blockReadings(shown, block, reads);
}

/** Whether a stretch of a block is to be read. */
type Reads = (text: string, block: Block, span: Span) => boolean;

function blockReadings(statement: string, block: Block, reads: Reads): readonly Reading[] {
  const { kind, start, end } = block;
  if (kind !== 'prose' && kind !== 'row') return [{ span: { start, end }, why: () => kind }];
  const sentences = sentencesOf(statement, block);
  const readings = sentences.flatMap((sentence) =>
    reads(statement, block, spanOf(sentence, { from: 0, to: sentence.tokens.length })) ? readingsIn(sentence) : [],
  );
  if (describesProject(sentences)) return readings.map(unscoped);
  const admitted = readings.some(({ candidate }) => candidate?.admits);
  return (admitted ? readings.map(withoutAll) : readings).map((reading) => withoutReturned(statement, reading));
}

/** What is spoken of again may have come back: it is said to have changed, or not even that. */
function withoutReturned(statement: string, reading: Reading): Reading {
  const { gone, ...candidate } = reading.candidate ?? {};
  if (gone === undefined) return reading;
  if (isMadeAgain(statement.slice(reading.span.start))) return { span: reading.span, why: () => 'nothing checkable' };
  if (!gone.some((name) => mayComeBack(statement, name))) return reading;
  return { ...reading, candidate: candidate as Candidate };
}

function unscoped(reading: Reading): Reading {
  const { candidate } = reading;
  const isWhole = candidate?.scope === 'all' || (candidate?.kind === 'tests-pass' && candidate.names.some(isCommand));
  return candidate && isWhole ? { ...reading, candidate: { ...candidate, scope: 'unknown', names: [] } } : reading;
}

/** Beside "3 tests still fail", "all tests pass" is not meant of the whole. */
function withoutAll(reading: Reading): Reading {
  return reading.candidate?.kind === 'tests-pass' ? unscoped(reading) : reading;
}

function readingsIn(sentence: Sentence): readonly Reading[] {
  const { length } = sentence.tokens;
  const span = spanOf(sentence, { from: 0, to: length });
  const nothing = whySentenceClaimsNothing(sentence);
  if (nothing !== undefined) return [{ span, why: () => nothing }];
  const candidates = candidatesIn(sentence);
  if (candidates.length === 0) {
    const why = (): Reason =>
      whyNotClaim(sentence, { from: length, to: length }) ??
      (tellsOfAnother(sentence.words) ? anotherPlace : 'nothing checkable');
    return [{ span, why }];
  }
  return candidates.map((candidate) => {
    const words = spanOf(sentence, candidate);
    const reason = whyNotClaim(sentence, candidate) ?? whyNotHere(sentence, candidate);
    if (reason !== undefined) return { span: words, why: () => reason };
    return { span: words, candidate: cautious(sentence, candidate), why: () => 'nothing checkable' };
  });
}

const anotherPlace = 'about another place: not looked at' satisfies Reason;

function whyNotHere(sentence: Sentence, candidate: Candidate): Reason | undefined {
  return candidate.elsewhere || isSaidOfAnother(sentence, candidate) ? anotherPlace : undefined;
}

function candidatesIn(sentence: Sentence): readonly Candidate[] {
  const listed = listedCommand(sentence);
  if (listed !== undefined) return [listed];
  const checks = checksIn(sentence).map((candidate, index, all) =>
    withCounts(sentence, candidate, all.slice(index + 1)),
  );
  const partial = checks.some(({ kind }) => kind === 'tests-pass') ? undefined : partialIn(sentence);
  const found = [...checks, ...(partial === undefined ? [] : [partial]), ...eventsIn(sentence)];
  const shown = found.filter((candidate) => isShown(sentence, candidate));
  return unrepeated(shown.toSorted((one, other) => one.from - other.from));
}

/** "Lint is clean: no lint errors" says one thing; of two tellings the one with numbers stays. */
function unrepeated(candidates: readonly Candidate[]): readonly Candidate[] {
  if (candidates.length < 2) return candidates;
  const claims = candidates.map(({ kind, scope, names }) => JSON.stringify([kind, scope, names]));
  const numbers = candidates.map(({ expected }) => expected && JSON.stringify(expected));
  return candidates.filter((_, index) => {
    return !claims.some((claim, other) => {
      if (other === index || claim !== claims[index]) return false;
      const [tool = '', own = ''] = [candidates[other]?.tool, candidates[index]?.tool];
      if (tool !== own && tool !== '' && own !== '') return false;
      return numbers[index] === numbers[other] ? other < index : numbers[index] === undefined;
    });
  });
}

/** A command alone in a list under "Verification passed:". */
function listedCommand({ block, tokens }: Sentence): Candidate | undefined {
  if (!block.item || tokens.length !== 1 || !block.under.some((label) => passed.test(label))) return undefined;
  const subject = subjectAt(tokens, 0);
  if (subject === undefined) return undefined;
  const { kind, names, tool } = subject;
  return { kind, from: 0, to: 1, scope: names.length > 0 ? 'named' : 'all', names, ...(tool && { tool }) };
}

const passed =
  /^[*_]*(?:all )?(?:verification|checks|validation|gates|commands|the following|tests|these)\b[a-z ]{0,40}\b(?:passed|pass|green|succeeded|clean)[*_]*:[*_]*$/;

function withCounts(sentence: Sentence, candidate: Candidate, later: readonly Candidate[]): Candidate {
  if (candidate.kind !== 'tests-pass') return candidate;
  const next = later.find(({ kind }) => kind === 'tests-pass')?.from;
  const expected = countsIn(sentence.tokens.slice(candidate.from, next));
  if (expected === undefined) return candidate;
  if (!fallsShort(expected)) return { ...candidate, expected, admits: false };
  return { ...candidate, scope: 'unknown', names: [], expected, admits: true };
}

function spanOf({ tokens }: Sentence, { from, to }: { readonly from: number; readonly to: number }): Span {
  return { start: tokens[from]?.start ?? 0, end: tokens[to - 1]?.end ?? 0 };
}

function partOf({ kind, scope, names, gone, expected, tool }: Candidate, span: Span, number: number): Part {
  return {
    id: `p${number}`,
    kind,
    span,
    scope,
    ...(names.length > 0 && { names: names.map((name) => name.slice(0, longestName)) }),
    ...(gone && { gone: gone.map((name) => name.slice(0, longestName)) }),
    ...(expected && { expected }),
    ...(tool && { tool: tool.slice(0, longestName) }),
    options: {},
  };
}

const longestName = 1000;
