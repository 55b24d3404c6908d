import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/core/claim/evidence.ts';
import { aLook } from '../make/claim-values.ts';
import { type TestClone, type TestClones, threeClones } from '../make/clones.ts';
import { storeOf } from '../make/pod.ts';
import { lacks } from '../needs.ts';

// What looks kept is deleted for good; the ledger stays whole, says "erased", and never takes it for lost or tampered.

interface KeptLook {
  readonly claim: string;
  readonly digest: string;
  /** Of the blob. */
  readonly file: string;
}

let clones: TestClones;
let ada: TestClone;
let own: string;
beforeEach(async () => {
  clones = await threeClones();
  ({ ada } = clones);
  own = join(ada.repository.dir, '.git/factum');
});

/** A claim whose look kept what a command printed. */
async function aLookThatKept(word: string): Promise<KeptLook> {
  const part = `command-succeeds:${JSON.stringify({ command: `echo ${word}` })}`;
  const { out } = await ada.run(['claim', `${word} is said`, '--part', part, '--json']);
  const claim: string = JSON.parse(out).claim.id;
  await ada.run(['verify', claim, '--trust']);
  const shown = JSON.parse((await ada.run(['show', claim, '--json'])).out);
  const [digest = ''] = Object.keys(shown.blobs);
  expect(shown.blobs).toEqual({ [digest]: 'kept' });
  const file = join(own, 'blobs', digest.slice(0, 2), digest);
  expect(readFileSync(file, 'utf8')).toContain(word);
  return { claim, digest, file };
}

async function answerOf(...line: readonly string[]) {
  return JSON.parse((await ada.run([...line, '--json'])).out);
}

async function stateOf({ claim, digest }: KeptLook): Promise<string> {
  return (await answerOf('show', claim)).blobs[digest];
}

/** A look that says it kept these, signed by Ada's machine. */
async function planted(claim: string, artifacts: Evidence['artifacts']): Promise<void> {
  await storeOf(ada, ada.repository).write([{ type: 'verification/v0.1', body: aLook({ claim, artifacts }) }]);
}

