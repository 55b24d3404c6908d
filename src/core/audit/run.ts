import { printable } from '../claim/redact.ts';
import { type Checked, type Deed, deedOf } from './program.ts';
import { type Step, stepsOf } from './shell.ts';
import { type Counted, tallyOf } from './tally.ts';

/** What one command showed of one kind of check. */
export interface Check {
  readonly kind: Checked;
  /** `unclear`: it ran, and what is left of its answer does not tell how it went. */
  readonly outcome: 'passed' | 'failed' | 'unclear';
  /** In words: what the outcome rests on. */
  readonly shown: string;
  readonly counted?: Counted;
  /** The program call, for telling which files concern it. */
  readonly program: string;
  /** It ran in a folder that is not the work's: a temporary one, a neighbour. */
  readonly isOutside?: true;
}

export interface Command {
  readonly text: string;
  readonly steps: readonly (Step & { readonly deed: Deed })[];
}

export function commandOf(text: string): Command {
  return { text, steps: stepsOf(text).map((step) => ({ ...step, deed: deedOf(step.words) })) };
}

export interface Ended {
  readonly output: string;
  readonly exit?: number;
}

/** What a command's end shows of the checks that it ran. */
export function checksOf(command: Command, { output, exit }: Ended): readonly Check[] {
  if (command.steps.every(({ deed }) => !['check', 'checks', 'commit', 'push', 'unknown'].includes(deed.does)))
    return [];
  const text = printable(output.length > longestOutput ? output.slice(-longestOutput) : output);
  const wanted = ranIn(command, text);
  if (wanted.length === 0) return [];
  const isElsewhere = command.steps.some(
    ({ deed, words }) => deed.does === 'switch' || /^(?:worktree|stash)$/.test(words[1] ?? ''),
  );
  const found = wanted.map((run) => checkOf(run, { command, text, exit: exitFor(run, { command, text, exit }) }));
  const place = isOutside(command) ? { isOutside: true as const } : {};
  return found.map((check) =>
    isElsewhere && check.outcome !== 'unclear'
      ? { ...check, outcome: 'unclear', shown: 'it ran on another state of the tree' }
      : { ...check, ...place },
  );
}

/** `cd /tmp/clone && npm test`, `npm --prefix ../legacy test` */
function isOutside({ steps }: Command): boolean {
  return steps.some(({ words }) =>
    words.some(
      (word, at) => /^(?:cd|--prefix|-C|--dir|--cwd|--directory)$/.test(words[at - 1] ?? '') && away.test(word),
    ),
  );
}

const away = /^(?:(?:\/private)?\/(?:tmp|var)|~|\.\.)\/\w/;

/** A tool that is no shell may run tests, too: where its answer has a summary, that nothing ran cannot be said. */
export function checksOfTool({ output }: Ended): readonly Check[] {
  const text = printable(output.slice(-longestOutput));
  const run: Run = { kind: 'tests-pass', fixes: false, program: '', foreign: true };
  return tallyOf(text) === undefined ? [] : [testsOf(run, { command: { text: '', steps: [] }, text, exit: undefined })];
}

const longestOutput = 400_000;

interface Run {
  readonly kind: Checked;
  readonly fixes: boolean;
  readonly program: string;
  /** Absent where only the output tells that it ran. */
  readonly step?: number;
  /** Whose tests it ran is not known. */
  readonly foreign?: boolean;
}

/** The checks that a command names, and those that its output announces: a hook or a script ran them. */
function ranIn({ steps }: Command, text: string): readonly Run[] {
  const named = steps.flatMap(({ deed, words }, step): readonly Run[] =>
    deed.does === 'check' ? [{ kind: deed.kind, fixes: deed.fixes, program: words.join(' '), step }] : [],
  );
  const opens = steps.findIndex(({ deed }) => ['commit', 'push', 'checks', 'unknown'].includes(deed.does));
  if (opens < 0) return lastOfKind(named);
  const all = [...announced(text), ...named];
  if (all.some(({ kind }) => kind === 'tests-pass') || tallyOf(text) === undefined) return lastOfKind(all);
  return lastOfKind([...all, ...unnamed(steps)]);
}

/** A program that is not known for running tests, and printed a summary of tests. Of a throw-away script it tells nothing. */
function unnamed(steps: Command['steps']): readonly Run[] {
  const known = steps.find(({ deed }) => deed.does === 'checks' || deed.does === 'commit' || deed.does === 'push');
  const program = (known ?? steps.find(({ deed, words }) => deed.does === 'unknown' && !isThrowAway(words)))?.words;
  if (program === undefined) return [];
  return [{ kind: 'tests-pass', fixes: false, program: program.join(' '), foreign: known === undefined }];
}

