import { hash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Finding } from '../../src/core/ledger/check/finding.ts';
import { LogIdentity, type Published } from '../../src/core/ledger/head.ts';
import { noteSignerOf, verifierOf } from '../../src/core/ledger/log-key.ts';
import { parseVkey } from '../../src/core/ledger/vkey.ts';
import { logKeys } from '../../src/host/log-keys.ts';
import { filesJournal } from '../../src/store/journal/files/files-journal.ts';
import { witnessProcess } from '../e2e/witness-process.ts';
import { type LedgerFiles, logFiles } from '../make/ledger-files.ts';
import type { NoteKey } from '../make/note-keys.ts';
import { sha256 } from '../make/trees.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';
import { testRoom } from '../repository.ts';
import { honest, policyOf, type Scene, type Tampered, tamperings } from './tamperings.ts';

// The same tamperings with a log that the commands published and a witness cosigned; `factum ledger check` must find them.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const room = testRoom();
const cleanUps: (() => Promise<unknown>)[] = [];
let world: TestWorld;
let scene: Scene;

interface Repository {
  readonly own: string;
  factum(...argv: readonly string[]): ReturnType<TestWorld['factum']>;
  record(entries: readonly Uint8Array[]): Promise<void>;
  publish(): Promise<Published>;
}

function aRepository(): Repository {
  const { dir, write } = room.repository();
  write('factum.yaml', 'version: 1\npods:\n  - id: core\n');
  const own = join(dir, '.git/factum');
  const factum: Repository['factum'] = (...argv) => world.factum(dir, [...argv, '--json']);
  return {
    own,
    factum,
    async record(entries) {
      const journal = filesJournal({ dir: own, sha256: (bytes) => hash('sha256', bytes) });
      await journal.append(entries);
      await journal.close();
    },
    async publish() {
      const { exit, out } = await factum('ledger', 'publish');
      expect(exit, out).toBe(0);
      return JSON.parse(out);
    },
  };
}

function filesIn(folder: string): LedgerFiles {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((each) => each.isFile());
  const paths = names.map(({ parentPath, name }) => join(parentPath, name));
  return new Map(paths.map((path) => [path.slice(folder.length + 1), new Uint8Array(readFileSync(path))]));
}

/** What counts of Factum's own folder. */
function storeIn(own: string): LedgerFiles {
  return new Map([...filesIn(own)].filter(([path]) => /^(?:journal\/|public\/|head$)/.test(path)));
}

function identityOf({ own }: Repository): LogIdentity {
  return LogIdentity.parse(JSON.parse(readFileSync(join(own, 'log.json'), 'utf8')));
}

async function logKeyOf(repository: Repository): Promise<NoteKey> {
  const { id, origin } = identityOf(repository);
  const key = await logKeys(join(world.home, '.config/factum')).of(id);
  if (key === undefined) throw new Error('the log has no key');
  return { key: verifierOf(origin, key, sha256), signer: noteSignerOf(origin, key, sha256) };
}

/** The same log with another history, published by the command, which refuses what nobody could have recorded. */
async function publishedBy(first: Repository, log: NoteKey, entries: readonly Uint8Array[]): Promise<Tampered> {
  // No journal takes an empty entry, or one twice; whoever has the key can sign it all the same.
  const contents = new Set(entries.map((entry) => Buffer.from(entry).toString('base64')));
  if (contents.has('') || contents.size < entries.length) return { files: await logFiles(entries, log) };
  const other = aRepository();
  const [known, added] = [entries.slice(0, 300), entries.slice(300)];
  await other.record(known);
  cpSync(join(first.own, 'log.json'), join(other.own, 'log.json'));
  const { exit, out } = await other.factum('ledger', 'publish');
  if (exit !== 0) expect(out).toContain('JOURNAL_CORRUPT');
  await other.record(added);
  const later = await other.factum('ledger', 'publish');
  if (later.exit !== 0) expect(later.out).toContain('JOURNAL_CORRUPT');
  return { files: storeIn(other.own), layout: 'store' };
}

async function aScene(): Promise<Scene> {
  const repository = aRepository();
  const { entries } = await honest();
  await repository.record(entries.slice(0, 200));
  const { vkey } = await repository.publish();
  const witness = await witnessProcess(vkey, world.env, (cleanUp) => cleanUps.push(cleanUp));
  expect(await repository.factum('ledger', 'witness', 'add', witness.vkey, witness.url)).toMatchObject({ exit: 0 });
  expect((await repository.publish()).witnesses).toHaveLength(1);
  const older = filesIn(join(repository.own, 'public'));
  await repository.record(entries.slice(200));
  const { checkpoint, witnesses } = await repository.publish();
  expect(witnesses).toHaveLength(1);
  const [log, cosigner] = [await logKeyOf(repository), parseVkey(witness.vkey, sha256)];
  if (cosigner === undefined) throw new Error(`no vkey: ${witness.vkey}`);
  return {
    log,
    entries,
    files: filesIn(join(repository.own, 'public')),
    older,
    store: storeIn(repository.own),
    checkpoint,
    policy: policyOf(log.key, cosigner),
    published: (others) => publishedBy(repository, log, others),
  };
}

interface Checked {
  readonly exit: number;
  readonly faults: number;
  readonly findings: readonly Finding[];
}

/** By somebody who never saw this log. */
async function check({ files, seen, policy, vkey }: Tampered): Promise<Checked> {
  const folder = mkdtempSync(join(tmpdir(), 'factum-tampered-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  for (const [path, bytes] of files) write(join('ledger', path), bytes);
  const options = Object.entries({ '--since': seen, '--policy': policy }).flatMap(([name, content]) => {
    if (content === undefined) return [];
    write(name, content);
    return [name, join(folder, name)];
  });
  const stranger = await aWorld();
  onTestFinished(stranger.remove);
  const key = vkey === undefined ? [] : ['--vkey', vkey];
  const line = ['ledger', 'check', 'ledger', ...options, ...key, '--json'];
  const { exit, out } = await stranger.factum(folder, line);
  return { exit, ...JSON.parse(out) };
}

describe.skipIf(lacks('git'))('of a log that commands published', () => {
  beforeAll(async () => {
    world = await aWorld();
    scene = await aScene();
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
    await world.remove();
    room.remove();
  });

  test('nothing is found where nobody touched it, in the folder and in what it shows, with and without the witness', async () => {
    for (const files of [scene.files, scene.store]) {
      for (const policy of [{}, { policy: scene.policy }]) {
        expect(await check({ files, ...policy })).toMatchObject({ exit: 0, findings: [] });
      }
    }
    const older = { files: scene.files, seen: new TextDecoder().decode(scene.older.get('checkpoint')) };
    expect(await check(older)).toMatchObject({ exit: 0, findings: [], continues: 1 });
  });

  test.each(tamperings)('it is found, with and without the witness: $name ($found)', async ({ found, got, tamper }) => {
    const tampered = await tamper(scene);
    for (const policy of [{}, { policy: scene.policy }]) {
      const { exit, faults, findings } = await check({ ...policy, ...tampered });
      // Whoever has the policy needs no key that the log shows.
      if (found === 'no-key' && 'policy' in policy) expect(findings).toEqual([]);
      else {
        const all = findings.map((each) => `${each.code}: ${each.got ?? ''}`);
        expect(all).toContainEqual(expect.stringMatching(new RegExp(`^${found}: .*${got}`)));
      }
      expect(exit).toBe(faults > 0 ? 1 : 0);
    }
  });
});
