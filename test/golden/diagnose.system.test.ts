import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Diagnosis } from '../../src/core/debt/diagnosis.ts';
import { week } from '../../src/core/signal/week.ts';
import { makeHistory } from '../make/history.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { testRoom } from '../repository.ts';
import { transcriptIn } from './transcript.ts';

let world: TestWorld;
const room = testRoom();
const dir = join(room.dir, 'sums');

beforeAll(async () => {
  world = await aWorld();
  makeHistory(dir);
});
afterAll(async () => {
  await world.remove();
  room.remove();
});

test('a repository without any set-up', async () => {
  const transcript = transcriptIn(world, dir);
  await transcript.run('diagnose');
  await transcript.matches('diagnose');
});

test('errors, and what to do next', async () => {
  const transcript = transcriptIn(world, dir, { [room.dir]: '<room>' });
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', join(room.dir, 'empty')]);
  mkdirSync(join(room.dir, 'plain'), { recursive: true });
  await transcript.run('diagnose ../empty');
  await transcript.run('diagnose ../plain');
  await transcript.run('diagnose ../nowhere');
  await transcript.run('diagnose --pod web');
  await transcript.run('diagnose --compare v9');
  await transcript.run('diagnose --until 2020-01-01');
  await transcript.run('diagnose --since 2100-01-01');
  await transcript.run('diagnose --since yesterday');
  await transcript.run('diagnose --out /nowhere/report.txt');
  await transcript.matches('diagnose-errors');
});

test('twice the same bytes; a bare repository and the working tree say the same; JSON keeps its schema', async () => {
  const first = await world.factum(dir, ['diagnose', '--json']);
  expect(first).toMatchObject({ exit: 0 });
  expect(Diagnosis.parse(JSON.parse(first.out))).toEqual(JSON.parse(first.out));
  expect((await world.factum(dir, ['diagnose', '--format', 'json'])).out).toBe(first.out);
  const bare = join(room.dir, 'bare', 'sums.git');
  execFileSync('git', ['clone', '--quiet', '--bare', dir, bare]);
  expect((await world.factum(bare, ['diagnose', '--json'])).out).toBe(first.out);
});

test('a bare repository has the pods and the mistakes of the factum.yaml that is committed', async () => {
  const { dir: own, commit } = room.repository('podded');
  const paths = { 'factum.yaml': 'version: 1\npods:\n  - id: core\n    paths: ["src/**"]\n', 'src/a': '1\n' };
  commit('one', paths);
  const bare = `${own}.git`;
  execFileSync('git', ['clone', '--quiet', '--bare', own, bare]);
  const told = await world.factum(own, ['diagnose', '--json', '--pod', 'core']);
  expect(told).toMatchObject({ exit: 0 });
  expect((await world.factum(bare, ['diagnose', '--json', '--pod', 'core'])).out).toBe(told.out);
  commit('two', { 'factum.yaml': 'version: 7\n' });
  execFileSync('git', ['push', '--quiet', bare, 'main'], { cwd: own });
  for (const where of [own, bare])
    expect(await world.factum(where, ['diagnose'])).toMatchObject({ exit: 2, err: expect.stringMatching(/^CONFIG_/) });
});

test('the report goes to a file, without colours', async () => {
  const out = join(room.dir, 'report.txt');
  const ran = await world.factum(dir, ['diagnose', '--out', out]);
  expect(ran).toMatchObject({ exit: 0, out: '' });
  expect(`${readFileSync(out, 'utf8')}`).toBe((await world.factum(dir, ['diagnose'])).out);
});

test.each(['html', 'md', 'json'])(
  'a file that ends with .%s has that format, unless another is said',
  async (ending) => {
    const written = async (name: string, ...said: readonly string[]): Promise<string> => {
      await world.factum(dir, ['diagnose', '--out', join(room.dir, name), ...said]);
      return readFileSync(join(room.dir, name), 'utf8');
    };
    const asked = await world.factum(dir, ['diagnose', '--format', ending === 'md' ? 'markdown' : ending]);
    expect(await written(`report.${ending}`)).toBe(asked.out);
    expect(await written(`other.${ending}`, '--format', 'terminal')).not.toBe(asked.out);
  },
);

test('an ending that names no format is refused before anything is read, and so are two formats', async () => {
  const out = join(room.dir, 'report.pdf');
  const refused = await world.factum(dir, ['diagnose', '--out', out]);
  expect(refused).toMatchObject({ exit: 2, err: expect.stringContaining('expected a file in .html, .htm,') });
  expect(existsSync(out)).toBe(false);
  expect(await world.factum(dir, ['diagnose', '--out', out, '--format', 'html'])).toMatchObject({ exit: 0 });
  expect(await world.factum(dir, ['diagnose', '--json', '--format', 'html'])).toMatchObject({ exit: 2 });
});

