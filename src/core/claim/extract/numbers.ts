import type { Expected } from '../part.ts';
import type { Token } from './token.ts';

const spelled: ReadonlyMap<string, number> = new Map(
  ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map(
    (word, value) => [word, value],
  ),
);

/** The whole number that a token says, in digits or as a word up to twelve; undefined for anything else. */
export function numberOf(token: Token | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (token.word === 'N' || token.word === '0') {
    const value = Number(token.text.replaceAll(',', ''));
    return Number.isSafeInteger(value) ? value : undefined;
  }
  return spelled.get(token.word);
}

type Count = 'passed' | 'failed' | 'skipped';
const outcomes: Readonly<Record<string, Count>> = {
  pass: 'passed',
  passes: 'passed',
  passed: 'passed',
  passing: 'passed',
  green: 'passed',
  succeed: 'passed',
  succeeded: 'passed',
  fail: 'failed',
  fails: 'failed',
  failed: 'failed',
  failing: 'failed',
  failure: 'failed',
  failures: 'failed',
  skipped: 'skipped',
  skips: 'skipped',
  skip: 'skipped',
  pending: 'skipped',
  ignored: 'skipped',
};
const stops = new Set([
  ',',
  ';',
  ':',
  '.',
  '!',
  '(',
  ')',
  '|',
  '—',
  '–',
  '-',
  '/',
  'and',
  'but',
  'in',
  'across',
  'files',
  'file',
  'suites',
]);
const exceptions = new Set(['except', 'excluding', 'minus', 'besides']);
/** "In 7 files", "phase 6 tests". */
const notCounted =
  /^(?:in|across|phase|step|task|story|milestone|sprint|wave|level|tier|batch|part|section|node|python|java|ruby|go|v)$/;
/** A bare "143/143" counts tests only where something announces it. */
const introduces = /^(?:|[(:|,=—–-]|all|YES|at|pass|passes|passed|passing|green|tests|suite|clean)$/;
/** How many words may stand between a number and what it counts: "7 new CheckAndNotify tests pass". */
const reach = 8;

/** How many tests passed, failed and were skipped, as far as the tokens say; the first mention of each counts. */
export function countsIn(tokens: readonly Token[]): Expected | undefined {
  const counts: { passed?: number; failed?: number; skipped?: number; total?: number } = {};
  for (let index = 0; index < tokens.length; index++) {
    const before = tokens[index - 1]?.word ?? '';
    if (notCounted.test(before) || tokens[index + 1]?.word === 'assertions') continue;
    const { value, total, next } = fractionAt(tokens, index);
    if (value === undefined) continue;
    const count = isException(tokens, index) ? 'failed' : outcomeAfter(tokens, next);
    if (count === undefined && (total === undefined || !introduces.test(before))) continue;
    counts[count ?? 'passed'] ??= value;
    if (total !== undefined) counts.total ??= total;
    index = next - 1;
  }
  return Object.keys(counts).length === 0 ? undefined : counts;
}

/** "3", "143/143", "3 of 114", "3 of the 114", "3 out of 114". */
function fractionAt(tokens: readonly Token[], index: number): { value?: number; total?: number; next: number } {
  const token = tokens[index];
  if (token?.word === 'RATIO') {
    const [value = '', total = ''] = token.text.split('/');
    return { value: Number(value), total: Number(total), next: index + 1 };
  }
  const value = numberOf(token);
  if (value === undefined) return { next: index + 1 };
  let at = index + 1;
  if (tokens[at]?.word === 'out') at++;
  if (tokens[at]?.word !== 'of') return { value, next: index + 1 };
  if (tokens[at + 1]?.word === 'the' || tokens[at + 1]?.word === 'all') at++;
  const total = numberOf(tokens[at + 1]);
  return total === undefined ? { value, next: index + 1 } : { value, total, next: at + 2 };
}

function isException(tokens: readonly Token[], index: number): boolean {
  const [second = '', first = ''] = [tokens[index - 2]?.word, tokens[index - 1]?.word];
  if (first === 'but') return second === 'all';
  return (
    exceptions.has(first) ||
    ((first === 'for' || first === 'from' || first === 'than') && /^(?:except|apart|aside|other)$/.test(second))
  );
}

function outcomeAfter(tokens: readonly Token[], from: number): Count | undefined {
  for (let index = from; index < Math.min(from + reach, tokens.length); index++) {
    const word = tokens[index]?.word ?? '';
    const outcome = Object.hasOwn(outcomes, word) ? outcomes[word] : undefined;
    if (outcome !== undefined) return outcome;
    const announced = word === ',' && tokens[index + 1]?.word === 'all';
    if (word === 'and' && tokens[index + 2]?.word === 'assertions') index += 2;
    else if ((stops.has(word) && !announced) || numberOf(tokens[index]) !== undefined) return undefined;
  }
  return undefined;
}
