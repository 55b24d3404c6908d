import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { printable, printableJson } from '../core/claim/redact.ts';
import { errorTable, FactumError, messageOf } from '../core/errors.ts';
import type { Operation, ReadContext, SetupContext, WriteContext } from '../core/operation.ts';
import { ink, type Paper, paragraph } from '../report/terminal/paper.ts';
import { deriveForms, deriveInput, inputFrom } from './derive.ts';

/** Everything outside that the CLI touches, so that a test can hold it. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly paper: Paper;
}

export interface GlobalOptions {
  /** Absolute or relative folder; default: the current one. */
  readonly repo?: string;
  /** The caller vouches for this repository's commands, as CI does. */
  readonly trust?: boolean;
  readonly json?: boolean;
}

/** Of operations whose answer has further forms. */
interface FormOptions extends GlobalOptions {
  readonly format?: string;
  readonly out?: string;
}

/** A context that is open for one operation. */
export interface OpenContext {
  readonly context: ReadContext & WriteContext & SetupContext;
  /** Shows others what the operation recorded, if it recorded anything and that is due. */
  publish(): Promise<void>;
  close(): Promise<void>;
}

export interface Program {
  readonly version: string;
  /** By id; each is loaded when it is needed. */
  readonly operations: Readonly<Record<string, () => Promise<Operation>>>;
  /** First words of operations with several, such as `ledger` of `ledger check`, and what they are about. */
  readonly groups: Readonly<Record<string, string>>;
  /** Shows an operation's answer as text. */
  readonly texts: Readonly<Record<string, (paper: Paper, answer: never) => string>>;
  /** Further forms of an operation's answer; each is loaded when it is asked for. */
  readonly forms: Readonly<Record<string, () => Promise<(answer: never) => string>>>;
  /** Writes a file that the user names, over one that is there. Throws REPORT_FILE. */
  write(path: string, text: string): Promise<void>;
  /** Whether it could be, before there is anything to write. Throws REPORT_FILE. */
  refuseUnwritable(path: string): Promise<void>;
  /** Takes secrets out of what goes wrong before a context is open. */
  redact(text: string): string;
  open(operation: Pick<Operation, 'scope' | 'opensItself'>, options: GlobalOptions): Promise<OpenContext>;
}

/** Runs one command line and returns its exit code: 0 yes, 1 the answer is no, 2 you asked wrongly, 3 we broke. */
export async function runCli(program: Program, argv: readonly string[], terminal: Terminal): Promise<number> {
  let exit = 0;
  let clean = program.redact;
  const asJson = wantsJson(argv);
  const root = rootCommand(program, asJson ? { ...terminal, err: () => undefined } : terminal);
  for (const operation of await operationsFor(program, argv)) {
    const words = operation.id.split(' ');
    const command = commandNamed(root, words, program.groups).summary(operation.summary).description(operation.summary);
    // Schemas are read only for the command that is asked for: listing all of them costs start-up time.
    if (words.every((word) => argv.includes(word))) {
      deriveInput(command, operation);
      deriveForms(command, operation);
    }
    // A statement may be a list: "- Removed `a.ts`" is no option.
    if (argv.some((word) => /^-\s/.test(word))) command.allowUnknownOption();
    command.action(async (...given: unknown[]) => {
      const args = given.slice(0, -2);
      const options = command.optsWithGlobals<FormOptions>();
      exit = await runOperation(program, operation, {
        input: inputFrom(operation, args, { ...options }),
        options,
        terminal,
        opened: ({ redact }) => void (clean = redact),
      });
    });
  }
  try {
    await root.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return report(thrown, terminal, { asJson, clean });
    if (thrown.exitCode === 0) return 0;
    return asJson ? report(usageError(thrown), terminal, { asJson, clean }) : errorTable.USAGE.exit;
  }
}

/** The one that was named; all of them where the answer may tell of others, as help and suggestions do. */
async function operationsFor({ operations }: Program, argv: readonly string[]): Promise<readonly Operation[]> {
  let first = 0;
  while (/^--(?:json|trust|repo(?:=.*)?)$/s.test(argv[first] ?? '')) first += argv[first] === '--repo' ? 2 : 1;
  const given = argv.slice(first);
  const named = Object.keys(operations).find((id) => id.split(' ').every((word, at) => word === given[at]));
  const loads = Object.entries(operations).flatMap(([id, load]) => (id === (named ?? id) ? load : []));
  return Promise.all(loads.map((load) => load()));
}

/** `ledger witness add` is the command `add` of the group `witness` of the group `ledger`. */
function commandNamed(root: Command, words: readonly string[], groups: Program['groups']): Command {
  let group = root;
  for (const [at, word] of words.slice(0, -1).entries()) {
    const about = groups[words.slice(0, at + 1).join(' ')] ?? '';
    group = group.commands.find((each) => each.name() === word) ?? group.command(word).description(about);
  }
  return group.command(words.at(-1) ?? '');
}

/** After `--` it is a word of a text. */
function wantsJson(argv: readonly string[]): boolean {
  const end = argv.indexOf('--');
  return argv.slice(0, end === -1 ? argv.length : end).includes('--json');
}

