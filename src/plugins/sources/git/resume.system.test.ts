import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { created, meta, voted } from '../../../../test/gerrit.ts';
import { type Kept, readHistory as read } from '../../../../test/make/git-reading.ts';
import { knownSteps, someSteps, writeSteps } from '../../../../test/make/steps.ts';
import { testRoom } from '../../../../test/repository.ts';

const room = testRoom();
afterAll(room.remove);

// A double would mostly be next to nothing.
const share = fc.nat({ max: 99 }).map((percent) => percent / 100);

test('a history that was cut anywhere and goes on is told as if it had been read at once', async () => {
  let resumed = 0;
  const property = fc.asyncProperty(someSteps, share, share, async (steps, first, second) => {
    const repository = room.repository();
    const line = writeSteps(repository, steps);
    let kept: Kept | undefined;
    const cuts = [first, second].map((part) => Math.floor(part * line.length)).toSorted((a, b) => a - b);
    for (const cut of [...cuts.map((at) => line[at] ?? 'main'), 'main']) {
      const [next, whole] = [
        await read(repository.dir, { kept, revision: cut }),
        await read(repository.dir, { revision: cut }),
      ];
      expect(next.told).toEqual(whole.told);
      kept = next.kept;
      if (next.isResumed) resumed++;
    }
  });
  // Whether one of those that are drawn can go on is chance.
  await fc.assert(property, { numRuns: 5, examples: [[knownSteps, 0.9, 0.95]] });
  expect(resumed).toBeGreaterThan(0);
}, 600_000);

test('what no longer holds is read anew: another past, .mailmap, commits to ignore, pods, clock, or lines', async () => {
  const repository = room.repository();
  const { dir, git: run, commit } = repository;
  const line = writeSteps(repository, knownSteps);
  run('checkout', '--quiet', '--force', 'main');
  const { kept, told } = await read(dir);
  expect((await read(dir, { kept })).isResumed).toBe(true);

  const pods = [{ id: 'a', paths: ['src/**'] }];
  for (const asked of [{ pods }, { lines: false }, { latest: told.coverage.asOf - 500 * 86_400_000 }]) {
    const again = await read(dir, { kept, ...asked });
    expect([again.isResumed, again.told]).toEqual([false, (await read(dir, asked)).told]);
  }
  for (const [path, text] of [
    ['.git-blame-ignore-revs', line.join('\n')],
    ['.mailmap', 'Somebody Else <z@example.org> <a@example.org>\n'],
  ] as const) {
    commit('says otherwise', { [path]: text });
    const again = await read(dir, { kept });
    expect([again.isResumed, again.told]).toEqual([false, (await read(dir)).told]);
    run('reset', '--quiet', '--hard', line.at(-1) ?? '');
  }

  run('reset', '--quiet', '--hard', line[4] ?? '');
  for (let at = 0; at < line.length; at++) commit(`another ${at}`, { 'src/f1.ts': `${at}\n` });
  const forced = await read(dir, { kept });
  expect([forced.isResumed, forced.told]).toEqual([false, (await read(dir)).told]);

  run('reset', '--quiet', '--hard', line.at(-3) ?? '');
  commit('in place of the last two', { 'src/f1.ts': 'new\n' });
  const shorter = await read(dir, { kept });
  expect([shorter.isResumed, shorter.told]).toEqual([true, (await read(dir)).told]);
}, 600_000);

test('a formatter’s commit that is listed after what was kept leaves that as it is; listed as another, all is read anew', async () => {
  const repository = room.repository();
  const { dir, git: run, commit } = repository;
  const line = writeSteps(repository, knownSteps);
  run('checkout', '--quiet', '--force', 'main');
  const { kept } = await read(dir);
  const list = (id: string): string => commit('list it', { '.git-blame-ignore-revs': `${id}\n` });
  commit('format', { 'src/f1.ts': '  1\n  2\n' });
  list(run('rev-parse', 'HEAD'));
  const late = await read(dir, { kept });
  expect([late.isResumed, late.told]).toEqual([true, (await read(dir)).told]);
  list(line[3] ?? '');
  const early = await read(dir, { kept });
  expect([early.isResumed, early.told]).toEqual([false, (await read(dir)).told]);
}, 600_000);

