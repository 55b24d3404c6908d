import type { Candidate } from './candidate.ts';
import { countsIn, numberOf } from './numbers.ts';
import { type Sentence, tokenAt } from './sentence.ts';

const count = '(?:N|0|RATIO|one|two|three|four|five|six|seven|eight|nine|ten)';
const ending = '(?= (?:$|[.,;:!)|—–-] |in |on |because |due |with |for |after |now |before ))';
const final = '(?= (?:[.;!)|] |$|in |on |because |due |with ))';

interface Pattern {
  readonly words: RegExp;
  /** It says that something failed. Where no number is given, one stands for "at least one". */
  readonly failing: boolean;
}

/** Honest reports of part of a run: claims of what they say, never of the whole. */
const patterns: readonly Pattern[] = [
  { words: / N (?:tests? )?failed (?:, |and |\/ |; )(?:N|0) (?:tests )?(?:passed|skipped)(?= )/, failing: true },
  {
    words:
      / N (?:tests )?(?:pass|passed|passing)(?: [,/;(]| and)?(?: but)? (?:N|0) (?:pre-existing )?(?:tests )?(?:fail|failed|failing|failures?|skip|skipped)(?= )/,
    failing: false,
  },
  { words: / N passed (?=(?:\( AMOUNT|in AMOUNT|[.!]) )/, failing: false },
  {
    words: new RegExp(
      `(?<! (?:check|step|case|rule|item|phase|scenario)) ${count}(?: of (?:the )?N| of (?:them|these|those))?(?:(?: [a-z-]+){0,3}? (?:test|tests|specs|cases))?(?: (?:still|now|also))* (?:fail|fails|(?:are|is)(?: still)? failing|failing)${ending}`,
    ),
    failing: true,
  },
  { words: new RegExp(` ${count}(?: of (?:the )?N)?(?: (?:tests?|specs|cases)) failed${final}`), failing: true },
  {
    words: / the only (?:remaining |test |failing |other )?(?:failures?|test) (?:is|are|that fails|left) /,
    failing: true,
  },
  {
    words:
      /(?: the)? N (?:remaining |test |other )?failures (?:are|is|all|come|comes|remain) (?!(?:\w+ )?(?:fixed|gone|resolved|addressed))/,
    failing: true,
  },
  {
    words: new RegExp(
      ` (?:\\S+ ){0,4}(?:suite|suites)(?: (?:still|now))? (?:failed|fails)(?= (?:$|[.!,;—(] |in |on |because |due |with |before reaching ))`,
    ),
    failing: true,
  },
  { words: / RATIO (?:tests )?(?:pass|passed|passing)(?= (?:$|[.,;!()|—] |and ))/, failing: false },
  { words: / all N(?: now| still)? (?:pass|passed|green)(?= (?:$|[.,;!)|—] |and |now ))/, failing: false },
];

/** The first honest report of a sentence that says nothing else about its tests. */
export function partialIn(sentence: Sentence): Candidate | undefined {
  if (!/ (?:fail|fails|failing|failed|failures?|pass|passed|passing|green) /.test(sentence.words)) return undefined;
  for (const { words, failing } of patterns) {
    const match = words.exec(sentence.words);
    if (match === null) continue;
    const from = tokenAt(sentence, match.index + 1);
    const to = tokenAt(sentence, match.index + match[0].length);
    const counted = countsIn(sentence.tokens.slice(from));
    const expected =
      failing && counted?.failed === undefined ? { ...counted, failed: failuresAt(sentence, from) } : counted;
    const admits = (expected?.failed ?? 0) > 0;
    return { kind: 'tests-pass', from, to, scope: 'unknown', names: [], admits, ...(expected && { expected }) };
  }
  return undefined;
}

function failuresAt({ tokens }: Sentence, from: number): number {
  return numberOf(tokens[from]) ?? numberOf(tokens[from + 1]) ?? 1;
}
