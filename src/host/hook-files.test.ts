import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
  lstatSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { commandsIn, withHook, withoutHook } from '../core/agent/hook-file.ts';
import { type HookPlace, isGated } from '../core/agent/agent.ts';
import { agents } from '../plugins/agents/index.ts';
import { hookFilesIn } from './hook-files.ts';

const dir = mkdtempSync(join(tmpdir(), 'factum-hooks-'));
afterAll(() => rmSync(dir, { recursive: true }));

const hooks = hookFilesIn({ dir, folder: join(dir, 'configuration'), env: process.env });
const hooked = agents.flatMap((each) => (isGated(each) && each.hook ? [{ id: each.id, hook: each.hook }] : []));
const place: HookPlace = { ...hooked[0]!.hook, project: 'settings.json' };
const path = join(dir, place.project);
const ours = { agent: 'claude-code', command: "/opt/node '/opt/a folder/main.cjs' gate claude-code" };

async function install(): Promise<string> {
  const file = await hooks.read(place, 'project');
  await hooks.add(file, withHook(file, place, ours));
  return readFileSync(path, 'utf8');
}

async function uninstall(): Promise<void> {
  const file = await hooks.read(place, 'project');
  await hooks.restore(file, withoutHook(file, place, ours.agent));
}

const other = { hooks: [{ type: 'command', command: './lint.sh' }] };
const settings = fc
  .tuple(
    fc.dictionary(fc.string(), fc.jsonValue()),
    fc.constantFrom({}, { hooks: {} }, { hooks: { Stop: [] } }, { hooks: { Stop: [other], PreToolUse: [other] } }),
    fc.constantFrom(undefined, 2, 4, '\t'),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([own, known, indent, end, closed]) => {
    const text = JSON.stringify({ ...own, ...known }, null, indent).replaceAll('\n', end);
    return closed ? `${text}${end}` : text;
  });

test('installed once or twice and taken away, every byte is what it was; between, everything else is there', async () => {
  await fc.assert(
    fc.asyncProperty(fc.option(settings, { nil: undefined }), fc.boolean(), async (text, isTwice) => {
      if (text === undefined) rmSync(path, { force: true });
      else writeFileSync(path, text);
      const installed = await install();
      if (isTwice) await install();
      expect(commandsIn({ path, text: installed }, place, ours.agent)).toEqual([ours.command]);
      const { hooks: mine, ...rest } = JSON.parse(installed);
      const { hooks: theirs, ...before } = JSON.parse(text ?? '{}');
      expect(rest).toEqual(before);
      expect(mine.Stop.slice(0, -1)).toEqual(theirs?.Stop ?? []);
      expect(mine.PreToolUse).toEqual(theirs?.PreToolUse);
      await uninstall();
      expect(existsSync(path) ? readFileSync(path, 'utf8') : undefined).toBe(text);
    }),
  );
});

test('what somebody wrote since stays', async () => {
  writeFileSync(path, '{\n  "hooks": {\n    "Stop": []\n  }\n}\n');
  const installed = await install();
  writeFileSync(path, installed.replace('{\n', '{\n  "model": "opus",\n'));
  await uninstall();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ model: 'opus', hooks: { Stop: [] } });
});

test('comments and a link stay, and so do permissions', async () => {
  const real = join(dir, 'real.json');
  writeFileSync(real, '{\n  // mine\n  "a": 1\n}\n');
  chmodSync(real, 0o600);
  rmSync(path, { force: true });
  symlinkSync(real, path);
  expect(await install()).toContain('// mine');
  expect([lstatSync(path).isSymbolicLink(), statSync(real).mode & 0o777]).toEqual([true, 0o600]);
  rmSync(path);
});

test.each([
  ['{ "hooks": ', /expected JSON, got/],
  ['[]', /expected object, got a list/],
  ['{ "hooks": [] }', /expected object at hooks, got a list/],
  ['{ "hooks": { "Stop": {} } }', /expected list at hooks\.Stop, got object/],
])('%s is left as it is', async (text, message) => {
  writeFileSync(path, text);
  await expect(install()).rejects.toMatchObject({ code: 'HOOK_FILE', message: expect.stringMatching(message) });
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test.each(hooked)('$id: its entry is found again where it was put', ({ id, hook }) => {
  const text = withHook({ path: 'new', text: undefined }, hook, { agent: id, command: `factum gate ${id}` });
  if ('at' in hook) expect(JSON.parse(text)).toMatchObject(hook.base ?? {});
  expect(commandsIn({ path: 'new', text }, hook, id)).toEqual([`factum gate ${id}`]);
});

describe('a file of Factum alone', () => {
  const { hook: own } = hooked.find(({ hook }) => 'file' in hook)!;
  const theirs = { path: 'factum.js', text: 'export const mine = 1;\n' };

  test('is not written over one of somebody else', () => {
    expect(() => withHook(theirs, own, ours)).toThrow(/expected a file that Factum wrote/);
    expect(withoutHook(theirs, own, 'opencode')).toBe(theirs.text);
    expect(commandsIn(theirs, own, 'opencode')).toEqual([]);
  });

  test('goes with the gate, also when somebody wrote in it since', async () => {
    const placed: HookPlace = { ...own, project: 'plugins/factum.js' };
    const at = join(dir, placed.project);
    const file = await hooks.read(placed, 'project');
    await hooks.add(file, withHook(file, placed, { agent: 'opencode', command: 'factum gate opencode' }));
    writeFileSync(at, `${readFileSync(at, 'utf8')}// more\n`);
    const now = await hooks.read(placed, 'project');
    await hooks.restore(now, withoutHook(now, placed, 'opencode'));
    expect(existsSync(at)).toBe(false);
  });
});