test('rules of CODEOWNERS that say the same of what was there leave what was read as it is', async () => {
  const repository = room.repository();
  const { dir, git: run, commit } = repository;
  const first = 'src/f1.ts @org/one\nsrc/f2.ts @ada\n';
  const late = Array.from({ length: 20 }, (_, at) => `${at}\n`);
  commit('old', { 'src/f1.ts': '1\n', 'src/old.ts': '1\n', CODEOWNERS: first });
  run('rm', '--quiet', 'src/old.ts');
  for (const text of late) commit('change', { 'src/f1.ts': text });
  const whole = await read(dir);

  /** Whether one reading goes on from another after a commit; either way it tells what a first one would. */
  async function goesOn(from: typeof whole, owners: string, files: Record<string, string> = {}): Promise<boolean> {
    const start = run('rev-parse', 'HEAD');
    commit('rules', { ...files, CODEOWNERS: owners });
    const next = await read(dir, { kept: from.kept });
    expect(next.told).toEqual((await read(dir)).told);
    run('reset', '--quiet', '--hard', start);
    return next.isResumed;
  }

  expect(await goesOn(whole, `# Words\n${first}`)).toBe(true);
  expect(await goesOn(whole, `${first}src/new.ts @org/one\n`, { 'src/new.ts': '1\n' })).toBe(true);
  expect(await goesOn(whole, first.replace('@ada', '@bob'))).toBe(true);
  expect(await goesOn(whole, `${first}src/old.ts @ada\n`)).toBe(false);
  expect(await goesOn(whole, `${first}*.ts @ada\n`)).toBe(false);
  expect(await goesOn(whole, `${first}src/new.ts @org/two\n`, { 'src/new.ts': '1\n' })).toBe(false);
  expect(await goesOn(whole, '')).toBe(false);

  // What was read before the first reading still counts after a second.
  for (const text of late) commit('more', { 'src/f1.ts': text.repeat(2) });
  const more = await read(dir, { kept: whole.kept });
  expect(more.isResumed).toBe(true);
  expect(await goesOn(more, `${first}src/old.ts @ada\n`)).toBe(false);
  expect(await goesOn(more, `${first}src/new.ts @ada\n`, { 'src/new.ts': '1\n' })).toBe(true);
}, 600_000);

test('the working tree says nothing: names and attributes that are not committed change no fact', async () => {
  const { dir, commit, write: put } = room.repository();
  commit('first', { 'a.ts': '1\n2\n' });
  const before = await read(dir);
  put('.mailmap', 'Somebody Else <z@example.org> <ada@example.org>\n');
  put('.gitattributes', '*.ts -diff\n');
  expect((await read(dir)).told).toEqual(before.told);
});

test('who people are says the commit that is read, whatever is checked out', async () => {
  const { dir, git: run, commit } = room.repository();
  commit('first', { 'a.ts': '1\n2\n' });
  run('branch', 'other');
  const by = (name: string): void =>
    void run('commit', '--quiet', '--allow-empty', '--message', name, `--author=${name} <${name}@example.org>`);
  for (const name of ['bea', 'bee', ...Array<string>(20).fill('bea')]) by(name);
  commit('names', { '.mailmap': 'Bea <bea@example.org> <bee@example.org>\n' });
  const onMain = await read(dir, { revision: 'main' });
  run('checkout', '--quiet', 'other');
  commit('other names', { '.mailmap': 'Somebody Else <z@example.org> <bea@example.org>\n' });
  const { kept, told } = await read(dir, { revision: 'main' });
  expect(told).toEqual(onMain.told);
  expect(told.coverage.people.human).toBe(2);

  run('checkout', '--quiet', 'main');
  const again = await read(dir, { kept });
  expect([again.isResumed, again.told]).toEqual([true, onMain.told]);
  expect((await read(dir, { revision: run('rev-parse', 'main~') })).told.coverage.people.human).toBe(3);
});

