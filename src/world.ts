import { isatty } from 'node:tty';
import type { GateWorld } from './gate.ts';
import { printable } from './core/claim/redact.ts';
import { FactumError, messageOf } from './core/errors.ts';
import { startDetached } from './host/process/detached.ts';
import { configurationFolder } from './host/configuration-folder.ts';
import { unheardIn } from './host/unheard.ts';
import { nodeCrypto } from './host/node-crypto.ts';

/** This process, its terminal, its clock. */
export function realWorld(): GateWorld {
  const { env, stdout, stderr } = process;
  failWhole();
  const hasColour = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    get cwd() {
      return currentFolder();
    },
    env,
    now: () => new Date().toISOString(),
    newId: () => nodeCrypto().randomUUIDv7(),
    input: standardInput,
    later,
    unheard: unheardIn(() => configurationFolder(env)),
    terminal: {
      out: (text) => void stdout.write(text),
      err: (text) => void stderr.write(text),
      isInteractive: stderr.isTTY,
      // A terminal that nobody gave a size says 0.
      paper: { width: Math.min(stdout.columns || 80, 120), colour: hasColour },
    },
    // Opening the stream itself takes time, and most commands read nothing from it.
    ...(isatty(0) && stderr.isTTY ? { ask } : {}),
  };
}

/** What nobody caught, and an answer that could not be written, are Factum's failures: 3, never Node's 1, which says "no". */
function failWhole(): void {
  process.on('uncaughtException', crash);
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      // A reader that has seen enough, such as `head`, leaves the answer what it is.
      if (error.code !== 'EPIPE') crash(error);
    });
  }
}

function crash(thrown: unknown): never {
  const what = thrown instanceof Error ? (thrown.stack ?? thrown.message) : messageOf(thrown);
  process.stderr.write(printable(`INTERNAL: ${what}\n`));
  process.exit(3);
}

function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new FactumError('USAGE', `the current folder is not there any more: ${messageOf(cause)}`, { cause });
  }
}

/** More than any message of an agent. */
const mostInput = 16 * 1_048_576;

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostInput) throw new FactumError('USAGE', `standard input has more than ${mostInput} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function later(argv: readonly string[], dir: string): void {
  const [program = ''] = process.argv.slice(1);
  startDetached([process.execPath, ...process.execArgv, program, ...argv], dir);
}

/** Ctrl-C, Ctrl-D and a terminal that goes away at a question: nothing has been recorded yet. */
function leave(): never {
  process.exit(130);
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  lines.once('SIGINT', leave).once('close', leave);
  const answer = await lines.question(printable(question));
  lines.off('close', leave).close();
  return answer;
}
