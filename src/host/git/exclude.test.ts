import { mkdtempSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exclude, include } from './exclude.ts';

const room = mkdtempSync(join(tmpdir(), 'factum-exclude-'));
afterAll(() => rmSync(room, { recursive: true }));
const list = join(room, 'info', 'exclude');

test.each(['', '*.log\n', '# mine\n/.claude/settings.local.json\n'])(
  '%j: what was there stays, byte for byte',
  async (text) => {
    mkdirSync(join(room, 'info'), { recursive: true });
    writeFileSync(list, text);
    await exclude(room, '.claude/settings.local.json');
    await exclude(room, '.claude/settings.local.json');
    expect(readFileSync(list, 'utf8').match(/^\/\.claude\/settings\.local\.json$/gm)).toHaveLength(1);
    await include(room, '.claude/settings.local.json');
    expect(readFileSync(list, 'utf8')).toBe(text);
  },
);

test('a folder that is not there is made', async () => {
  rmSync(join(room, 'info'), { recursive: true });
  await include(room, 'a');
  await exclude(room, 'a');
  expect(readFileSync(list, 'utf8')).toContain('\n/a\n');
});