test('replacements are not followed, so that what was read holds when one comes', async () => {
  const repository = room.repository();
  const line = writeSteps(repository, knownSteps);
  const before = await read(repository.dir);
  repository.git('replace', line[2] ?? '', line[3] ?? '');
  const after = await read(repository.dir, { kept: before.kept });
  expect([after.isResumed, after.told.facts]).toEqual([true, before.told.facts]);
  expect(after.told.coverage.notes).toContainEqual({ code: 'grafts' });
});

test('attributes of the clone alone, which git follows, are said, and nothing is kept with them', async () => {
  const repository = room.repository();
  writeSteps(repository, knownSteps);
  const before = await read(repository.dir);
  const attributes = join(repository.dir, '.git/info/attributes');
  writeFileSync(attributes, '# -diff\n*.ts text=auto merge=union\n');
  expect(await read(repository.dir, { kept: before.kept })).toMatchObject({ isResumed: true, told: before.told });

  writeFileSync(attributes, '* -diff\n');
  const after = await read(repository.dir, { kept: before.kept });
  expect([after.isResumed, after.kept]).toEqual([false, before.kept]);
  expect(after.told).toEqual((await read(repository.dir)).told);
  expect(after.told.facts).not.toEqual(before.told.facts);
  expect(after.told.coverage.notes).toContainEqual({ code: 'own-attributes' });
});

test('who comes late and turns two people into one has everything read anew', async () => {
  const { dir, git: run, write: put } = room.repository();
  const by = (author: string, at: number): void => {
    put('a.ts', `${at}\n`);
    run('add', '--all');
    run('commit', '--quiet', `--author=${author}`, '--message', `change ${at}`);
  };
  for (let at = 0; at < 20; at++)
    by(at % 2 === 0 ? 'Ada Lovelace <ada@example.com>' : 'Grace H <grace@example.com>', at);
  const { kept } = await read(dir);
  by('Somebody New <new@example.com>', 20);
  expect((await read(dir, { kept })).isResumed).toBe(true);
  by('Ada Lovelace <grace@example.com>', 21);
  const joined = await read(dir, { kept });
  expect([joined.isResumed, joined.told]).toEqual([false, (await read(dir)).told]);
});

test('commits that git takes for new, because clocks went back, are not told again', async () => {
  const { dir, git: run } = room.repository();
  const out: string[] = [];
  const add = (ref: string, mark: number, seconds: number, ...parents: readonly string[]): void => {
    const by = `ada <ada@example.org> ${seconds} +0000`;
    out.push(`commit refs/heads/${ref}\nmark :${mark}\ncommitter ${by}\ndata 3\nc${mark}`, ...parents);
    out.push(`M 100644 inline f${mark}.ts\ndata 2\n${mark % 10}\n`);
  };
  const begin = 1_700_000_000;
  for (let at = 1; at <= 80; at++)
    add('main', at, at <= 40 ? begin + at * 100 : 100_000 + at, ...(at === 1 ? [] : [`from :${at - 1}`]));
  add('side', 81, begin + 90_000, 'from :2');
  add('next', 82, begin + 90_100, 'from :80', 'merge :81');
  execFileSync('git', ['fast-import', '--quiet'], { cwd: dir, input: out.join('\n') });
  expect(Number(run('rev-list', '--count', 'main..next'))).toBeGreaterThan(2);

  const { kept } = await read(dir, { revision: 'main' });
  expect((await read(dir, { kept, revision: 'main' })).isResumed).toBe(true);
  const next = await read(dir, { kept, revision: 'next' });
  expect([next.isResumed, next.told]).toEqual([false, (await read(dir, { revision: 'next' })).told]);
});

