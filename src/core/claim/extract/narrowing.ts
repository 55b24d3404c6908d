import { startsNoun } from './noun.ts';
import { numberOf } from './numbers.ts';
import type { Token } from './token.ts';

/** What the words before a noun say of how much of it is meant. */
export interface Narrowing {
  /** Token index of the first of these words. */
  readonly from: number;
  /** "all", "every", "the full". */
  readonly whole: boolean;
  /** Narrowed without a name: "new", "focused", "my", "most". */
  readonly narrowed: boolean;
  readonly names: readonly string[];
}

const wholes = wordSet('all every each full entire whole complete');
const determiners = wordSet('the our my this that these those its their a an');
const neutral = wordSet(
  `project repo repository workspace automated the our test of production final local clean fresh strict release
   typescript resulting total github main static apps packages ci/cd ci vite webpack rollup cargo npm pnpm yarn bun`,
);
const narrows = wordSet(
  `new focused existing relevant related affected targeted remaining other updated added modified changed my these those
   this that its their most some several many few both first last non-flaky failing failed broken flaky old older
   previous selected specific key core-only same second third additional extra comprehensive extensive thorough
   unrelated sibling surrounding touched impacted dedicated top-level package manual initial a an
   any another own newly previously-failing current adjacent prior pre-existing preexisting baseline implement
   implemented write wrote create created`,
);
const stop = wordSet(
  `. , ; : ! ? ( ) [ ] { } | / — – - & + = → … YES NO WARN and or but nor so then than that which who if when while as
   because since with without except excluding besides minus on in at by for from to into of via per after before until
   is are was were be been being has have had do does did can could will would should may might must not no never also
   now still just again only even yes done great perfect good excellent verified confirmed ran run running rerun re-ran
   see saw show shows showed got get make makes made keep leave leaves left ensure ensures ensured verify verifies check
   checks confirm confirms restore i we you he she they it passing passed pass green clean mean means says said finally
   plus making though although however despite
   fixed here there where what how why me us them okay ok result results status summary verification validation today`,
);
/** Kinds of tests: "the new unit tests" are some of them, and nobody can tell which. */
const categories = /^(?:unit|integration|e2e|end-to-end|smoke|regression|functional|acceptance|snapshot|core)$/i;
const furthest = 8;

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}

/** Walks left from the noun at token `noun` over determiners, numbers and modifiers. Only tests take plain words as a name. */
export function narrowingBefore(tokens: readonly Token[], noun: number, ofTests: boolean): Narrowing {
  let from = noun;
  let whole = false;
  let narrowed = false;
  let apart = false;
  let nameless = false;
  const own: Token[] = [];
  for (; from > 0 && noun - from < furthest; from--) {
    const token = tokens[from - 1];
    if (token === undefined) break;
    const { word } = token;
    const before = tokens[from - 2]?.word ?? '';
    if (wholes.has(word)) {
      whole = true;
      if (/^(?:all|every|each)$/.test(word) || !determiners.has(before)) return narrowing(from - 1);
    } else if (isNumber(token)) apart = true;
    else if (determiners.has(word)) {
      narrowed ||= narrows.has(word);
      if (!wholes.has(before) && before !== 'of') return narrowing(from - 1);
    } else if (narrows.has(word) || word.startsWith('per-')) narrowed = true;
    else if (neutral.has(word) || (word === 'of' && isQuantity(tokens[from - 2]))) continue;
    else if (stop.has(word) || startsNoun(word)) break;
    else if (apart) nameless = narrowed = true;
    else own.unshift(token);
  }
  return narrowing(from);

  function narrowing(start: number): Narrowing {
    const allBut = tokens[start - 1]?.word === 'but' && tokens[start - 2]?.word === 'all';
    if (allBut) return { from: start - 2, whole: false, narrowed: true, names: [] };
    narrowed ||= tokens[start - 1]?.word === '=';
    const verb =
      start === 0 &&
      /^(?!(?:embedded|shared|typed|streaming|routing|parsing)$)[a-z]{3,}(?:ed|ing)$/.test(own[0]?.word ?? '');
    const unnamed =
      nameless || verb || !isName(own, ofTests) || (narrowed && own.every(({ text }) => categories.test(text)));
    const names = unnamed ? [] : namesOf(own);
    return { from: start, whole, narrowed: narrowed || (own.length > 0 && names.length === 0), names };
  }
}

const longestName = 3;

/** Paths and packages always name; other code and plain words only directly before "tests", and not "project's". */
function isName(own: readonly Token[], ofTests: boolean): boolean {
  if (!ofTests) return own.length > 0 && own.every(({ word }) => isPlace(word));
  const plain = own.filter(({ word }) => !isConcrete(word));
  return plain.length <= longestName && plain.every(({ text }) => /^[A-Za-z][A-Za-z0-9_.-]*$/.test(text));
}

function isConcrete(word: string): boolean {
  return /^[A-Z]+$/.test(word);
}

function isPlace(word: string): boolean {
  return word === 'FILE' || word === 'PACKAGE';
}

/** Neighbouring plain words are one name ("Pi provider"); each piece of code is its own. */
export function namesOf(tokens: readonly Token[]): readonly string[] {
  const names: string[] = [];
  let open = false;
  for (const { word, text } of tokens) {
    const plain = !isConcrete(word);
    if (plain && open) names.push(`${names.pop() ?? ''} ${text}`);
    else names.push(text);
    open = plain;
  }
  return names.filter((name) => name !== '').slice(0, 100);
}

/** "43-test" counts too. */
function isNumber(token: Token): boolean {
  return /^(?:N|0|RATIO|AMOUNT|\d+-tests?)$/.test(token.word) || numberOf(token) !== undefined;
}

function isQuantity(token: Token | undefined): boolean {
  return (
    token !== undefined &&
    (wholes.has(token.word) || token.word === 'most' || numberOf(token) !== undefined || token.word === 'AMOUNT')
  );
}
