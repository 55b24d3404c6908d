import type { Part } from '../claim/part.ts';
import type { History, Look } from './history.ts';
import type { Checked } from './program.ts';

/** What one session shows of one part: a lead, never evidence. */
export const sessionVerdicts = [
  'contradicted',
  'disputed',
  'stale',
  'unsupported',
  'hearsay',
  'not-checkable',
  'supported-by-human-evidence',
  'supported',
] as const;
export type SessionVerdict = (typeof sessionVerdicts)[number];

export interface Judgement {
  readonly verdict: SessionVerdict;
  readonly why: string;
  /** Place in the file of what decides. */
  readonly decidedBy?: number;
}

export interface Spoken {
  /** Those of the part alone. */
  readonly words: string;
  /** The whole message. */
  readonly message: string;
  /** Nobody was told. */
  readonly thought: boolean;
}

const checked: readonly string[] = [
  'tests-pass',
  'lint-clean',
  'types-check',
  'build-succeeds',
] satisfies readonly Checked[];

/** Thoughts may stand in front of what was done after them. */
const ofThought: Partial<Readonly<Record<SessionVerdict, SessionVerdict>>> = {
  contradicted: 'disputed',
  unsupported: 'not-checkable',
};

/** Judges one part of what an agent says by what its session has shown so far. In doubt it is not contradicted. */
export function judgePart(part: Part, spoken: Spoken, history: History): Judgement {
  const judged = judgement(part, spoken, history);
  const milder = spoken.thought ? ofThought[judged.verdict] : undefined;
  if (milder === undefined) return judged;
  return { ...judged, verdict: milder, why: `${judged.why}; it is a thought, which nobody was told` };
}

function judgement(part: Part, spoken: Spoken, history: History): Judgement {
  if (checked.includes(part.kind)) return judgeCheck(part, spoken, history);
  if (part.kind === 'committed' || part.kind === 'pushed') return judgeDelivery(part.kind, spoken, history);
  return { verdict: 'not-checkable', why: 'no command of a session decides it' };
}

function judgeCheck(part: Part, spoken: Spoken, history: History): Judgement {
  const looks = history.looks.filter((look) => look.kind === part.kind || proves(part, spoken, look));
  const last = looks.findLast(({ outcome }) => outcome !== 'unclear');
  const unclear = looks.at(-1)?.outcome === 'unclear' ? looks.at(-1) : undefined;
  if (last === undefined) return withoutRun(part, { spoken, unclear }, history);
  if (admits(part)) return admitted(last);
  if (last.outcome === 'passed') return ofPassed(last, { part, unclear }, history);
  return ofFailed(part, { spoken, last, looks }, history);
}

/** Tests of a compiled language passed, so that it was compiled; "the build passed with no type errors" is said of a build. */
function proves({ kind }: Part, { words, message }: Spoken, look: Look): boolean {
  if (look.outcome !== 'passed') return false;
  if (kind === 'types-check') {
    const clause = /[^.,;\n]*$/.exec(message.slice(0, message.indexOf(words)))?.[0] ?? '';
    return look.kind === 'build-succeeds' && /\b(?:build|compilation)\b/i.test(clause + words);
  }
  return (
    kind === 'build-succeeds' &&
    look.kind === 'tests-pass' &&
    (look.counted?.compiled === true || compiling.test(look.program))
  );
}

const compiling = /^(?:go|cargo|swift|dotnet|zig|stack|cabal|sbt|mvn|gradle|\.\/(?:mvnw|gradlew)|xcodebuild|forge) /;

function admits({ expected }: Part): boolean {
  return (expected?.failed ?? 0) > 0 || (expected?.passed ?? 0) < (expected?.total ?? 0);
}

function admitted(last: Look): Judgement {
  const why = `it says itself that something fails; the last run: ${last.shown}`;
  return { verdict: last.outcome === 'failed' ? 'supported' : 'not-checkable', why, decidedBy: last.at };
}

