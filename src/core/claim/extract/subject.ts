import type { PartKind } from '../part.ts';
import { checkOf } from './command.ts';
import { narrowingBefore, type Narrowing } from './narrowing.ts';
import { nounAt } from './noun.ts';
import type { Token } from './token.ts';

/** What is said to pass, be clean or be green: a noun with the words before it that widen or narrow it. */
export interface Subject extends Narrowing {
  readonly kind: PartKind;
  /** Token index where its noun starts, and one past its end. */
  readonly noun: number;
  readonly to: number;
  /** The command or program that is named, of checks other than tests. */
  readonly tool?: string;
  /** Only together with verbs of building: "the project builds". */
  readonly builds: boolean;
}

/** What can be built and is not a check itself. */
const built = new Set('project code codebase app application package workspace crate solution everything'.split(' '));

export function isTestFile(path: string): boolean {
  return /(?:[._-](?:test|spec)s?\.)|(?:^|\/)test_|__tests__|(?:^|\/)tests?\//.test(path);
}

/** As Go and pytest call them. */
export function isTestFunction({ text }: Token): boolean {
  return /^(?:Test[A-Z]\w*|test_\w+)$/.test(text);
}

/** The subject whose noun starts at token `at`, or undefined. */
export function subjectAt(tokens: readonly Token[], at: number): Subject | undefined {
  const token = tokens[at];
  if (token === undefined) return undefined;
  if (token.word === 'COMMAND') {
    const check = checkOf(token.text);
    const tool = check?.kind === 'tests-pass' ? {} : { tool: token.text };
    return check && { ...alone(check.kind, at, check.names), ...tool };
  }
  if (isTestFunction(token)) return alone('tests-pass', at, [token.text]);
  if (token.word === 'FILE') return isTestFile(token.text) ? alone('tests-pass', at, [token.text]) : undefined;
  if (built.has(token.word))
    return { ...narrowingBefore(tokens, at, false), kind: 'build-succeeds', noun: at, to: at + 1, builds: true };
  // Not "90/90 e2e, lint clean"
  if (token.word === 'e2e' && !/^(?:RATIO|N)$/.test(tokens[at - 1]?.word ?? ''))
    return alone('tests-pass', at, [token.text]);
  const noun = nounAt(tokens, at);
  if (noun === undefined) return undefined;
  const { kind, words, tool } = noun;
  const narrowing = narrowingBefore(tokens, at, /^(?:test|spec)/.test(token.word));
  return { ...narrowing, kind, noun: at, to: at + words.length, builds: false, ...(tool && { tool: words.join(' ') }) };
}

function alone(kind: PartKind, at: number, names: readonly string[]): Subject {
  return { kind, from: at, to: at + 1, noun: at, whole: false, narrowed: false, names, builds: false };
}
