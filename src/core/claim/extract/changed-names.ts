import { pastOf } from './change-verbs.ts';
import { isTestFile } from './subject.ts';
import type { Token } from './token.ts';

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** What somebody does with a file elsewhere: the file itself may be as it was. */
const merely = pastOf('merely');
/** "Added `a.ts` to the index", "moved `a.ts` out of the build": the index and the build changed. */
const displaced = pastOf('displaces');
const goes = setOf('to into in from on out');
const arrives = setOf('to into → ->');
const receives = pastOf('receives');
const gives = pastOf('gives');
const linking = setOf(
  'in into within inside across to onto from of for on with by about at as via using through under behind between against like than after before over per without except besides around above below near upon how why what',
);
/** What may follow a name that is not only part of another: not "`a.ts` imports", "`a.ts` failing to load". */
const follows =
  /^(?:[^a-z].*|and|or|but|to|into|in|on|out|from|of|with|for|by|at|as|via|so|because|since|which|that|where|when|while|after|before|instead|rather|like|under|accordingly|too|again|also|only|now|directly|itself|entirely|completely|altogether|following|matching|using|file|files|module|script|component|page)?$/;
const within = setOf('in within inside across');

const clears = pastOf('clears');
/** What is put into a file to find a fault, and taken out again: it may be as it was. */
const passing =
  /^(?:my|temp|temporary|tmp|debug\S*|logging|logs?|prints?|printing|console\S*|diagnostics?|traces?|tracing|instrumentation|scratch|experiment\S*|leftovers?)$/;

const mends = pastOf('mends');
/** They show in one file, and may be mended in another. */
const symptom =
  / (?:errors?|warnings?|failures?|failing|broken|issues?|problems?|crash(?:es)?|violations?|complaints?|exceptions?|regressions?|flak\S+|lint\S*|tests?|imports?|types?) /;

/**
 * Whether a sentence says that the file at a token was changed. One that is only spoken of on the way need not differ: "removed
 * `a.ts` from `tsconfig.json`", "fixed the import of `a.ts`". Who is not understood is taken for that.
 */
export function isSaidChanged(tokens: readonly Token[], verb: number, at: number): boolean {
  if (tokens[at]?.word !== 'FILE') return true;
  const list = listAround(tokens, at);
  const did = tokens[verb]?.word ?? '';
  const next = tokens[Math.max(verb, list.to - 1) + 1]?.word ?? '.';
  if (clears.has(did) && tokens.slice(verb + 1, verb + 7).some(isPassing)) return false;
  // "`a.ts`: added to the index", and "`a.ts` has been added to the index".
  if (at < verb) return !(displaced.has(did) && goes.has(next)) && (!merely.has(did) || isLabel(tokens[list.to]));
  const object = tokens.slice(verb + 1, list.from).map(({ word }) => word);
  if (!follows.test(next) || object.some((word) => /^(?:no|not|nothing|none)$/.test(word))) return false;
  const link = object.findLastIndex((word) => linking.has(word) || /[a-z]ing$/.test(word));
  const before = object.slice(0, Math.max(0, link));
  if (mends.has(did) && symptom.test(` ${(link < 0 ? object : before).join(' ')} `)) return false;
  if (link >= 0) return isPlace(did, object[link] ?? '', before);
  if (did === 'fixed' && isTestFile(tokens[at].text)) return false;
  if (did === 'moved' && movesTo(tokens, list.to)) return true;
  return !merely.has(did) && !(displaced.has(did) && goes.has(next));
}

function isPassing({ word, text }: Token): boolean {
  return passing.test(word) || /^`?(?:console\.\w+|print(?:ln|f)?\(.*|debugger;?)`?$/.test(text);
}

function isLabel(next: Token | undefined): boolean {
  return /^[:—–-]$/.test(next?.word ?? '');
}

function isPlace(did: string, by: string, object: readonly string[]): boolean {
  if (by === 'from') return gives.has(did);
  if (/^(?:in|on)?to$/.test(by)) return receives.has(did);
  if (!within.has(by) || did === 'wrapped' || did === 'exported') return false;
  // "the type used in `a.ts`"
  return !/ed$|^(?:found|seen|shown|thrown|written)$/.test(object.at(-1) ?? '');
}

const joints = setOf(', and & + the both');

/** "`a.ts`, `b.ts` and `c.ts`" are spoken of alike. */
export function listAround(tokens: readonly Token[], at: number): { readonly from: number; readonly to: number } {
  const isNamed = (index: number): boolean => /^(?:FILE|SYMBOL)$/.test(tokens[index]?.word ?? '');
  const step = (from: number, by: -1 | 1): number => {
    let [reached, next] = [from, from + by];
    for (; joints.has(tokens[next]?.word ?? '') || isNamed(next); next += by) if (isNamed(next)) reached = next;
    return reached;
  };
  return { from: step(at, -1), to: step(at, 1) + 1 };
}

/** "to `b.ts`", "→ `lib/`", behind what is said to be moved or renamed. */
export function movesTo(tokens: readonly Token[], at: number): boolean {
  if (!arrives.has(tokens[at]?.word ?? '')) return false;
  return tokens.slice(at + 1, at + 3).some(({ word, text }) => word === 'FILE' || /^[\w@.-]+\/$/.test(text));
}