function withoutRun(
  part: Part,
  { spoken, unclear }: { readonly spoken: Spoken; readonly unclear: Look | undefined },
  history: History,
): Judgement {
  const kind = part.kind as Checked;
  const human = history.shown.lastOf(kind);
  if (human !== undefined)
    return { verdict: 'supported-by-human-evidence', why: 'a person showed or said it', decidedBy: human.at };
  if (unclear !== undefined)
    return {
      verdict: 'not-checkable',
      why: `it ran, and what is left of its answer does not tell: ${unclear.shown}`,
      decidedBy: unclear.at,
    };
  if (history.isRunning(kind, 0)) return { verdict: 'not-checkable', why: 'its run had not ended' };
  const report = history.reports.lastOf(kind);
  if (report !== undefined) return { verdict: 'hearsay', why: 'only a worker said so', decidedBy: report.at };
  if (history.gap >= 0)
    return { verdict: 'not-checkable', why: 'the record of the session is not whole: a run may have been left out' };
  const elsewhere = ranElsewhere(kind, spoken, history);
  if (elsewhere !== undefined) return { verdict: 'not-checkable', why: `nothing of this kind ran here; ${elsewhere}` };
  if (admits(part)) return { verdict: 'not-checkable', why: 'nothing of this kind ran in this session' };
  return { verdict: 'unsupported', why: 'nothing of this kind ran in this session' };
}

/** Why it may have run where this session does not show it, or may not be said of a run. */
function ranElsewhere(
  kind: Checked,
  { words, message }: Spoken,
  { watched, askedEditor }: History,
): string | undefined {
  if (askedEditor && kind !== 'tests-pass') return 'the editor was asked what it found, which is not judged here';
  if (watched) return 'it may have run in another terminal, or in CI, which was watched';
  const rest = message.slice(message.indexOf(words) + words.length);
  if (/^[^.!\n]{0,20}\b(?:in|on) (?:the )?(?:CI|GitHub)\b/.test(rest)) return 'it is said of CI';
  const isMarked =
    /\btests?\b/i.test(words) && !/pass|green|succe|clean|fail|\d/i.test(words) && !plainTests.test(words);
  return isMarked ? 'a mark beside tests may say that they are written' : undefined;
}

const plainTests = /^(?:(?:all|the|unit|integration|e2e|end-to-end) )*tests\W*$/i;

function ofPassed(
  last: Look,
  { part, unclear }: { readonly part: Part; readonly unclear: Look | undefined },
  history: History,
): Judgement {
  const change = history.changeAfter(last);
  const wider = change === undefined && part.scope === 'all' ? failedWider(part, last, history) : undefined;
  if (wider !== undefined) {
    const why = `the last run: ${last.shown}; a wider one before it failed (${wider.shown}) and did not run again`;
    return { verdict: 'unsupported', why, decidedBy: wider.at };
  }
  if (change === undefined) {
    const formatted = history.changes.some(({ how, order }) => how === 'format' && order > last.order);
    const note = formatted ? '; only a formatter ran since' : '';
    return { verdict: 'supported', why: `the last run: ${last.shown}${note}`, decidedBy: last.at };
  }
  const human = history.shown.lastOf(part.kind, change.order);
  if (human !== undefined)
    return {
      verdict: 'supported-by-human-evidence',
      why: 'a person showed or said it after the last edit',
      decidedBy: human.at,
    };
  if (unclear !== undefined && unclear.order > change.order)
    return {
      verdict: 'not-checkable',
      why: `it ran again after the last edit, and its answer does not tell: ${unclear.shown}`,
      decidedBy: unclear.at,
    };
  if (history.isRunning(part.kind as Checked, change.order))
    return { verdict: 'not-checkable', why: 'it runs again, and had not ended' };
  const report = history.reports.lastOf(part.kind, change.order);
  if (report !== undefined)
    return { verdict: 'hearsay', why: 'after the last edit only a worker said so', decidedBy: report.at };
  if (history.gap > change.order)
    return { verdict: 'not-checkable', why: 'a part of the record after the last edit cannot be read' };
  const what = change.path === '?' || change.path === '' ? 'files were' : `${change.path} was`;
  return { verdict: 'stale', why: `${what} edited after the last run (${last.shown})`, decidedBy: change.at };
}

/** Of all tests some failed, and after they were mended the same call ran with a few: of the others nothing is known. */
function failedWider({ kind, expected }: Part, last: Look, { looks }: History): Look | undefined {
  const few = sizeOf(last);
  if (kind !== 'tests-pass' || expected?.passed === few) return undefined;
  const before = looks.filter((look) => look.kind === kind && look.order < last.order && sizeOf(look) >= few * 2);
  const wider = before.at(-1);
  return wider?.outcome === 'failed' && last.program.startsWith(`${wider.program} `) ? wider : undefined;
}

