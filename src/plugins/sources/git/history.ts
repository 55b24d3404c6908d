import { seen } from '../../../core/ports.ts';
import type { GitStream, SourcePorts } from '../../../core/signal/source.ts';
import type { Depth, ParsedCommit } from './commit.ts';
import { commitParser, logFormat, nameFormat } from './parse.ts';

const base = ['log', '-z', '--encoding=UTF-8', '--no-notes', '--no-decorate', '--no-color'];
const parentsFirst = ['--topo-order', '--reverse'];
/** Those that are listed, in that order, and none besides. */
const asListed = ['--no-walk=unsorted', '--stdin'];

/** How git is asked for a depth; `-M` follows renames, which needs the files' contents. */
const depthArguments: Readonly<Record<Depth, readonly string[]>> = {
  nothing: ['--no-patch'],
  raw: ['--raw', '--no-renames', '--no-abbrev'],
  renames: ['--raw', '-M', '--no-abbrev'],
  counts: ['--raw', '--numstat', '-M', '--no-abbrev'],
  hunks: ['--raw', '-p', '-U0', '-M', '--no-abbrev', '--no-ext-diff', '--no-textconv'],
};
/** Commits of a stretch of history; what could not be read ends it early, and `ended` says why. */
export interface CommitStream {
  next(): Promise<ParsedCommit | undefined>;
  readonly ended: GitStream['ended'];
  stop(): void;
}

export interface CommitsAsked {
  readonly depth: Depth;
  /** Each merge with its difference from its first parent; else merges come without any. */
  readonly merges?: boolean;
  /** Nothing but names and differences. */
  readonly isNamed?: boolean;
}

export interface ListAsked extends CommitsAsked {
  /** So many characters of the list are commits to be told with their files alone, renames followed. */
  readonly brief?: number;
}

/** So many pieces of what git prints are kept before they are asked for, so that it seldom waits. */
const piecesAhead = 256;

/** Parents first. `range`: a commit, or `from..to`. */
export function readCommits(ports: SourcePorts, range: string, asked: CommitsAsked): CommitStream {
  return commitsOf(ports, { which: [...parentsFirst, range, '--'], input: '' }, asked);
}

/** Of a list, a commit a line: in its order. */
export function readListed(ports: SourcePorts, list: string, { brief = 0, ...asked }: ListAsked): CommitStream {
  const read = (from: number, to: number, depth: Depth): CommitStream =>
    commitsOf(ports, { which: asListed, input: list.slice(from, to) }, { ...asked, depth });
  const inFull = (): CommitStream => (brief < list.length ? read(brief, list.length, asked.depth) : nothing);
  return brief === 0 ? inFull() : inTurn(read(0, brief, 'renames'), inFull);
}

/** Git would take an empty list for the commit that is checked out. */
const nothing: CommitStream = {
  next: () => Promise.resolve(undefined),
  ended: Promise.resolve(seen({ exit: 0, stderr: '' })),
  stop() {},
};

/** The second begins once git has told all of the first, not all of which need be taken by then. */
function inTurn(first: CommitStream, follow: () => CommitStream): CommitStream {
  let isStopped = false;
  const second = first.ended.then((ended) => (!isStopped && ended.ok && ended.value.exit === 0 ? follow() : first));
  return {
    next: async () => (await first.next()) ?? (await second).next(),
    ended: second.then(({ ended }) => ended),
    stop() {
      isStopped = true;
      first.stop();
      void second.then((stream) => stream.stop());
    },
  };
}

function commitsOf(
  { gitStream }: SourcePorts,
  { which, input }: { readonly which: readonly string[]; readonly input: string },
  asked: CommitsAsked,
): CommitStream {
  const merges = asked.merges === true ? ['--diff-merges=first-parent'] : [];
  const format = asked.isNamed === true ? nameFormat : logFormat;
  const stream = gitStream([...base, ...merges, ...depthArguments[asked.depth], format, ...which], input);
  const parser = commitParser(asked.depth);
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
