import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { publisherOf, rootAt } from '../../../test/make/log-writer.ts';
import { hashesPerTile, hashTilePath, tileIn } from '../../core/ledger/tile.ts';
import { filesJournal } from '../journal/files/files-journal.ts';
import { filesPlace } from './files-place.ts';

/** 1,000 by hand: FACTUM_KILLS=1000. */
const kills = Number(process.env['FACTUM_KILLS'] ?? 200);
const writersAtOnce = 4;
const script = join(import.meta.dirname, '../../../test/make/log-writer.process.ts');

/** Lines that it printed before it was killed in the middle of its work. */
async function killed(parent: string, number: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, join(parent, 'factum'), join(parent, 'keys'), String(number)], {
    env: { ...process.env, NODE_COMPILE_CACHE: join(parent, 'cache') },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise((resolve) => child.once('close', resolve));
  while (!out.includes('head ') && child.exitCode === null) await sleep(2);
  await sleep(Math.random() * 30);
  child.kill('SIGKILL');
  await ended;
  expect(err, 'refused').toBe('');
  return out.split('\n').slice(0, -1);
}

test(
  `${kills} processes that append and publish, killed with -9: nothing acknowledged is lost, nothing is refused`,
  async () => {
    const parent = mkdtempSync(join(tmpdir(), 'factum-killed-'));
    onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
    const dir = join(parent, 'factum');
    const numbers = Array.from({ length: kills }, (_, number) => number).values();
    const lines: string[] = [];
    async function oneAfterTheOther(): Promise<void> {
      for (const number of numbers) lines.push(...(await killed(parent, number)));
    }
    await Promise.all(Array.from({ length: writersAtOnce }, oneAfterTheOther));

    const journal = filesJournal({ dir, sha256: (bytes) => hash('sha256', bytes) });
    onTestFinished(() => journal.close());
    const place = filesPlace({ dir, exclusively: journal.exclusively });
    const content = (await journal.read(0, await journal.size())).map((entry) => new TextDecoder().decode(entry));
    const [heads, entries] = [true, false].map((isHead) => lines.filter((line) => line.startsWith('head ') === isHead));
    expect(heads?.length).toBeGreaterThanOrEqual(kills);
    for (const line of entries ?? []) {
      const [index, entry] = line.split(' ');
      expect(content[Number(index)], line).toBe(entry);
    }
    expect(new Set(content).size).toBe(content.length);
    const roots = new Map((heads ?? []).map((line) => [Number(line.split(' ')[1]), line.split(' ')[2]] as const));
    for (const [size, root] of roots) expect(await rootAt({ journal, place }, size), `head of ${size}`).toBe(root);
    const head = await place.head();
    expect(head?.size).toBeGreaterThanOrEqual(Math.max(...roots.keys()));
    expect(await rootAt({ journal, place }, head?.size ?? 0)).toBe(head?.root);

    const shown = join(dir, 'public');
    const last = hashTilePath(tileIn(head?.size ?? 0, 0, Math.floor(((head?.size ?? 0) - 1) / hashesPerTile)));
    writeFileSync(join(shown, `${last}.old.tmp`), 'half a tile');
    for (const name of temporariesIn(shown)) utimesSync(join(shown, name), twoHoursAgo, twoHoursAgo);
    writeFileSync(join(shown, `${last}.young.tmp`), 'somebody writes it');
    await publisherOf({ journal, place }, join(parent, 'keys')).publish({ whole: true });
    expect(temporariesIn(shown)).toEqual([`${last}.young.tmp`]);
    // Narrow tiles of sizes that were never signed, and of those that are full by now.
    const narrow = namesIn(shown).filter((name) => name.includes('.p/'));
    expect(narrow.filter((name) => existsSync(join(shown, name.slice(0, name.indexOf('.p/')))))).toEqual([]);
  },
  kills * 6_000,
);

const twoHoursAgo = Date.now() / 1000 - 7_200;

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

function temporariesIn(folder: string): readonly string[] {
  return namesIn(folder).filter((name) => name.endsWith('.tmp'));
}