function isThrowAway([program = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return /^(?:python[\d.]*|node|ruby|perl|bash|sh|zsh|deno|bun)$/.test(program);
  return [program, ...rest].some((word) => /^(?:-c|-e|-p|--eval|-)$|^(?:\/private)?\/(?:tmp|var)\/|^~/.test(word));
}

/** `$ vitest run`, `> eslint .`, `[test] $ go test ./...`: what task runners print before they run it. */
function announced(text: string): readonly Run[] {
  const lines = text.matchAll(/^(?:\S+ (?:\w+[$:] )?)?(?:\[[\w:-]+\] )?[$>] (\S.{1,300})$/gm);
  return [...lines].slice(0, 40).flatMap(([, line = '']) =>
    stepsOf(line).flatMap(({ words }): readonly Run[] => {
      const deed = deedOf(words);
      return deed.does === 'check' ? [{ kind: deed.kind, fixes: deed.fixes, program: words.join(' ') }] : [];
    }),
  );
}

function lastOfKind(runs: readonly Run[]): readonly Run[] {
  return [...new Map(runs.map((run) => [run.kind, run])).values()];
}

interface Seen {
  readonly command: Command;
  readonly text: string;
  readonly exit: number | undefined;
}

/** The exit code of this very call, where the whole's tells it. */
function exitFor(
  { step: index, kind }: Run,
  { command: { steps, text: command }, text, exit }: Seen,
): number | undefined {
  const printed = printedExit(command, text);
  const checks = steps.filter(({ deed }) => deed.does === 'check').length;
  if (printed !== undefined && checks <= 1) return printed;
  const step = index === undefined ? undefined : steps[index];
  if (exit === undefined) return undefined;
  // A commit that went through has passed its hooks; one that did not may have failed for anything.
  if (step === undefined || index === undefined)
    return exit === 0 && steps.at(-1)?.piped.length === 0 && isChained(steps) ? 0 : undefined;
  if (step.piped.length > 0 && !/pipefail/.test(command)) return undefined;
  const rest = steps.slice(index);
  if (!isChained(rest) && !(exit !== 0 && rest.length === 1)) return undefined;
  if (exit === 0) return 0;
  const suspects = steps.filter(
    ({ deed, joint }, at) => deed.does !== 'look' && (joint === 'and' || at === steps.length - 1),
  );
  if (suspects.length === 1) return exit;
  // `test && lint`: where all tests passed, it was not they.
  const others = suspects.filter(({ deed }) => deed.does !== 'check' || deed.kind !== 'tests-pass');
  const tests = tallyOf(text);
  const testsPassed = tests !== undefined && tests.failed === 0 && tests.passed > 0;
  return kind !== 'tests-pass' && testsPassed && others.length === 1 ? exit : undefined;
}

function isChained(steps: readonly Step[]): boolean {
  return steps.every(({ joint }) => joint === 'and' || joint === 'end');
}

/** `; echo "exit=$?"` */
function printedExit(command: string, text: string): number | undefined {
  if (!/\$\?|PIPESTATUS|pipestatus/.test(command)) return undefined;
  const found = [
    ...text.matchAll(/\b(?:exit|exit[ _]?code|status|rc|ret|result|code)\b\S{0,12}? ?[:= ] ?(\d{1,3})\b/gi),
  ].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

function checkOf(run: Run, seen: Seen): Check {
  const { kind, program } = run;
  if (neverRan(seen)) return { kind, outcome: 'unclear', shown: 'the tool could not be started', program };
  return kind === 'tests-pass' ? testsOf(run, seen) : { kind, program, ...otherOf(run, seen) };
}

const missing =
  /command not found|No such file or directory|Missing script:|Script not found|No module named|unrecognized subcommand|Unknown command|not recognized as|ENOENT|error: unrecognized|is not installed|Couldn't find a script|no configuration file|No tests? found/;

function neverRan({ text, exit }: Seen): boolean {
  return exit === 126 || exit === 127 || (exit !== undefined && exit !== 0 && text.length < 3000 && missing.test(text));
}

/** Of tools that say so and succeed. */
const noTests = /\bno tests? (?:files? )?(?:found|ran|to run)|\bno test files|\bran 0 tests|(?<!\d)0 tests\b/i;

function testsOf({ kind, program, foreign }: Run, { text, exit }: Seen): Check {
  const counted = tallyOf(text);
  const base = { kind, program, ...(counted !== undefined && { counted }) };
  if (foreign === true && counted !== undefined)
    return {
      ...base,
      outcome: 'unclear',
      shown: `of ${counted.passed + counted.failed} tests, run by a program that is not known`,
    };
  if (counted === undefined) {
    if (exit === 0 && !noTests.test(text)) return { ...base, outcome: 'passed', shown: 'exit code 0' };
    return {
      ...base,
      outcome: 'unclear',
      shown: exit === undefined ? 'its end is not shown' : `exit code ${exit}, and no summary`,
    };
  }
  const { passed, failed, doubtful } = counted;
  const numbers = `${passed} passed, ${failed} failed`;
  if (failed === 0 && (passed === 0 || /^Ran 0 tests/m.test(text)))
    return { ...base, outcome: 'unclear', shown: 'no test ran' };
  if (exit === 0) return { ...base, outcome: failed > 0 ? 'unclear' : 'passed', shown: numbers };
  if (failed > 0)
    return { ...base, outcome: 'failed', shown: exit === undefined ? `${numbers}; its exit code is hidden` : numbers };
  // Only the call itself tells that something beside the tests went wrong.
  if (passed === 0 || doubtful || exit !== undefined)
    return { ...base, outcome: 'unclear', shown: `${numbers}${exit === undefined ? '' : `, exit code ${exit}`}` };
  return { ...base, outcome: 'passed', shown: numbers };
}

const findings: Readonly<Record<Exclude<Checked, 'tests-pass'>, RegExp>> = {
  'lint-clean':
    /✖ [1-9]\d* problems? \([1-9]\d* errors?|^\s*Found [1-9]\d* (?:errors?|diagnostics)|^[1-9]\d* issues?[:.]|^✖ [1-9]|\d+ offenses? detected|error: could not compile|script "[\w:-]+" exited with code [1-9]|^\S+:\d+:\d+:? .*(?:error|\b[A-Z]+\d{2,4}\b)|^Some errors were emitted/m,
  'types-check':
    /error TS\d+|^Found [1-9]\d* errors? in|^[1-9]\d* errors?,|error\[E\d+\]|^error: could not compile|: error: /m,
  'build-succeeds':
    /error TS\d+|error\[E\d+\]|could not compile|Build failed|BUILD FAILED|BUILD FAILURE|Failed to compile|^ERROR in |Module not found|^\S+\.go:\d+:\d+: |^error: |✘ \[ERROR\]/m,
};
const clean: Readonly<Record<Exclude<Checked, 'tests-pass'>, RegExp>> = {
  'lint-clean':
    /^(?:\[[\w:-]+\] )?0 issues|All checks passed|no issues found|No ESLint warnings|^Found 0 |no offenses|0 errors|Checked \d+ files? in [\d.]+\w+\. No fixes/im,
  'types-check': /Success: no issues|^0 errors|Found 0 errors|Finished `?(?:dev|release|test)/m,
  'build-succeeds':
    /built in [\d.]+|Compiled successfully|BUILD SUCCESS|Finished `?(?:dev|release)|Build (?:complete|succe)|successfully built|prerendered as static/i,
};

/** What is printed is the command's own marks, if anything. */
function isSilent({ steps }: Command, text: string): boolean {
  const echoed = new Set(steps.flatMap(({ words }) => (words[0] === 'echo' ? [words.slice(1).join(' ').trim()] : [])));
  return text.split('\n').every((line) => /^[$>] |^\s*$/.test(line) || echoed.has(line.trim()));
}

function otherOf({ kind, fixes, step }: Run, { command, text, exit }: Seen): Pick<Check, 'outcome' | 'shown'> {
  const which = kind as Exclude<Checked, 'tests-pass'>;
  const found = findings[which].exec(text)?.[0].trim().slice(0, 120);
  if (fixes && /\bfixed [1-9]|[1-9]\d* fixed/i.test(text) && !/All checks passed|0 remaining/.test(text))
    return { outcome: 'unclear', shown: 'it mended files, and was not run again' };
  if (exit === 0) return { outcome: 'passed', shown: 'exit code 0' };
  if (exit !== undefined)
    return found === undefined
      ? { outcome: 'unclear', shown: `exit code ${exit}` }
      : { outcome: 'failed', shown: `exit code ${exit}: ${found}` };
  const sure = clean[which].exec(text)?.[0].trim();
  if (found !== undefined && sure === undefined)
    return { outcome: 'failed', shown: `${found}; its exit code is hidden` };
  if (found === undefined && sure !== undefined) return { outcome: 'passed', shown: sure.slice(0, 120) };
  const pipes = step === undefined ? [] : (command.steps[step]?.piped ?? []);
  const silent = isSilent(command, text);
  if (
    silent &&
    pipes.length > 0 &&
    pipes.every((pipe) => /^(?:head|tail|tee|cat)$/.test(pipe)) &&
    command.steps.at(-1)?.joint === 'end' &&
    command.steps[step ?? 0]?.joint !== 'or'
  )
    return { outcome: 'passed', shown: 'it printed nothing' };
  return { outcome: 'unclear', shown: 'its exit code is hidden' };
}
