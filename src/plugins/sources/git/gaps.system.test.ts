import { afterAll, expect, test } from 'vitest';
import { readHistory as read } from '../../../../test/make/git-reading.ts';
import { type TestRepository, testRoom } from '../../../../test/repository.ts';

// Objects are missing of changes that are too old for anybody to want their sizes.

const room = testRoom();
afterAll(room.remove);

const since = Date.UTC(2026, 0);
const text = Array.from({ length: 30 }, (_, at) => `line ${at}\n`).join('');

/** Thirty changes of 2026, so that a reading keeps what came before. */
function work(repository: TestRepository): void {
  for (let at = 0; at < 30; at++) {
    repository.at(`2026-03-${String(at + 1).padStart(2, '0')}T00:00:00Z`);
    repository.commit(`work ${at}`, { 'work.ts': `${at}\n` });
  }
}

const codes = ({ told }: Pick<Awaited<ReturnType<typeof read>>, 'told'>) => told.coverage.notes.map(({ code }) => code);

test('a version of a decision that is not there is said, and what figures look back to is not', async () => {
  const repository = room.repository();
  repository.at('2015-01-01T00:00:00Z');
  repository.commit('propose', { 'docs/adr/0001-x.md': '# X\n\nStatus: proposed\n', 'old.ts': text });
  repository.commit('drop', { 'docs/adr/0001-x.md': '# X\n\nStatus: accepted\n', 'old.ts': '' });
  work(repository);
  repository.lose('HEAD~31:old.ts');
  expect(codes(await read(repository.dir, { since }))).toEqual([]);
  repository.lose('HEAD~31:docs/adr/0001-x.md');
  expect(codes(await read(repository.dir, { since }))).toEqual(['decisions-not-read']);
});

test('what lacks renames of old decisions says so, also when it goes on, and is read anew once they are there', async () => {
  const repository = room.repository();
  repository.at('2015-01-01T00:00:00Z');
  repository.commit('propose', { 'docs/adr/0001-x.md': `# X\n\nStatus: proposed\n${text}`, 'old.ts': text });
  repository.git('checkout', '-q', '-b', 'side');
  repository.commit('more', { 'new.ts': `${text}more\n` });
  const lost = repository.git('rev-parse', 'HEAD:old.ts');
  repository.git('rm', '-q', 'old.ts');
  repository.commit('drop');
  repository.git('mv', 'docs/adr/0001-x.md', 'docs/adr/0002-y.md');
  repository.commit('move', { 'docs/adr/0002-y.md': `# Y\n\nStatus: proposed\n${text}` });
  repository.git('checkout', '-q', 'main');
  repository.git('merge', '-q', '--no-ff', '-m', 'merge', 'side');
  work(repository);
  const whole = await read(repository.dir, { since });
  expect([codes(whole), whole.kept === undefined]).toEqual([[], false]);
  const refill = repository.lose(lost);
  const { kept, ...gap } = await read(repository.dir, { since });
  const next = await read(repository.dir, { since, kept });
  expect([codes(gap), codes(next), next.isResumed]).toEqual([['decisions-not-read'], ['decisions-not-read'], true]);
  refill();
  const filled = await read(repository.dir, { since, kept });
  expect([codes(filled), filled.isResumed]).toEqual([[], false]);
});

test('a reading with gaps goes on with them, and begins anew once one is filled', async () => {
  const repository = room.repository();
  repository.at('2026-01-01T00:00:00Z');
  repository.commit('add', { 'lost.ts': text, 'docs/adr/0001-x.md': '# X\n\nStatus: proposed\n' });
  repository.git('rm', '-q', 'lost.ts');
  repository.commit('gone');
  work(repository);
  const refill = repository.lose('HEAD~31:lost.ts');
  const { kept } = await read(repository.dir, { since });
  repository.commit('later', { 'work.ts': 'later\n' });
  const [next, first] = [await read(repository.dir, { kept, since }), await read(repository.dir, { since })];
  expect([next.isResumed, codes(next)]).toEqual([true, ['missing-objects', 'lines-not-read', 'decisions-not-read']]);
  expect(next.told).toEqual(first.told);
  refill();
  const filled = await read(repository.dir, { kept, since });
  expect([filled.isResumed, codes(filled)]).toEqual([false, []]);
});

test('a reading that goes on tells of the same gaps as a first one', async () => {
  const repository = room.repository();
  repository.at('2014-01-01T00:00:00Z');
  for (let at = 0; at < 30; at++) repository.commit(`old ${at}`, { 'old.ts': `${at}\n` });
  const { kept } = await read(repository.dir, { since: Date.UTC(2012, 0) });
  repository.at('2015-01-01T00:00:00Z');
  repository.commit('add', { 'lost.ts': text });
  repository.git('rm', '-q', 'lost.ts');
  repository.commit('gone');
  work(repository);
  repository.lose('HEAD~31:lost.ts');
  const [next, first] = [await read(repository.dir, { kept, since }), await read(repository.dir, { since })];
  expect([next.isResumed, codes(next), codes(first)]).toEqual([true, [], []]);
});

test('gaps of old changes cost new ones nothing', async () => {
  const repository = room.repository();
  repository.at('2015-01-01T00:00:00Z');
  repository.commit('begin', { 'f0.ts': `${text}0\n` });
  const lost: string[] = [];
  // Each gap after the thirty-second doubles the stretch that is read with less.
  for (let at = 1; at <= 42; at++) {
    lost.push(repository.git('rev-parse', `HEAD:f${at - 1}.ts`));
    repository.git('rm', '-q', `f${at - 1}.ts`);
    repository.commit(`move ${at}`, { [`f${at}.ts`]: `${text}${at}\n` });
  }
  work(repository);
  for (const object of lost) repository.lose(object);
  const unsized = async (): Promise<readonly string[]> => {
    const { told } = await read(repository.dir, { since });
    const changes = told.facts.filter((fact) => fact.kind === 'change' && fact.mergedAt >= since);
    expect(changes).toHaveLength(30);
    return changes.flatMap((fact) => (fact.kind === 'change' && fact.size === undefined ? [fact.subject] : []));
  };
  expect(await unsized()).toEqual([]);
  repository.lose('HEAD~20:work.ts');
  // Of the change before, git may not have said everything when it stopped.
  const own = ['work 8', 'work 9', 'work 10'];
  expect((await unsized()).filter((subject) => !own.includes(subject))).toEqual([]);
});

test('where what was kept does not hold, old changes are read for their files alone', async () => {
  const repository = room.repository();
  const by = (author: string): string =>
    repository.git('commit', '-q', '--allow-empty', `--author=${author}`, '-m', `by ${author}`);
  repository.at('2015-01-01T00:00:00Z');
  by('Grace Hopper <grace@example.org>');
  by('Amazing <amazing@example.org>');
  work(repository);
  const { kept } = await read(repository.dir, { since });
  by('Grace Hopper <amazing@example.org>');
  const { told, isResumed } = await read(repository.dir, { since, kept });
  const sized = told.facts.flatMap((fact) => (fact.kind === 'change' ? [fact.size !== undefined] : []));
  expect([isResumed, sized]).toEqual([false, Array.from({ length: 33 }, (_, at) => at > 1)]);
});
