import type { DecisionStep } from '../../../core/signal/fact.ts';

/** What a decision's document says about itself. */
export interface DecisionText {
  /** Absent where it has no status, or one that says nothing, such as a template's choice of all. */
  readonly step?: DecisionStep;
  readonly hasDeciders: boolean;
  readonly hasAlternatives: boolean;
  readonly hasOutcome: boolean;
}

/** Another took its place. It may be said below what it was: "Accepted", then "Superseded by 12". */
const succeeded = /\b(?:super[sc]eded|replaced|obsoleted|deprecated) by\b(?! this\b)/i;
/** What is deferred waits. What supersedes another is not superseded. */
const steps: readonly (readonly [DecisionStep, RegExp])[] = [
  ['superseded', /\b(?:super[sc]eded|replaced|obsolete(?!s)|deprecat(?!es))/i],
  ['rejected', /\b(?:reject|declin|not (?:accepted|approved|adopted))/i],
  ['withdrawn', /\b(?:withdr|abandon)/i],
  ['accepted', /\b(?:accept|approv|adopt|final|active|implement|provisional|decided|agreed|done)/i],
  [
    'proposed',
    /\b(?:propos|draft|pending|await|to be\b|not (?:yet|final|decided|agreed)|in review|under review|in discussion|deferred|open|wip)/i,
  ],
];

/** `Status: Final`, `* **Status**: accepted`, `status: "accepted"`, `| Status | Accepted |` in the first lines. */
const field = (keys: string): RegExp =>
  new RegExp(String.raw`^[ \t>*_|#-]*(?:${keys})[ \t*_]*[:|][ \t*_|"'\[]*(\S.*)$`, 'im');
const statusField = field('status');
const deciders = field(
  String.raw`deciders?|decision[- ]makers?|decided[- ]by|approvers?|approved[- ]by|(?:pep|bdfl)-delegate|resolution|rfc pr`,
);
/** `## Status`, or underlined. */
const heading = (words: string): RegExp =>
  new RegExp(String.raw`^(?:#{1,6}\s*(?:\d+\.?\s*)?(?:${words})\b.*|(?:${words})\b.*\n[=~-]{3,})$`, 'im');
const statusHeading = heading('status');
const decidersHeading = heading('deciders|decision makers');
const alternatives = heading(
  String.raw`(?:considered |rejected |other )?(?:alternatives?|options?|ideas)|(?:rationale and )?alternatives|pros and cons|prior art`,
);
const outcome = heading(String.raw`decision(?: outcome)?|outcome|resolution|consequences`);

const headLines = 60;

/** `before`: what the version before says. Of one with the same step nothing else is asked, and it is taken to say the same. */
export function decisionIn(text: string, before?: DecisionText): DecisionText {
  const body = text.replaceAll('\r\n', '\n');
  const head = firstLines(body, headLines);
  const inField = statusField.exec(head)?.[1];
  const step = stepIn(inField === undefined ? linesAfter(statusHeading, body) : [inField]);
  if (before !== undefined && before.step === step) return before;
  return {
    ...(step === undefined ? {} : { step }),
    hasDeciders: deciders.test(head) || decidersHeading.test(body),
    hasAlternatives: alternatives.test(body),
    hasOutcome: step !== undefined || outcome.test(body),
  };
}

function firstLines(text: string, count: number): string {
  let end = -1;
  for (let line = 0; line < count; line++) {
    end = text.indexOf('\n', end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end);
}

/**
 * The first line says it, with its first such word; what it relates to, and why, has such words, too.
 * `{proposed | rejected | accepted}` is what a template offers, and nobody's choice.
 */
function stepIn([first = '', ...rest]: readonly string[]): DecisionStep | undefined {
  const said = steps
    .map(([step, words]) => ({ step, at: first.search(words) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at);
  const isOffer = /[|/]/.test(first.replaceAll(/\(.*?\)|https?:\S+/g, '')) && said.length > 1;
  if (isOffer || said.length > 2) return undefined;
  const isSucceeded = succeeded.test(first) || rest.some((line) => line.replace(/^\W+/, '').search(succeeded) === 0);
  return isSucceeded ? 'superseded' : said[0]?.step;
}

/** Lines with text up to the next heading, of the ten that follow. */
function linesAfter(start: RegExp, text: string): readonly string[] {
  const found = start.exec(text);
  if (found === null) return [];
  const after = text.slice(found.index + found[0].length).split('\n', 11);
  const end = after.findIndex((line, at) => /^#{1,6}\s/.test(line) || /^[=~-]{3,}$/.test(after[at + 1] ?? ''));
  return after.slice(0, end < 0 ? after.length : end).filter((line) => line.trim() !== '');
}
