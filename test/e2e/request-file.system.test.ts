import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { maxRequestBytes } from '../../src/core/ledger/request-file.ts';
import { claimedIn, type TestClone, threeClones } from '../make/clones.ts';
import { sha256Hex } from '../make/envelope-ref.ts';
import { lacks } from '../needs.ts';

// A claim goes to another human and its answer comes back, by file alone.

interface Imported {
  readonly received: number;
  readonly known: number;
  readonly refused: readonly { readonly code: string }[];
}

async function withoutRemote() {
  const { ada, bob, room } = await threeClones();
  for (const { repository } of [ada, bob]) repository.git('remote', 'remove', 'origin');
  let sent = 0;

  /** Answers the file, too. */
  async function hand(claim: string, from: TestClone, to: TestClone): Promise<Imported & { readonly file: string }> {
    const file = join(room, `${++sent}.jsonl`);
    await from.run(['export', '--request', claim, '--out', file]);
    return { ...(await imported(to, file)), file };
  }
  return { ada, bob, room, hand };
}

/** Another payload under the same signature. */
function forged(line: string): string {
  const envelope = JSON.parse(line);
  const payload = Buffer.from(envelope.payload, 'base64').toString().replace('2026', '2025');
  return JSON.stringify({ ...envelope, payload: Buffer.from(payload).toString('base64') });
}

async function imported(clone: TestClone, file: string, exit = 0): Promise<Imported> {
  return JSON.parse((await clone.run(['import', file, '--json'], { exit })).out);
}

describe.skipIf(lacks('git', 'sshKeygen'))('a request by file', () => {
  test('two humans on two machines without any remote: verified on both', async () => {
    const { ada, bob, hand } = await withoutRemote();
    await ada.run(['key', 'enroll', '--as', ada.id]);
    const claim = await claimedIn(ada);
    await ada.run(['attest', claim, '--confirm']);
    expect(await hand(claim, ada, bob)).toMatchObject({ known: 0, refused: [] });
    expect(await bob.shown(claim)).toMatchObject({ verdict: 'supported', confirmations: 1, uncounted: [] });
    await bob.run(['key', 'enroll', '--as', bob.id]);
    await hand(claim, bob, ada);
    await ada.run(['key', 'enroll', bob.fingerprint]);
    await hand(claim, ada, bob);
    await bob.run(['key', 'enroll']);
    await bob.run(['attest', claim, '--confirm']);
    const answer = await hand(claim, bob, ada);
    expect(answer.refused).toEqual([]);
    expect(answer.received).toBeGreaterThan(0);
    const seen = await ada.shown(claim);
    expect(seen).toMatchObject({ verdict: 'verified', confirmations: 2, uncounted: [] });
    expect(await bob.shown(claim)).toEqual(seen);
    expect(await imported(ada, answer.file)).toMatchObject({ received: 0, known: answer.received + answer.known });
  });

  test('a forged envelope is refused and named; when it is the claim itself, the answer is no', async () => {
    const { ada, bob, room } = await withoutRemote();
    const claim = await claimedIn(ada);
    const file = join(room, 'whole.jsonl');
    await ada.run(['export', '--request', claim, '--out', file]);
    const [first = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
    const { envelope } = JSON.parse(first);

    function forgedFile(isForged: (line: string) => boolean): string {
      const changed = lines.map((line) => (isForged(line) ? forged(line) : line));
      const named = changed.find((line, at) => sha256Hex(lines[at] ?? '') === envelope) ?? '';
      const head = JSON.stringify({ ...JSON.parse(first), envelope: sha256Hex(named) });
      writeFileSync(join(room, 'forged.jsonl'), [head, ...changed, ''].join('\n'));
      return join(room, 'forged.jsonl');
    }

    const isClaim = (line: string): boolean => sha256Hex(line) === envelope;
    const refused = await imported(bob, forgedFile(isClaim), 1);
    expect(refused.refused.map(({ code }) => code)).toContain('signature-mismatch');
    await bob.run(['show', claim], { exit: 2 });
    const taken = await imported(
      bob,
      forgedFile((line) => line === lines.at(-1)),
    );
    expect(taken.refused).toMatchObject([{ code: 'signature-mismatch' }]);
    expect(taken.received + taken.known).toBe(lines.length - 1);
    expect((await bob.run(['import', file])).out).toContain('1 new here');
    expect(await bob.shown(claim)).toEqual(await ada.shown(claim));
  });

  test('what is no whole request changes nothing', async () => {
    const { ada, bob, room } = await withoutRemote();
    const claim = await claimedIn(ada);
    const file = join(room, 'whole.jsonl');
    await ada.run(['export', '--request', claim, '--out', file]);
    const text = readFileSync(file, 'utf8');
    const broken = join(room, 'broken.jsonl');
    for (const content of ['', text.slice(0, -1), text.replace(/\n.*\n$/, '\n'), 'x'.repeat(maxRequestBytes + 1)]) {
      writeFileSync(broken, content);
      const { out } = await bob.run(['import', broken, '--json'], { exit: 2 });
      expect(out).toContain('FILE_UNUSABLE');
    }
    expect((await bob.run(['import', room, '--json'], { exit: 2 })).out).toContain('FILE_UNUSABLE');
    expect((await bob.run(['import', join(room, 'no'), '--json'], { exit: 2 })).out).toContain('FILE_UNUSABLE');
    expect(JSON.parse((await bob.run(['list', '--all', '--json'])).out).claims).toEqual([]);
  });

  test('an export goes over no file and leaves nothing half-written', async () => {
    const { ada, room } = await withoutRemote();
    const claim = await claimedIn(ada);
    const file = join(room, 'mine.txt');
    writeFileSync(file, 'mine');
    for (const out of [file, room, join(room, 'no', 'where')]) {
      const refused = await ada.run(['export', '--request', claim, '--out', out, '--json'], { exit: 2 });
      expect(refused.out).toContain('EXPORT_FILE');
    }
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(readdirSync(room).filter((name) => name.includes('.tmp'))).toEqual([]);
    await ada.run(['export', '--request', claim]);
    expect(readdirSync(ada.repository.dir)).toContain(`factum-${claim}.jsonl`);
  });

  test('a claim that relays another brings that one along', async () => {
    const { ada, bob, hand } = await withoutRemote();
    const first = await claimedIn(ada);
    const { out } = await ada.run([
      'claim',
      'Sums are there.',
      '--part',
      'file-matches:{"paths":["sums.txt"]}',
      '--relays',
      first,
      '--json',
    ]);
    const { id } = JSON.parse(out).claim;
    expect(await hand(id, ada, bob)).toMatchObject({ refused: [] });
    expect(await bob.shown(first)).toEqual(await ada.shown(first));
    expect(await bob.shown(id)).toEqual(await ada.shown(id));
  });
});
