import { existsSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import type { Memory, SourcePorts } from '../../../core/signal/source.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { type TestRepository, testRoom } from '../../../../test/repository.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

interface Circumstances {
  /** Done once all commits were told of for the first time, and before it is told which one is checked out. */
  readonly meanwhile?: () => void;
  readonly memory?: Memory;
  readonly revision?: string;
  /** Git does not tell what is asked for under this name. */
  readonly failing?: string;
}

async function read({ dir }: TestRepository, { meanwhile, memory, revision = 'HEAD', failing }: Circumstances = {}) {
  const real = historyPorts(openGit({ dir, trusted: false }));
  const told = Promise.withResolvers<unknown>();
  const ranges: (string | undefined)[] = [];
  const ports: SourcePorts = {
    ...real,
    gitStream(args, input) {
      const stream = real.gitStream(args, input);
      const isRoll = args.includes('--topo-order');
      if (isRoll) ranges.push(args.at(-2));
      if (isRoll) void stream.ended.then(told.resolve);
      if (isRoll && args.at(-2) === failing) return real.gitStream(['log', '--no-such-option']);
      if (args[0] !== 'cat-file' || meanwhile === undefined) return stream;
      return { ...stream, chunks: after(told.promise.then(meanwhile), stream.chunks) };
    },
  };
  const subjects: string[] = [];
  const emit = (fact: { kind: string }): void =>
    void (fact.kind === 'change' && subjects.push((fact as unknown as { subject: string }).subject));
  const options = git.options.parse({ repository: 'test', revision });
  const coverage = await git.run({ ports, options, emit, ...(memory !== undefined && { memory }) });
  if (!coverage.ok) throw new Error(coverage.message);
  return { ranges, subjects, coverage: coverage.value };
}

async function* after(first: Promise<unknown>, chunks: AsyncIterable<string>): AsyncGenerator<string> {
  await first;
  yield* chunks;
}

test('all commits are asked for before it is known which one is checked out, and again where it is another by then', async () => {
  const repository = room.repository();
  const one = repository.commit('one');
  expect(await read(repository)).toMatchObject({ ranges: ['HEAD'], subjects: ['one'], coverage: { head: one } });

  const { ranges, subjects, coverage } = await read(repository, { meanwhile: () => void repository.commit('two') });
  const two = repository.git('rev-parse', 'HEAD');
  expect({ ranges, subjects }).toEqual({ ranges: ['HEAD', two], subjects: ['one', 'two'] });
  expect(coverage).toMatchObject({ head: two, commits: 2, changes: 2 });
});

test('a commit that is asked for by its name is known, and what git did not tell of HEAD is asked for by name', async () => {
  const repository = room.repository();
  const one = repository.commit('one');
  repository.commit('two');
  expect(await read(repository, { revision: one })).toMatchObject({ ranges: [one], subjects: ['one'] });
  const two = repository.git('rev-parse', 'HEAD');
  const again = await read(repository, { failing: 'HEAD' });
  expect(again).toMatchObject({ ranges: ['HEAD', two], subjects: ['one', 'two'] });
});

test('a name that git would take for an option is asked for nowhere', async () => {
  const repository = room.repository();
  repository.commit('one');
  const file = `${repository.dir}/written`;
  await expect(read(repository, { revision: `--output=${file}` })).rejects.toThrow('there is no commit');
  expect(existsSync(file)).toBe(false);
});

test('where something was kept, no commit is asked for that it may tell of', async () => {
  const repository = room.repository();
  const one = repository.commit('one');
  const memory: Memory = { isEmpty: false, recall: () => undefined, resume() {}, keep() {} };
  expect((await read(repository, { memory })).ranges).toEqual([one]);
  expect((await read(repository, { memory: { ...memory, isEmpty: true } })).ranges).toEqual(['HEAD']);
});
