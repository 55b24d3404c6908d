import { applyEdits, modify, type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { FactumError } from '../errors.ts';
import type { Dialect, Fields, HookPlace, HookScope, OwnHookFile } from './agent.ts';

// A tool's own settings: one entry is added or taken away, and every other byte stays as it is.

export interface HookFile {
  readonly path: string;
  /** Below the repository, where git is not to see it. */
  readonly local?: string;
  /** Undefined: there is none. */
  readonly text: string | undefined;
}

export interface HookFiles {
  /**
   * For a shell: this Node and this Factum by their whole paths, so that nothing else is found in their place; in a file that
   * teams commit, whichever Factum is there.
   */
  command(agent: string, scope: HookScope): string;
  /** Throws HOOK_FILE. */
  read(place: HookPlace, scope: HookScope): Promise<HookFile>;
  /** Keeps what was there, so that taking the hook away gives the same bytes; git does not see a local file. Throws HOOK_FILE. */
  add(file: HookFile, text: string): Promise<void>;
  /** What was there before `add`, if nobody has written since; else `text`, or no file. Throws HOOK_FILE. */
  restore(file: HookFile, text: string | undefined): Promise<void>;
  /** Runs a hook's command with a false claim, in a repository made for it. */
  fire(command: string, dialect: Dialect): Promise<{ readonly exit: number | null; readonly said: string }>;
}

/** Commands of Factum's in it: those that end as ours do. */
export function commandsIn(file: HookFile, place: HookPlace, agent: string): readonly string[] {
  if ('at' in place) return entriesIn(file, place.at).flatMap((entry) => commandsOf(entry, agent));
  if (!isSigned(file, place)) return [];
  return commandsOf(
    /^const command = (".*");$/m
      .exec(file.text ?? '')
      ?.slice(1)
      .map(textIn)[0],
    agent,
  );
}

/** With this command in the place of Factum's earlier ones. Throws HOOK_FILE. */
export function withHook(file: HookFile, place: HookPlace, { agent, command }: Ours): string {
  if (!('at' in place)) {
    if (file.text === undefined || isSigned(file, place)) return place.file(command);
    throw new FactumError('HOOK_FILE', `${file.path}: expected a file that Factum wrote, got another's`);
  }
  const text = textOf(withoutHook(file, place, agent)) ?? `${JSON.stringify(place.base ?? {}, null, 2)}\n`;
  const at = [...place.at, entriesIn({ ...file, text }, place.at).length];
  return applyEdits(text, modify(text, at, place.entry(command), { isArrayInsertion: true, ...styleOf(text) }));
}

/** Undefined: nothing is left. Throws HOOK_FILE. */
export function withoutHook(file: HookFile, place: HookPlace, agent: string): string | undefined {
  if (!('at' in place)) return isSigned(file, place) ? undefined : file.text;
  const { at } = place;
  let text = textOf(file.text);
  if (text === undefined) return file.text;
  const entries = entriesIn(file, at);
  for (let index = entries.length - 1; index >= 0; index--) {
    if (commandsOf(entries[index], agent).length > 0)
      text = applyEdits(text, modify(text, [...at, index], undefined, styleOf(text)));
  }
  return text;
}

function isSigned({ text }: HookFile, { signed }: OwnHookFile): boolean {
  return text?.startsWith(`${signed}\n`) === true;
}

function textIn(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

interface Ours {
  readonly agent: string;
  readonly command: string;
}

/** What a program would read as nothing is no settings, but may be written to. */
function textOf(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}

function entriesIn(file: HookFile, at: readonly string[]): readonly unknown[] {
  let value: unknown = settingsIn(file);
  for (const [index, key] of at.entries()) {
    value = isObject(value) ? value[key] : undefined;
    if (value === undefined) return [];
    const [expected, holds] = index === at.length - 1 ? ['list', Array.isArray(value)] : ['object', isObject(value)];
    if (!holds) throw unlike(file, `${String(expected)} at ${at.slice(0, index + 1).join('.')}`, value);
  }
  return value as readonly unknown[];
}

function settingsIn(file: HookFile): Fields {
  const text = textOf(file.text);
  if (text === undefined) return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) {
    const got = `${printParseErrorCode(error.error)} at character ${error.offset}`;
    throw new FactumError('HOOK_FILE', `${file.path}: expected JSON, got ${got}`);
  }
  if (!isObject(value)) throw unlike(file, 'object', value);
  return value;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unlike({ path }: HookFile, expected: string, value: unknown): FactumError {
  const got = Array.isArray(value) ? 'a list' : value === null ? 'null' : typeof value;
  return new FactumError('HOOK_FILE', `${path}: expected ${expected}, got ${got}`);
}

function commandsOf(entry: unknown, agent: string): readonly string[] {
  if (typeof entry === 'string') return entry.endsWith(` gate ${agent}`) ? [entry] : [];
  if (typeof entry !== 'object' || entry === null) return [];
  return Object.values(entry).flatMap((value) => commandsOf(value, agent));
}

function styleOf(text: string) {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const insertSpaces = !indent.startsWith('\t');
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { formattingOptions: { insertSpaces, tabSize: insertSpaces ? indent.length : 1, eol } };
}