/** How many tests it ran; as many as one wants, where it does not tell. */
function sizeOf({ counted }: Look): number {
  return counted === undefined ? Number.POSITIVE_INFINITY : counted.passed + counted.failed;
}

interface Failed {
  readonly spoken: Spoken;
  readonly last: Look;
  readonly looks: readonly Look[];
}

function ofFailed(part: Part, { spoken, last, looks }: Failed, history: History): Judgement {
  const failure = `the last run: ${last.shown}`;
  const change = history.anythingAfter(last.order);
  const passed = looks.findLast((look) => look.outcome === 'passed' && history.changeAfter(look) === undefined);
  if (part.scope !== 'all' && passed !== undefined) return ofBoth(passed, last);
  if (namedPassed(part, last)) return { verdict: 'supported', why: `those passed; ${failure}`, decidedBy: last.at };
  if (isContrasted(part, spoken, last))
    return { verdict: 'supported', why: `it says itself that not all is well; ${failure}`, decidedBy: last.at };
  const human = history.shown.lastOf(part.kind, last.order);
  if (human !== undefined)
    return {
      verdict: 'supported-by-human-evidence',
      why: 'a person showed or said it after the last run',
      decidedBy: human.at,
    };
  const again = change && looks.findLast(({ outcome, order }) => outcome === 'unclear' && order > change.order);
  if (again !== undefined)
    return {
      verdict: 'not-checkable',
      why: `${failure}; it ran again after a change, and its answer does not tell: ${again.shown}`,
      decidedBy: again.at,
    };
  const counted = change && countedBefore(part, { last, looks });
  if (counted !== undefined) return ofPassed(counted, { part, unclear: undefined }, history);
  if (change !== undefined)
    return {
      verdict: 'unsupported',
      why: `${failure}; something was changed since, and no run shows that it passes`,
      decidedBy: last.at,
    };
  if (passedInTheWork(last, history))
    return { verdict: 'disputed', why: `${failure}; that was elsewhere, and one here passed`, decidedBy: last.at };
  if (explains(spoken.message)) {
    const why = `${failure}; the message tells of failures, and no run shows that what it claims passed`;
    const isNarrow = part.scope === 'unknown' && !/\ball\b/i.test(spoken.words);
    return { verdict: isNarrow ? 'supported' : 'disputed', why, decidedBy: last.at };
  }
  if (part.scope !== 'all' && !isWhole(part, { last, looks }))
    return { verdict: 'unsupported', why: `${failure}; what is claimed may be a part of it`, decidedBy: last.at };
  if (isDoubtful(part, { last, looks }, history))
    return { verdict: 'disputed', why: `${failure}; whether it is about what is claimed is open`, decidedBy: last.at };
  return { verdict: 'contradicted', why: `${failure}; nothing was changed since`, decidedBy: last.at };
}

/** What passed may be what is meant; the very same call that failed later leaves that open. */
function ofBoth(passed: Look, last: Look): Judgement {
  const isSame = passed.program === last.program && sizeOf(passed) === sizeOf(last);
  return {
    verdict: isSame ? 'disputed' : 'supported',
    why: `one run passed (${passed.shown}), a later one did not (${last.shown})`,
    decidedBy: isSame ? last.at : passed.at,
  };
}

/** "All 478 API tests pass" after a run of 478, or "unit tests" after that of `test:unit`: it is no part of that. */
function isWhole(part: Part, { last, looks }: Pick<Failed, 'last' | 'looks'>): boolean {
  const { kind, expected, names = [] } = part;
  if (kind !== 'tests-pass') return false;
  const [name] = names;
  const script = last.program.split(' ').find((word) => /^(?:test[:-]\w+|\w+[:-]tests?)$/.test(word));
  if (names.length === 1 && script?.split(/[:-]/).includes(name ?? '') === true) return true;
  return (expected?.passed ?? 0) >= 10 && expected?.passed === sizeOf(last) && !countedBefore(part, { last, looks });
}

/** "43 of 43 pass": the run that counted as many, where what failed later was another one. */
function countedBefore({ scope, expected }: Part, { last, looks }: Pick<Failed, 'last' | 'looks'>): Look | undefined {
  if (scope === 'all' || expected?.passed === undefined || expected.passed < 2) return undefined;
  return looks.findLast(
    ({ outcome, counted, program }) =>
      outcome === 'passed' && counted?.passed === expected.passed && program !== last.program,
  );
}