/** A line of an answer, however it was broken. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

describe.skipIf(lacks('git', 'sshKeygen'))('erase', () => {
  test('is told apart from what is there and from what is lost, and nothing is broken by it', async () => {
    const [erased, lost, kept] = [await aLookThatKept('one'), await aLookThatKept('two'), await aLookThatKept('three')];
    await ada.run(['ledger', 'publish']);
    const before = (await answerOf('verify', '--from-ledger', own)).claims;
    expect(flat((await ada.run(['erase', erased.digest.slice(0, 8), '--yes'])).out)).toContain('output.txt, 4 bytes');
    rmSync(lost.file);
    expect([existsSync(erased.file), existsSync(`${erased.file}.salt`)]).toEqual([false, false]);

    expect([await stateOf(erased), await stateOf(lost), await stateOf(kept)]).toEqual(['erased', 'missing', 'kept']);
    expect((await ada.run(['show', erased.claim])).out).toContain(`${erased.digest.slice(0, 8)}, erased)`);
    expect((await ada.run(['show', lost.claim])).out).toContain(`${lost.digest.slice(0, 8)}, not here)`);

    // A mark that anybody can make says nothing to a stranger.
    writeFileSync(`${lost.file}.erased`, '');
    const counts = { kept: 1, erased: 1, missing: 1, damaged: 0 };
    const { claim, digest: gone } = erased;
    const erasures = [{ claim, digest: gone, signer: expect.stringMatching(/^SHA256:/) }];
    expect(await answerOf('ledger', 'check')).toMatchObject({ faults: 0, notices: 0, artifacts: counts, erasures });
    const told = 'what looks kept: 1 kept here, 1 erased, 1 not here';
    expect((await ada.run(['ledger', 'check'])).out).toContain(told);
    const after = await answerOf('verify', '--from-ledger', own);
    expect(after).toEqual({ claims: before, looks: { taken: 0, reused: 0 }, below: [], blind: [], artifacts: counts });
    expect(before).toHaveLength(3);
    expect((await ada.run(['verify', '--from-ledger', own])).out).toContain(told.replace('what', 'What'));

    rmSync(`${lost.file}.erased`);
    for (const [{ claim: of, digest }, words] of [
      [erased, 'erased, and its salt: deleted on purpose'],
      [lost, 'not there: kept elsewhere, or lost'],
      [kept, 'kept'],
    ] as const) {
      const folder = join(clones.room, `export-${words.length}`);
      await ada.run(['ledger', 'export', of, '--out', folder]);
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      expect(readme).toContain(`\`${digest}\` | ${words} |`);
    }
  });

  test('a copy without blobs lacks them, a served log says nothing of them, and changed bytes are a fault', async () => {
    const { file } = await aLookThatKept('one');
    await ada.run(['ledger', 'publish']);
    const copy = join(clones.room, 'copy');
    cpSync(own, copy, { recursive: true, filter: (path) => !path.includes('blobs') });
    expect((await answerOf('ledger', 'check', copy)).artifacts).toMatchObject({ missing: 1, erased: 0, damaged: 0 });
    expect(await answerOf('ledger', 'check', join(own, 'public'))).not.toHaveProperty('artifacts');
    writeFileSync(file, 'two\n');
    const { out } = await ada.run(['ledger', 'check'], { exit: 1 });
    expect(out).toContain('artifact-damaged: what a look kept has other bytes than its digest names');
    await ada.run(['verify', '--from-ledger', own], { exit: 2 });
  });

  test('a sync brings nothing back: what looks kept does not travel', async () => {
    const erased = await aLookThatKept('one');
    await ada.sync();
    await ada.run(['erase', '--claim', erased.claim, '--yes']);
    await clones.bob.sync();
    expect((await clones.bob.run(['show', erased.claim])).out).toContain('not here)');
    await ada.sync();
    await clones.bob.sync();
    const there = JSON.parse((await clones.bob.run(['ledger', 'check', '--json'])).out);
    expect(there).toMatchObject({
      faults: 0,
      artifacts: { erased: 1, missing: 0 },
      erasures: [{ digest: erased.digest }],
    });
    expect(await stateOf(erased)).toBe('erased');
    expect((await clones.bob.run(['show', erased.claim])).out).toContain(`${erased.digest.slice(0, 8)}, erased)`);
    await ada.run(['verify', erased.claim, '--trust']);
    expect(await stateOf(erased)).toBe('erased');
    const { err } = await clones.bob.run(['erase', erased.digest.slice(0, 8), '--yes'], { exit: 2 });
    expect(flat(err)).toContain('BLOB_NOT_FOUND: nothing to erase');
  });

  test('asks first, and takes no silence for a yes', async () => {
    const { digest, file } = await aLookThatKept('one');
    expect((await ada.run(['erase', digest], { exit: 1 })).out).toContain('Nothing was erased.');
    const typing = (...answers: string[]) => ada.factum(ada.repository.dir, ['erase', digest], answers);
    for (const answer of ['', 'n', 'perhaps']) expect(await typing(answer)).toMatchObject({ exit: 1 });
    expect(existsSync(file)).toBe(true);
    const { asked, exit } = await typing('y');
    expect(exit).toBe(0);
    expect(flat(asked.join())).toMatch(/output\.txt, 4 bytes.*The ledger keeps what was signed.*\[y\/N\]/);
    expect(existsSync(file)).toBe(false);
    const again = await typing('n');
    expect(again).toMatchObject({ exit: 0, asked: [] });
    expect(flat(again.out)).toContain('was erased before');
  });

  test('takes a digest, the beginning of one that stands for one artifact, a claim, or a name in a claim', async () => {
    const { claim, digest, file } = await aLookThatKept('one');
    const tens = ['0', '1'].map((last) => 'abcdef01'.padEnd(63, '0') + last);
    await planted(
      claim,
      tens.map((each) => ({ digest: each, bytes: 1, mediaType: 'text/plain', name: 'planted' })),
    );
    const refusals: readonly (readonly [readonly string[], string])[] = [
      [[], 'USAGE'],
      [['abcdef01'], 'BLOB_AMBIGUOUS'],
      [[tens[0] ?? ''], 'BLOB_NOT_FOUND'],
      [['f'.repeat(64)], 'BLOB_NOT_FOUND'],
      [['../../head'], 'BLOB_NOT_FOUND'],
      [[digest.slice(0, 7)], 'BLOB_NOT_FOUND'],
      [['output.txt'], 'BLOB_NOT_FOUND'],
      [['screen.png', '--claim', claim], 'BLOB_NOT_FOUND'],
      [['--claim', '00ff'], 'CLAIM_NOT_FOUND'],
    ];
    for (const [line, code] of refusals) {
      const { err } = await ada.run(['erase', ...line, '--yes'], { exit: 2 });
      expect(err, line.join(' ')).toContain(code);
    }
    expect(existsSync(file)).toBe(true);
    const { artifacts } = await answerOf('erase', 'output.txt', '--claim', claim, '--yes');
    expect(artifacts).toMatchObject([{ digest, name: 'output.txt', claims: [claim], was: 'kept' }]);
    expect(existsSync(file)).toBe(false);
  });
});