test('what is put on record of new commits does not undo what was read, and of old ones it does', async () => {
  const repository = room.repository();
  const { dir, git: run, commit, write: put } = repository;
  const line = writeSteps(repository, knownSteps);
  run('checkout', '--quiet', '--force', 'main');
  const vote = (by: string, on = 'HEAD'): void => {
    run('notes', '--ref=review', 'add', '--message', `Code-Review+2: ${by}\n`, on);
  };
  const before = await read(dir);
  vote('Person Gson <g@example.org>', line[2]);
  const withVote = await read(dir, { kept: before.kept });
  expect([withVote.isResumed, withVote.told]).toEqual([false, (await read(dir)).told]);

  commit('later', { 'src/f1.ts': 'later\n' });
  const later = await read(dir, { kept: withVote.kept });
  expect([later.isResumed, later.told]).toEqual([true, (await read(dir)).told]);
  const since = later.told.facts.flatMap((fact) =>
    fact.kind === 'change' ? fact.reviews.filter(({ from }) => from === 'notes') : [],
  );
  expect(since).toMatchObject([{ voice: 'approves' }]);

  vote('Person Ison <i@example.org>');
  run('checkout', '--quiet', '-b', 'elsewhere');
  commit('elsewhere', { 'src/f2.ts': 'elsewhere\n' });
  vote('Person Json <j@example.org>');
  run('checkout', '--quiet', 'main');
  const fresh = await read(dir, { kept: withVote.kept });
  expect([fresh.isResumed, fresh.told]).toEqual([true, (await read(dir)).told]);
  expect(JSON.stringify(fresh.told)).not.toEqual(JSON.stringify(later.told));

  vote('Person Hson <h@example.org>', line[3]);
  const again = await read(dir, { kept: withVote.kept });
  expect([again.isResumed, again.told]).toEqual([false, (await read(dir)).told]);

  put('large', 'x'.repeat(1_100_000));
  run('notes', '--ref=review', 'add', '--file', `${dir}/large`, line[4] ?? '');
  const skipping = await read(dir);
  expect(skipping.told.coverage.notes).toContainEqual({ code: 'records-skipped', count: 1 });
  expect((await read(dir, { kept: skipping.kept })).isResumed).toBe(false);
  run('notes', '--ref=review', 'remove', line[4] ?? '');

  // Whom git-appraise means depends on who else wrote.
  run('notes', '--ref=devtools/reviews', 'add', '--message', '{"requester":"a"}', line[3] ?? '');
  const { kept } = await read(dir);
  expect((await read(dir, { kept })).isResumed).toBe(false);
});

test('who an account is may come later than what it said', async () => {
  const [from, to] = [room.repository(), room.repository()];
  for (let at = 0; at < 40; at++) from.commit(`${at}`, { 'a.ts': `${at}\n` });
  const early = from.git('rev-parse', 'HEAD~30');
  from.git('branch', 'early');
  const late = ['x', 'y', 'z'].map((name) => {
    from.git('commit', '--allow-empty', '--message', name, '--author', 'Bob Newman <bob@example.org>');
    return from.git('rev-parse', 'HEAD');
  });
  meta(from, 1, [
    [1, created(early)],
    [9, voted('Label: Code-Review=+2')],
  ]);
  late.forEach((commit, at) => meta(from, at + 2, [[9, created(commit)]]));
  // One that never comes, and one that is no commit.
  meta(from, 5, [[7, created('f'.repeat(40))]]);
  meta(from, 6, [[7, created(from.git('rev-parse', 'HEAD:a.ts'))]]);

  to.git('fetch', '--quiet', from.dir, 'early:other', '+refs/changes/*:refs/changes/*');
  to.git('symbolic-ref', 'HEAD', 'refs/heads/other');
  const before = await read(to.dir);
  const isAskedAgain = async (kept: Kept | undefined): Promise<boolean> => {
    const commands: string[] = [];
    expect(await read(to.dir, { kept, commands })).toMatchObject({ isResumed: true });
    expect(commands).not.toEqual([]);
    return commands.some((command) => command.includes('refs/changes/*/*/meta'));
  };
  expect(await isAskedAgain(before.kept)).toBe(false);
  to.git('fetch', '--quiet', '--update-head-ok', from.dir, 'main:other');
  const later = await read(to.dir, { kept: before.kept });
  expect([later.isResumed, later.told]).toEqual([false, (await read(to.dir)).told]);
  const again = await read(to.dir, { kept: later.kept });
  expect([again.isResumed, again.told]).toEqual([true, later.told]);
  expect(await isAskedAgain(later.kept)).toBe(false);
});
