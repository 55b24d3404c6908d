import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { goReadsLog, goReadsReceipts } from '../go-tlog.ts';
import { aWorld, type TestWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { testRoom } from '../repository.ts';
import { sigstoreVerifies } from '../sigstore.ts';
import { type Ended, factumProcess, heard, type Running } from './program.ts';

// Real processes that share a log in a real PostgreSQL, and strangers' tools that read it.

vi.setConfig({ testTimeout: 300_000 });

const part = 'file-matches:{"paths":["sums.txt"]}';
const room = testRoom();
let world: TestWorld;
let server: Postgres;

interface Shared {
  readonly dir: string;
  /** Of the repository's name: whoever works in another folder gives it. */
  readonly tenant: string;
  start(argv: readonly string[], env?: Readonly<Record<string, string>>): Running;
  answered<T>(...argv: readonly string[]): Promise<T>;
}

let count = 0;

function aRepository(): Shared {
  const tenant = `shared-${++count}`;
  const { dir, commit, git } = room.repository(tenant);
  git('config', 'user.email', 'ada@example.org');
  commit('feat: sums', { 'factum.yaml': 'version: 1\npods:\n  - id: sums\n', 'sums.txt': '1 + 1 = 2\n' });
  return at(dir, tenant);
}

function at(dir: string, tenant: string): Shared {
  const start: Shared['start'] = (argv, env = world.env) =>
    factumProcess(dir, argv, { ...env, FACTUM_DATABASE_URL: server.url, FACTUM_TENANT: tenant });
  return {
    dir,
    tenant,
    start,
    async answered(...argv) {
      const { exit, out, err } = await start([...argv, '--json']).ended;
      expect(exit, out + err).toBe(0);
      return JSON.parse(out);
    },
  };
}

/** Another machine's folder, with no repository in it. */
function elsewhere({ tenant }: Shared): Shared {
  const dir = mkdtempSync(join(tmpdir(), 'factum-elsewhere-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return at(dir, tenant);
}

async function claimed(shared: Shared, statement: string): Promise<string> {
  const { claim } = await shared.answered<{ claim: { id: string } }>('claim', statement, '--part', part);
  return claim.id;
}

function served(shared: Shared): Promise<string> {
  const serving = shared.start(['ledger', 'serve', '--port', '0']);
  onTestFinished(() => void serving.child.kill());
  return heard(serving, /at\s+http\S+/).then((said) => /at\s+(http\S+)/.exec(said)?.[1] ?? '');
}

/** Behind the log's back. */
async function harmed(text: string): Promise<void> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

interface Published {
  readonly size: number;
  readonly vkey: string;
  readonly origin: string;
}

describe.skipIf(lacks('git', 'postgres'))('a log in PostgreSQL', () => {
  beforeAll(async () => {
    world = await aWorld();
    server = await startPostgres();
  });
  afterAll(async () => {
    await server.close();
    await world.remove();
    room.remove();
  });

  test.skipIf(lacks('go', 'goNote'))(
    'several processes file, verify and publish at once; others prove, export, serve and check it, with tools of others too',
    async () => {
      const shared = aRepository();
      async function person(name: string): Promise<string> {
        const id = await claimed(shared, `sums are there, says ${name}`);
        await shared.answered('verify', id, '--trust');
        await shared.answered('ledger', 'publish');
        return id;
      }
      const ids = await Promise.all(['ada', 'bob', 'cyd'].map(person));
      const { size, vkey, origin } = await shared.answered<Published>('ledger', 'publish');
      // An envelope and its twin for each claim and look, and the pod's policy.
      expect(size).toBeGreaterThanOrEqual(2 * 2 * ids.length);
      expect(origin).toMatch(/^shared-\d+-[0-9a-f]{8}\.factum\.internal$/);
      expect(existsSync(join(shared.dir, '.git/factum/public'))).toBe(false);

      const other = elsewhere(shared);
      expect(await other.answered('ledger', 'check')).toMatchObject({ faults: 0, checkpoint: { size }, vkeys: [vkey] });
      const url = await served(other);
      expect(await goReadsLog(url, vkey)).toBe(`${origin} ${size} ${size}\n`);
      for (const id of ids) {
        const folder = join(other.dir, id);
        const { files } = await other.answered<{ files: string[] }>('ledger', 'export', id, '--out', folder);
        const receipts = files.filter((path) => path.endsWith('.tlog-proof'));
        expect(receipts.length).toBeGreaterThanOrEqual(2);
        expect(await goReadsReceipts(folder)).toBe(`${receipts.length}\n`);
        const proved = await other.answered<{ receipts: { receipt: string }[] }>('ledger', 'prove', id);
        expect(proved.receipts[0]?.receipt).toBe(readFileSync(join(folder, 'claim.json.tlog-proof'), 'utf8'));
        expect(bundlesVerifiedIn(folder)).toBeGreaterThanOrEqual(2);
      }
    },
  );

  test('is published by what records, once a second at most; of another user it is not', async () => {
    const shared = aRepository();
    await claimed(shared, 'one');
    const first = await shared.answered<Published>('ledger', 'witness', 'list');
    expect(first.size).toBeGreaterThan(0);
    await new Promise((passed) => setTimeout(passed, 1100));
    const ran = ['claim', 'two', '--part', 'command-succeeds:{"command":"echo two"}'];
    const { claim } = await shared.answered<{ claim: { id: string } }>(...ran);
    await shared.answered('verify', claim.id, '--trust');
    const second = await shared.answered<Published>('ledger', 'witness', 'list');
    expect(second.size).toBeGreaterThan(first.size);

    const stranger = await aWorld();
    onTestFinished(stranger.remove);
    const theirs: Ended = await shared.start(['claim', 'three', '--part', part], stranger.env).ended;
    expect(theirs).toMatchObject({ exit: 0, err: expect.stringContaining('not published') });
    expect(await shared.answered('ledger', 'witness', 'list')).toEqual(second);
    const checked = await shared.answered<{ artifacts: { kept: number } }>('ledger', 'check');
    expect(checked).toMatchObject({ faults: 0, checkpoint: { size: second.size }, artifacts: { missing: 0 } });
    expect(checked.artifacts.kept).toBeGreaterThan(0);
  });

  test('where nothing was recorded there is nothing to check, to prove or to publish', async () => {
    const shared = elsewhere({ ...aRepository(), tenant: 'nobody' });
    expect(await shared.start(['ledger', 'check']).ended).toMatchObject({
      exit: 2,
      err: expect.stringContaining('LEDGER_UNREADABLE'),
    });
    expect(await shared.start(['ledger', 'publish']).ended).toMatchObject({ exit: 2 });
  });

  test.each([
    [
      'a changed bit of an entry',
      'update factum.entries set entry = set_byte(entry, 40, get_byte(entry, 40) # 1) where index = 0',
      'signature-refused|entry-form',
      'JOURNAL_CORRUPT',
    ],
    ['an entry taken out', 'delete from factum.entries where index = 1', 'bundle-missing', 'JOURNAL_CORRUPT'],
    [
      'an end of the log before its last entries',
      'update factum.logs set entries = 1 where true',
      undefined,
      'JOURNAL_SHRANK',
    ],
    [
      'a head that is none',
      'update factum.heads set head = replace(head, \'"size"\', \'"seize"\') where true',
      undefined,
      'LOG_DAMAGED',
    ],
    [
      'a changed bit of a tile',
      "update factum.shown set bytes = set_byte(bytes, 7, get_byte(bytes, 7) # 1) where path like 'tile/0/%'",
      'tile-mismatch',
      undefined,
    ],
  ] as const)('%s, behind its back: found, and not signed over', async (_name, harm, found, refusal) => {
    const shared = aRepository();
    await claimed(shared, 'one');
    const before = await shared.answered<Published>('ledger', 'publish');
    await harmed(`${harm} and tenant = '${shared.tenant}'`);
    if (found !== undefined) {
      const { exit, out } = await shared.start(['ledger', 'check', '--json']).ended;
      expect(out).toMatch(new RegExp(found));
      expect(exit).toBe(1);
    }
    const published = await shared.start(['ledger', 'publish', '--json']).ended;
    if (refusal === undefined) {
      // What was derived is derived anew.
      expect(JSON.parse(published.out)).toMatchObject({ size: before.size });
      expect(await shared.answered('ledger', 'check')).toMatchObject({ faults: 0 });
    } else expect(published).toMatchObject({ exit: 3, out: expect.stringContaining(refusal) });
  });
});

/** How many Sigstore bundles of an exported folder @sigstore/verify accepts; throws for one that it does not. */
function bundlesVerifiedIn(folder: string): number {
  const names = readdirSync(join(folder, 'sigstore'));
  const text = (name = ''): string => readFileSync(join(folder, 'sigstore', name), 'utf8');
  const pem = text(names.find((name) => name.endsWith('.pem')));
  const bundles = names.filter((name) => name.endsWith('.sigstore.json'));
  for (const name of bundles) {
    const bundle = JSON.parse(text(name)) as { verificationMaterial: { publicKey: { hint: string } } };
    const keyid = bundle.verificationMaterial.publicKey.hint;
    sigstoreVerifies(bundle, { root: text('trusted_root.json'), pem, keyid });
  }
  return bundles.length;
}
