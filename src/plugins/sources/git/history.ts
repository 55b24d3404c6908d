import type { GitStream, SourcePorts } from '../../../core/signal/source.ts';
import type { ParsedCommit } from './commit.ts';
import { commitParser, logFormat, nameFormat } from './parse.ts';

const base = ['log', '-z', '--encoding=UTF-8', '--no-notes', '--no-decorate', '--no-color'];
const parentsFirst = ['--topo-order', '--reverse'];
/** Those that are listed, in that order, and none besides. */
const asListed = ['--no-walk=unsorted', '--stdin'];

/** How git is asked for a depth; `-M` follows renames, which needs the files' contents. */
export const depthArguments = {
  nothing: ['--no-patch'],
  raw: ['--raw', '--no-renames', '--no-abbrev'],
  renames: ['--raw', '-M', '--no-abbrev'],
  counts: ['--raw', '--numstat', '-M', '--no-abbrev'],
  hunks: ['--raw', '-p', '-U0', '-M', '--no-abbrev', '--no-ext-diff', '--no-textconv'],
} as const;
export type Asked = keyof typeof depthArguments;

/** Commits of a stretch of history; what could not be read ends it early, and `ended` says why. */
export interface CommitStream {
  next(): Promise<ParsedCommit | undefined>;
  readonly ended: GitStream['ended'];
  stop(): void;
}

export interface CommitsAsked {
  readonly depth: Asked;
  /** Each merge with its difference from its first parent; else merges come without any. */
  readonly merges?: boolean;
  /** The first-parent line alone. */
  readonly line?: boolean;
  /** Nothing but names and differences. */
  readonly isNamed?: boolean;
}

/** So many pieces of what git prints are kept before they are asked for, so that it seldom waits. */
const piecesAhead = 256;

/** Parents first. `range`: a commit, or `from..to`. */
export function readCommits(ports: SourcePorts, range: string, asked: CommitsAsked): CommitStream {
  return commitsOf(ports, { which: [...parentsFirst, range, '--'], input: '' }, asked);
}

/** Of a list, a commit a line: in its order. */
export function readListed(ports: SourcePorts, list: string, asked: CommitsAsked): CommitStream {
  return commitsOf(ports, { which: asListed, input: list }, asked);
}

function commitsOf(
  { gitStream }: SourcePorts,
  { which, input }: { readonly which: readonly string[]; readonly input: string },
  asked: CommitsAsked,
): CommitStream {
  const line = asked.line === true ? ['--first-parent'] : [];
  const merges = asked.merges === true ? ['--diff-merges=first-parent'] : [];
  const format = asked.isNamed === true ? nameFormat : logFormat;
  const stream = gitStream([...base, ...line, ...merges, ...depthArguments[asked.depth], format, ...which], input);
  const parser = commitParser(asked.depth === 'renames' ? 'raw' : asked.depth);
  const chunks = stream.chunks[Symbol.asyncIterator]();
  const coming = Array.from({ length: piecesAhead }, () => chunks.next());
  let ready: readonly ParsedCommit[] = [];
  let at = 0;
  let over = false;

  async function next(): Promise<ParsedCommit | undefined> {
    while (at >= ready.length && !over) {
      const chunk = await coming.shift();
      coming.push(chunks.next());
      at = 0;
      if (chunk === undefined || chunk.done === true) {
        over = true;
        const ended = await stream.ended;
        const last = ended.ok && ended.value.exit === 0 ? parser.end() : undefined;
        ready = last === undefined ? [] : [last];
      } else ready = parser.push(chunk.value);
    }
    return ready[at++];
  }
  return { next, ended: stream.ended, stop: () => stream.stop() };
}