test('nothing is read from a broken factum.yaml of a folder around; one that is read is checked', async () => {
  const other = join(room.dir, 'other');
  makeHistory(other, 30);
  writeFileSync(join(other, 'factum.yaml'), 'version: 1\npods: [{ id: main }]\ndiagnose: { people: 0 }\n');
  expect(await world.factum(other, ['diagnose', dir])).toMatchObject({ exit: 0 });
  expect((await world.factum(other, ['diagnose'])).err).toContain('CONFIG_INVALID');
});

test('what needs no repository works in a bare one, and beside a broken factum.yaml', async () => {
  const bare = join(room.dir, 'words.git');
  execFileSync('git', ['init', '--quiet', '--bare', bare]);
  const broken = join(room.dir, 'broken');
  mkdirSync(broken);
  writeFileSync(join(broken, 'factum.yaml'), 'version: 7\n');
  for (const where of [bare, broken, room.dir])
    for (const argv of [
      ['signals', 'rework'],
      ['explain', 'claim'],
      ['witness', 'serve', '--dir', 'w', '--log', 'x'],
    ])
      expect((await world.factum(where, argv)).err).not.toMatch(/^(?:BARE_REPOSITORY|CONFIG_INVALID)/);
});

test('nothing is read before every folder, revision and file that was named could be used', async () => {
  const older = join(room.dir, 'older');
  makeHistory(older, 30);
  execFileSync('git', ['tag', 'v1'], { cwd: dir });
  const [plain, file] = [join(room.dir, 'plain'), join(room.dir, 'file')];
  mkdirSync(plain, { recursive: true });
  writeFileSync(file, '');
  for (const [code, ...argv] of [
    ['NO_FOLDER', dir, '/no/such/path'],
    ['NO_REPOSITORY', dir, plain],
    ['NO_FOLDER', 'file:///no/such/address', '/no/such/path'],
    ['REF_NOT_FOUND', dir, older, '--compare', 'v1'],
    ['NO_HISTORY', dir, older, '--until', '2020-01-01'],
    ['REPORT_FILE', '--out', plain, '--format', 'html'],
    ['REPORT_FILE', '--out', join(plain, 'none', 'report.html')],
    ['REPORT_FILE', '--out', join(file, 'report.html')],
  ] as const) {
    const { exit, err } = await world.factum(dir, ['diagnose', ...argv]);
    expect([exit, err]).toEqual([2, expect.stringMatching(new RegExp(`^${code}`))]);
    expect(err).not.toContain('reading ');
  }
});

test('one that is quiet since the day that is named is a row beside others, and refused alone', async () => {
  const told = ['--since', '2100-01-01', '--json'];
  const both = await world.factum(dir, ['diagnose', dir, dir, ...told]);
  expect(both.exit).toBe(0);
  expect(Diagnosis.parse(JSON.parse(both.out)).repositories).toHaveLength(2);
  expect((await world.factum(dir, ['diagnose', ...told])).out).toContain('NO_HISTORY');
});

test('before and after a commit, pods, and repositories side by side', async () => {
  writeFileSync(
    join(dir, 'factum.yaml'),
    "version: 1\npods:\n  - { id: parts, paths: ['src/part1*'] }\n  - { id: rest, paths: ['src/part[2-9].js', README.md] }\n",
  );
  const ran = await world.factum(dir, [
    'diagnose',
    '--json',
    '--compare',
    'HEAD~30',
    '--pod',
    'parts',
    '.',
    '../bare/sums.git',
  ]);
  expect(ran).toMatchObject({
    exit: 2,
    out: expect.stringContaining('POD_NOT_FOUND'),
    err: expect.not.stringContaining('reading'),
  });
  const told = await world.factum(dir, ['diagnose', '--json', '--compare', 'HEAD~30', '--pod', 'parts']);
  const { repositories } = Diagnosis.parse(JSON.parse(told.out));
  const [own] = repositories;
  expect(own?.scopes.map(({ kind, id }) => [kind, id])).toEqual([
    ['repository', 'sums'],
    ['pod', 'parts'],
  ]);
  expect(Date.parse(own?.windows.now.from ?? '') - Date.parse(own?.windows.before.to ?? '')).toBe(week);
  expect(own?.compared?.ref).toBe('HEAD~30');
  const both = await world.factum(dir, ['diagnose', '--json', '.', '../bare/sums.git']);
  const { funnels } = Diagnosis.parse(JSON.parse(both.out));
  expect(funnels.length).toBeGreaterThan(2);
  for (const { points } of funnels) expect(points.map(({ repository }) => repository)).toEqual(['sums', 'sums']);
});