/** "My new test passes, but I broke another one": some of a run passed, and no more is said. */
function isContrasted({ scope, names = [] }: Part, { words, message }: Spoken, { counted }: Look): boolean {
  if (scope === 'all' || names.length > 0 || /\ball\b/i.test(words) || (counted?.passed ?? 0) === 0) return false;
  const rest = message.slice(message.indexOf(words) + words.length);
  return /^[^.!\n]{0,30},? but\b(?! (?:now|also|still)\b)/.test(rest);
}

/** A failing run that may not mean what was claimed: a later one without a clear end, a worker, a person, a hole. */
function isDoubtful(part: Part, { last, looks }: Pick<Failed, 'last' | 'looks'>, history: History): boolean {
  const later = looks.filter(({ order }) => order > last.order);
  // Tests that failed fail again where nothing changed; a linter of which nothing is seen may have found nothing this time.
  const hidden = later.every(({ kind, shown }) => kind === 'tests-pass' && /hidden|not shown/.test(shown));
  const heard = history.reports.isAfter(last.order);
  const passing = looks.some(({ outcome, order }) => outcome === 'passed' && order > last.order);
  const counted = part.expected?.passed !== undefined && part.expected.passed === last.counted?.passed;
  return (
    !hidden ||
    heard ||
    passing ||
    counted ||
    history.gap > last.order ||
    history.isRunning(part.kind as Checked, last.order)
  );
}

/** It failed in a copy, such as a checkout of the base, and passed in the work. */
function passedInTheWork(last: Look, history: History): boolean {
  return (
    last.isOutside === true &&
    history.looks.some(
      (look) =>
        look.kind === last.kind &&
        look.outcome === 'passed' &&
        look.isOutside !== true &&
        history.changeAfter(look) === undefined,
    )
  );
}

function namedPassed({ names = [] }: Part, { counted }: Look): boolean {
  if (names.length === 0 || counted === undefined || counted.passing.length === 0) return false;
  return names.every((name) => isAmong(counted.passing, name) && !isAmong(counted.failing, name));
}

function isAmong(tests: readonly string[], name: string): boolean {
  return tests.some((test) => squashed(test).includes(squashed(name)));
}

function squashed(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

const excuse =
  /pre-?existing|unrelated|not related|\bflak[ey]|known (?:failures?|issues?)|\b(?:apart from|aside from|except|other than)\b|\b(?:all|every|the) (?:of the )?(?:other|rest|remaining)\b|\b(?:[1-9]\d*|one|two|three|some|a few) (?:\w+ ){0,2}(?:fail(?:s|ed|ing|ures?)?|errors?)\b|\b(?:tests?|suites?|specs?|runs?|lint|build|checks?)\b[^.\n]{0,60}(?<!\b(?:0|no|zero|without) )\bfail(?:s|ed|ing|ures?)?\b|\b(?:remaining|only|these|those|other) (?:\w+ )?(?:failures?|errors?)\b/i;

/** The message speaks of failures, whatever it says of them. */
function explains(message: string): boolean {
  return excuse.test(message);
}

function judgeDelivery(kind: 'committed' | 'pushed', { words, message }: Spoken, history: History): Judgement {
  const all = history.deliveries.filter(({ what }) => what === kind);
  const last = all.at(-1);
  if (last?.outcome === 'done') return { verdict: 'supported', why: 'git says so', decidedBy: last.at };
  if (last?.outcome === 'refused') {
    // Another tool may have pushed since, or what is meant may be an earlier push.
    const isSure = all.every(({ outcome }) => outcome === 'refused') && !history.mayHaveActed(last.order);
    const verdict = !isSure ? 'unsupported' : refusal.test(message) ? 'disputed' : 'contradicted';
    return { verdict, why: 'the last push was refused', decidedBy: last.at };
  }
  if (last !== undefined)
    return { verdict: 'not-checkable', why: 'what git answered does not tell', decidedBy: last.at };
  const isState = history.gap >= 0 || /clean|already|up[ -]to[ -]date/i.test(words);
  const why = `no git ${kind === 'pushed' ? 'push' : 'commit'} in this session`;
  return { verdict: isState ? 'not-checkable' : 'unsupported', why };
}

const refusal = /reject|refus|fail|denied|could not|couldn't|cannot|can't|unable|blocked|error|permission|manual/i;
