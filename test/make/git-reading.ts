import { deserialize, serialize } from 'node:v8';
import type { Fact } from '../../src/core/signal/fact.ts';
import type { Memory, SourcePorts } from '../../src/core/signal/source.ts';
import { openGit } from '../../src/host/git/git.ts';
import { historyPorts } from '../../src/host/git/history-ports.ts';
import { git } from '../../src/plugins/sources/git/git.ts';

/** What a reading leaves to the next one. */
export interface Kept {
  readonly circumstances: string;
  readonly bytes: Buffer;
}

/** Facts told by all the readings that one memory went through, and how many of them were recalled. */
function remembering(kept?: Kept) {
  const facts: Fact[] = [];
  let [last, isResumed] = [kept, false];
  const memory: Memory = {
    isEmpty: kept === undefined,
    recall(circumstances) {
      if (kept?.circumstances !== circumstances) return undefined;
      return (part) => (deserialize(kept.bytes) as { parts: Readonly<Record<string, unknown>> }).parts[part];
    },
    resume() {
      isResumed = true;
      const before = deserialize((kept as Kept).bytes) as { facts: readonly Fact[] };
      facts.push(...before.facts);
    },
    keep: (circumstances, parts) => (last = { circumstances, bytes: serialize({ parts, facts }) }),
  };
  return { facts, memory, kept: () => last, isResumed: () => isResumed };
}

interface Wanted {
  readonly kept?: Kept | undefined;
  readonly revision?: string;
  readonly latest?: number;
  readonly pods?: readonly { readonly id: string; readonly paths: string[] }[];
  readonly lines?: boolean;
  /** Since when facts are wanted (milliseconds since 1970); absent: all of them. */
  readonly since?: number;
  /** Takes what git was asked. */
  readonly commands?: string[];
}

/** All that the source tells of a history, lines followed, in one reading or with one before it; without the working tree. */
export async function readHistory(dir: string, { kept, since, commands, ...asked }: Wanted = {}) {
  const from = remembering(kept);
  const options = git.options.parse({ repository: 'test', lines: true, ...asked });
  const real = historyPorts(openGit({ dir: `${dir}/.git`, trusted: false }));
  const ports: SourcePorts = {
    ...real,
    git(args, ...rest) {
      commands?.push(args.join(' '));
      return real.git(args, ...rest);
    },
  };
  const begin = since === undefined ? {} : { begin: () => since };
  const emit = (fact: Fact): void => void from.facts.push(fact);
  const coverage = await git.run({ ports, options, ...begin, emit, memory: from.memory });
  if (!coverage.ok) throw new Error(coverage.message);
  return { told: { facts: from.facts, coverage: coverage.value }, kept: from.kept(), isResumed: from.isResumed() };
}
