import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Lead, Leads } from '../core/telemetry/lead.ts';
import { leadsIn } from './leads.ts';

async function place(): Promise<{ readonly path: string; at(now: string): Leads }> {
  const room = await mkdtemp(join(tmpdir(), 'factum-leads-'));
  onTestFinished(() => rm(room, { recursive: true, force: true }));
  const path = join(room, 'factum', 'leads.sqlite');
  const makeFolder = async (): Promise<void> => void (await mkdir(join(room, 'factum'), { recursive: true }));
  return { path, at: (now) => leadsIn({ path, makeFolder, now: () => now }) };
}

function lead(minute: number, fields: Partial<Lead> = {}): Lead {
  const occurredAt = new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString();
  return { id: `t${minute}`, agent: 'claude-code', session: 's1', tool: 'Bash', occurredAt, ...fields };
}

const [today, later] = ['2026-01-02T00:00:00.000Z', '2026-06-01T00:00:00.000Z'];
const ofS1 = { agent: 'claude-code', id: 's1', until: '2026-01-01T00:02:00.000Z' };

test('nothing is made by looking', async () => {
  const { path, at } = await place();
  expect(await at(today).newest(10)).toEqual([]);
  await expect(stat(path)).rejects.toThrow('ENOENT');
});

test('what is told again stays as it was first told; only this user reads it', async () => {
  const { path, at } = await place();
  expect(await at(today).keep([lead(1), lead(2), lead(1)])).toBe(2);
  expect(await at(today).keep([lead(1, { succeeded: true }), lead(3)])).toBe(1);
  expect(await at(today).newest(10)).toEqual([lead(3), lead(2), lead(1)]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('of one session of one agent, up to a time', async () => {
  const { at } = await place();
  await at(today).keep([lead(1), lead(2), lead(3), lead(1, { session: 's2' }), lead(2, { agent: 'codex' })]);
  expect(await at(today).newest(10, ofS1)).toEqual([lead(2), lead(1)]);
  expect(await at(today).newest(1, ofS1)).toEqual([lead(2)]);
});

test('several processes keep at once', async () => {
  const { at } = await place();
  const all = Array.from({ length: 40 }, (_, minute) => lead(minute));
  await Promise.all(all.map((each) => at(today).keep([each, lead(99)])));
  expect(await at(today).newest(100)).toHaveLength(41);
});

test('after 90 days they are forgotten', async () => {
  const { at } = await place();
  await at(today).keep([lead(1)]);
  await at(later).keep([lead(2)]);
  expect(await at(later).newest(10)).toEqual([lead(2)]);
});

test('a damaged file is named and left as it is', async () => {
  const { path, at } = await place();
  await at(today).keep([lead(1)]);
  await writeFile(path, 'this is no database');
  await expect(at(today).newest(10)).rejects.toMatchObject({ code: 'LEADS', message: expect.stringContaining(path) });
  await expect(at(today).keep([lead(2)])).rejects.toMatchObject({ code: 'LEADS' });
  expect(await readFile(path, 'utf8')).toBe('this is no database');
});
