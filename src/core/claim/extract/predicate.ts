/**
 * What is said of a subject, as patterns over the words that follow it (see `Token`).
 * Each is anchored at its start and made of flat alternations, so that matching is linear.
 */
const adverbs =
  '(?: (?:all|both|now|still|also|currently|already|successfully|again|each|fully|then|just|consistently|once again))*';
const findings =
  '(?:no|0|zero)(?: (?:new|remaining|lint|linting|type|test|compile|compilation))* (?:errors?|issues?|warnings?|failures?|problems?|violations?)(?: (?:and|or|/|,) (?:no |0 |zero )?(?:errors?|warnings?|issues?))?';
const good = '(?:green|clean|fine|passing|successful|happy|error-free|ok|passed|succeeded)';
const manner =
  '(?:successfully|cleanly|clean|green|fine|without (?:any )?(?:errors?|failures?|issues?|warnings?)|with (?:no|0|zero) (?:errors?|failures?|issues?|warnings?))';
const aside = '(?: \\( (?:[^ ()]+ ){1,8}\\))?';
const mark = '(?: :| —| –| -| \\|| =| →)';

const predicates: readonly RegExp[] = [
  new RegExp(`^${aside}${adverbs} (?:ran and )?(?:pass|passes|passed|succeed|succeeds|succeeded)(?= )`),
  new RegExp(`^${aside}${adverbs} (?:continues? to (?:pass|succeed)|continues? passing)(?= )`),
  /^ , all (?:pass|passed|passing|green)(?= )/,
  new RegExp(`^${aside}${adverbs} (?:ran|runs|completed|completes|finished|finishes) ${manner}(?= )`),
  new RegExp(
    `^${aside}${adverbs} (?:is|are|remain|remains|stay|stays|has|have|has been|have been|comes back|come back|came back)${adverbs} ${good}(?= )`,
  ),
  new RegExp(
    `^${aside}${adverbs} (?:(?:is|are|has|have|reports?|reported|shows?|finds?|found|with|at|passes with|comes back with|came back with) )?${findings}(?= )`,
  ),
  new RegExp(
    `^${aside}${mark}(?: COMMAND \\|)?(?: YES)?${adverbs} (?:${good}|pass|passes|succeeds|success|(?:compiles|builds) ${manner}|${findings}|RATIO(?: tests)?(?: (?:passed|passing|pass))?|N (?:tests )?(?:passed|passing|pass))(?= )`,
  ),
  new RegExp(`^${aside}${mark}(?: COMMAND \\|)? YES(?= )`),
  new RegExp(`^ \\(${adverbs} (?:${good}|${findings}|(?:N|RATIO) (?:passed|passing|pass))(?= )`),
  new RegExp(`^${aside}${adverbs} ${good}(?= )`),
  new RegExp(`^ YES(?= )`),
];
const complete = /^(?: is| was)? completed?(?= )/;
const building = new RegExp(`^${adverbs} (?:compiles?|compiled|builds?|built|check)(?: ${manner})?(?= )`);
const bare = /^(?: (?:now|still|again))* (?:compiles|builds)(?= (?:$|[.,;!)] |again |now |and all |and the |but ))/;
const buildingWell = new RegExp(`^${adverbs} (?:compiles?|compiled|builds?|built) ${manner}(?= )`);

/** The words that any of them starts with. */
const opening =
  /^ (?:[(:—–|=→-]|, all|all|both|now|still|also|currently|already|successfully|again|each|fully|then|just|consistently|once|pass|succe|continue|ran|runs|complete|finish|is|are|was|remain|stay|has|have|come|came|report|show|finds?|found|with|at|no|0|zero|green|clean|fine|happy|error-free|ok|YES|compile|built|builds? |check)/;

/** Words that may follow: anything else makes "pass" take an object ("the test passes the value"). */
const follower =
  /^ (?:$|[.,;:!()|—–/+&…-] |(?:YES|RATIO|N|and|but|so|now|again|locally|successfully|cleanly|with|without|on|in|for|across|via|under|after|including|too|as|while|except|excluding|apart|aside|other|besides|because|before|within|at|fine|here|everywhere|today|plus|even|both|of|remain|remains|consistently|still|together|from|yesterday|previously|only|when|if|once|unless|until|i|not|minus|save) )/;
const objects = /^ (?:in|on|for|with|at|from) (?:by|as|order) /;

/** Length of the predicate at the start of `words`, 0 when there is none. `words` starts with a blank. */
export function predicateLength(words: string, builds: boolean, kind: string): number {
  if (!opening.test(words)) return 0;
  for (const pattern of patternsFor(builds, kind)) {
    const said = pattern.exec(words)?.[0] ?? '';
    if (kind !== 'tests-pass' && / tests(?: |$)/.test(said)) continue;
    const { length } = said;
    const rest = words.slice(length);
    if (length > 0 && (rest === ' ' || (follower.test(rest) && !objects.test(rest)))) return length;
  }
  return 0;
}

function patternsFor(builds: boolean, kind: string): readonly RegExp[] {
  if (builds) return [buildingWell, bare];
  if (kind === 'build-succeeds') return [...predicates, complete];
  return kind === 'types-check' ? [...predicates, building] : predicates;
}