/** Commander shows help, and says little itself, where no command was named. */
function usageError({ code, message }: CommanderError): FactumError {
  const isHelp = code === 'commander.help' || code === 'commander.helpDisplayed';
  return new FactumError('USAGE', isHelp ? 'expected the name of a command' : message.replace(/^error: /, ''));
}

function rootCommand({ version, redact }: Program, terminal: Terminal): Command {
  return new Command('factum')
    .description('Checks claims of finished work against reality.')
    .version(version)
    .option('--repo <dir>', 'repository to work in; default: the current folder')
    .option('--trust', "run this repository's own commands without asking, as in CI")
    .option('--json', 'answer as JSON')
    .showSuggestionAfterError()
    .showHelpAfterError('(factum --help lists the commands)')
    .exitOverride()
    .configureHelp({ helpWidth: terminal.paper.width, showGlobalOptions: true, minWidthToWrap: 20 })
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(printable(redact(text))),
    });
}

interface Call {
  readonly input: unknown;
  readonly options: FormOptions;
  readonly terminal: Terminal;
  opened(context: ReadContext): void;
}

async function runOperation(
  program: Program,
  operation: Operation,
  { input, options: given, terminal, opened: tell }: Call,
): Promise<number> {
  // Elsewhere these names may be an operation's own.
  const { format: _format, out: _out, ...global } = given;
  const options: FormOptions = operation.formats === undefined ? global : inFormat(given, operation.formats);
  const parsed = operation.input.safeParse(input);
  if (!parsed.success) throw new FactumError('USAGE', `factum ${operation.id}: ${z.prettifyError(parsed.error)}`);
  if (options.out !== undefined) await program.refuseUnwritable(options.out);
  const opened = await program.open(operation, options);
  tell(opened.context);
  let exit = 0;
  let isPublished = false;
  try {
    const answer = await operation.run(opened.context, parsed.data);
    const text = `${await formOf(program, operation.id, answer, { options, paper: terminal.paper })}\n`;
    if (options.out === undefined) terminal.out(text);
    else await program.write(options.out, text);
    exit = operation.answersNo?.(answer) === true ? 1 : 0;
  } finally {
    // Also what was recorded before the operation failed is published.
    isPublished = await hasPublished(opened, terminal);
    await opened.close();
  }
  return isPublished ? exit : 3;
}

const endings: Readonly<Record<string, string>> = {
  html: 'html',
  htm: 'html',
  md: 'markdown',
  json: 'json',
  txt: 'terminal',
};

/** Who says no format means that of the file that they name. Throws USAGE where that is none, or two are asked for. */
function inFormat(given: FormOptions, formats: readonly string[]): FormOptions {
  if (given.json === true && given.format !== undefined && given.format !== 'json')
    throw new FactumError('USAGE', `--json and --format ${given.format}: expected one of them`);
  const [, ending] = /\.(\w+)$/.exec(given.out?.toLowerCase() ?? '') ?? [];
  const format = given.format ?? formats.find((each) => each === endings[ending ?? '']);
  if (format !== undefined) return { ...given, format };
  if (ending === undefined || given.json === true) return given;
  const known = Object.keys(endings).filter((each) => formats.includes(endings[each] ?? ''));
  throw new FactumError('USAGE', `--out ${given.out ?? ''}: expected a file in .${known.join(', .')}, or --format`);
}

/** The answer in the form that was asked for; a file takes no colours and 80 columns. */
async function formOf(
  { texts, forms }: Program,
  id: string,
  answer: unknown,
  { options, paper }: { readonly options: FormOptions; readonly paper: Paper },
): Promise<string> {
  const { json, format = 'terminal', out } = options;
  const text = texts[id];
  if (json === true || format === 'json' || text === undefined) return printableJson(answer, 2);
  const form = await forms[`${id} ${format}`]?.();
  if (form !== undefined) return form(answer as never);
  return text(out === undefined ? paper : { width: 80, colour: false }, answer as never);
}

/** The answer stands already: what goes wrong here is said on standard error, with --json too. */
async function hasPublished({ publish, context }: OpenContext, terminal: Terminal): Promise<boolean> {
  try {
    await publish();
    return true;
  } catch (thrown) {
    report(thrown, terminal, { asJson: false, clean: context.redact });
    return false;
  }
}

interface Way {
  readonly asJson: boolean;
  clean(text: string): string;
}

/** Errors go to standard error; with --json they are the answer, one object in the shape that HTTP answers, too. */
function report(thrown: unknown, { out, err, paper }: Terminal, { asJson, clean }: Way): number {
  const error =
    thrown instanceof FactumError ? thrown : new FactumError('INTERNAL', messageOf(thrown), { cause: thrown });
  // What is wrong may be quoted from a file or an argument, with a token in it.
  const message = clean(error.message);
  if (asJson) {
    out(`${printableJson({ error: { code: error.code, message, fix: error.entry.fix } })}\n`);
    return error.entry.exit;
  }
  err(`${paragraph(paper, '', `${error.code}: ${message}`)}\n`);
  err(`${ink(paper, 'dim', paragraph(paper, 'next: ', error.entry.fix))}\n`);
  if (error.code === 'INTERNAL' && thrown instanceof Error && thrown.stack !== undefined)
    err(`${printable(clean(thrown.stack))}\n`);
  return error.entry.exit;
}
