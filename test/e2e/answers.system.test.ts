import { spawnSync } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Attestation } from '../../src/core/claim/attestation.ts';
import { lookSheet, sheetDigest } from '../../src/core/claim/look-sheet.ts';
import { humanSigner } from '../../src/host/human-signer.ts';
import { agentHolding, aPerson, fingerprintOf, makeSshKey } from '../make/person.ts';
import { aPod, configuration, enrolled, type TestPod } from '../make/pod.ts';
import type { TestWorld } from '../make/world.ts';
import { sha256Hex } from '../make/envelope-ref.ts';
import { lacks } from '../needs.ts';

// Which answers count, through the command line and with real keys; of each that does not, a person is told why.

const flat = (text: string): string => text.replaceAll(/\s+/g, ' ');

async function shownText(pod: TestPod, claim: string): Promise<string> {
  return flat((await pod.run(pod.ada, ['show', claim])).out);
}

/** What a program of somebody's own signs with their key: nothing of `factum attest` refuses it. */
async function signedBy(pod: TestPod, keyFile: string, claim: string, fields: Partial<Attestation>): Promise<void> {
  const store = pod.store();
  const { claim: about, leafHash } = await store.read.claim(claim);
  const now = pod.clock.now();
  const body: Attestation = {
    claim,
    claimLeaf: leafHash,
    decision: 'confirm',
    person: { kind: 'human', id: pod.bob.id, name: 'Bob' },
    startedAt: now,
    attestedAt: now,
    saw: { machineVerdict: false, otherAttestations: false, aiReview: false },
    shownDigest: sheetDigest(about, sha256Hex),
    assurance: 'presence',
    ...fields,
  };
  const place = { env: { PATH: process.env['PATH'] }, interactive: false, dir: pod.repository.dir };
  await store.write([{ type: 'human-attestation/v0.1', body }], await humanSigner(keyFile, place));
  await store.close();
}

/** Each answers, one after the other. */
async function answered(pod: TestPod, claim: string, answers: readonly (readonly [TestWorld, string])[]) {
  for (const [person, answer] of answers) await pod.attested(person, claim, answer);
}

describe.skipIf(lacks('git', 'sshKeygen'))('keys', () => {
  test.skipIf(lacks('jq'))('ECDSA from a file and RSA in an agent: both count, here and for strangers', async () => {
    const pod = await aPod();
    const [ecdsa, rsa] = [join(pod.ada.home, 'ecdsa'), join(pod.bob.home, 'rsa')];
    makeSshKey(ecdsa, 'ecdsa');
    makeSshKey(rsa, 'rsa');
    const SSH_AUTH_SOCK = await agentHolding(rsa, pod.bob.home);
    renameSync(rsa, join(pod.bob.home, 'away'));
    const bob = pod.withEnv(pod.bob, { SSH_AUTH_SOCK });
    const [ofAda, ofBob] = [['--key', ecdsa] as const, ['--key', `${rsa}.pub`] as const];
    await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id, ...ofAda]);
    await pod.run(bob, ['key', 'enroll', '--as', pod.bob.id, ...ofBob]);
    await pod.run(pod.ada, ['key', 'enroll', fingerprintOf(rsa), ...ofAda]);
    const claim = await pod.claimed();
    const first = await pod.attested(pod.ada, claim, '--confirm', ...ofAda);
    const second = await pod.attested(bob, claim, '--confirm', ...ofBob);
    expect(first).toMatchObject({ attestation: { assurance: 'software' }, view: { confirmations: 1 } });
    expect(second.view).toMatchObject({ verdict: 'verified', confirmations: 2, uncounted: [] });
    expect(second).not.toHaveProperty('doesNotCount');

    await pod.run(pod.ada, ['ledger', 'publish']);
    const folder = join(pod.ada.home, 'export');
    await pod.run(pod.ada, ['ledger', 'export', claim, '--out', folder]);
    const signers = readFileSync(join(folder, 'allowed_signers'), 'utf8');
    expect([signers.match(/ecdsa-sha2-nistp256 /g), signers.match(/ssh-rsa /g)]).toMatchObject([[{}], [{}]]);
    const counted = spawnSync('sh', [join(folder, 'verify-humans.sh')], { encoding: 'utf8' });
    expect(counted).toMatchObject({ status: 0, stdout: expect.stringContaining('2 distinct humans') });
  });

  test.each([
    ['CLAUDECODE', 'claude-code'],
    ['CODEX_THREAD_ID', 'codex'],
    ['CURSOR_AGENT', 'cursor'],
    ['GEMINI_CLI', 'gemini'],
    ['CI', 'a CI job'],
  ])('none signs where %s marks who runs the command', async (variable, who) => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const SSH_AUTH_SOCK = await agentHolding(pod.ada.keyFile, pod.ada.home);
    const marked = pod.withEnv(pod.ada, { [variable]: variable === 'CI' ? 'true' : '1', SSH_AUTH_SOCK });
    for (const line of [
      ['attest', claim, '--confirm'],
      ['attest', claim, '--confirm', '--key', pod.ada.keyFile],
      ['attest', claim, '--confirm', '--passkey'],
      ['key', 'enroll', '--as', pod.ada.id],
      ['key', 'remove', pod.bob.fingerprint, '--reason', 'none'],
    ]) {
      const { err } = await pod.run(marked, line, { exit: 2 });
      expect(flat(err), line.join(' ')).toContain('HUMAN_KEY_REFUSED');
      expect(flat(err)).toContain(who);
    }
    expect((await pod.shown(claim)).humans).toEqual([]);
  });
});

describe.skipIf(lacks('git', 'sshKeygen'))('does not count, and why:', () => {
  test('the answer of somebody who is no human of the pod, or not any more', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const dan = await aPerson('dan@example.org', pod.clock);
    const answer = await pod.run(dan, ['attest', claim, '--confirm', '--as', dan.id]);
    expect(flat(answer.err)).toContain('dan@example.org is no human of pod sums');
    expect(flat(answer.out)).toContain(`it does not count: the key is not enrolled: factum key enroll`);
    expect(await shownText(pod, claim)).toContain(`Kept, and not counted: entry`);

    pod.repository.write('factum.yaml', configuration.replace('{ id: bob@example.org, name: Bob }, ', ''));
    const { doesNotCount, view } = await pod.attested(pod.bob, claim, '--confirm');
    expect(doesNotCount).toBe('factum.yaml names no such human of pod sums');
    expect(view).toMatchObject({ verdict: 'supported', confirmations: 0 });
    const why = 'does not count: factum.yaml names no such human of pod sums';
    expect(await shownText(pod, claim)).toContain(why);
  });

  test('an answer signed with a removed key; what it signed before stays', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    await pod.attested(pod.bob, claim, '--confirm');
    await pod.run(pod.ada, ['key', 'remove', pod.bob.fingerprint, '--reason', 'lost']);
    expect(await pod.shown(claim)).toMatchObject({ confirmations: 1, uncounted: [] });
    const { err } = await pod.run(pod.bob, ['attest', claim, '--dispute'], { exit: 2 });
    expect(flat(err)).toContain(`KEY_REFUSED: the key ${pod.bob.fingerprint} was removed`);
    await signedBy(pod, pod.bob.keyFile, claim, { decision: 'dispute' });
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'supported', confirmations: 1 });
    expect(await shownText(pod, claim)).toContain('note the key had been removed');
  });

  test("the claimant's own", async () => {
    const pod = await aPod();
    await enrolled(pod);
    const line = ['claim', 'sums are there', '--part', 'file-matches:{"paths":["sums.txt"]}', '--json'];
    pod.repository.git('config', 'user.email', pod.bob.id);
    const claim: string = JSON.parse((await pod.run(pod.bob, line)).out).claim.id;
    await pod.run(pod.ada, ['verify', claim, '--trust']);
    const { err } = await pod.run(pod.bob, ['attest', claim, '--confirm'], { exit: 2 });
    expect(flat(err)).toContain('OWN_CLAIM');
    await signedBy(pod, pod.bob.keyFile, claim, {});
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'supported', confirmations: 0 });
    expect(await shownText(pod, claim)).toContain('does not count: a claimant never counts on their own claim');
  });

  test('the first of two by one person, with two keys', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const second = makeSshKey(join(pod.ada.home, '.ssh', 'second'));
    const [own, other] = [
      ['--key', pod.ada.keyFile],
      ['--key', second],
    ] as const;
    await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id, ...other]);
    await pod.run(pod.bob, ['key', 'enroll', fingerprintOf(second)]);
    const claim = await pod.claimed();
    await pod.attested(pod.ada, claim, '--confirm', ...own);
    const { view } = await pod.attested(pod.ada, claim, '--confirm', ...other);
    expect(view).toMatchObject({ verdict: 'supported', confirmations: 1 });
    expect(await shownText(pod, claim)).toContain('does not count: the person answered again');
  });

  test('one that a later look made stale', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed('--standing');
    for (const person of [pod.ada, pod.bob]) await pod.attested(person, claim, '--confirm');
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'verified' });
    pod.repository.git('rm', '-q', 'sums.txt');
    pod.repository.commit('fix: no sums', { 'other.txt': '' });
    await pod.run(pod.ada, ['verify', claim, '--trust'], { exit: 1 });
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'drifted', confirmations: 0 });
    const text = await shownText(pod, claim);
    expect(text).toContain('Ada confirm (software, stale), Bob confirm (software, stale)');
    expect(text).toContain('stale: a later look changed the outcome');
    expect(flat((await pod.run(pod.ada, ['inbox', '--as', pod.ada.id])).out)).toContain('again:');
  });

  test('one that names another look sheet, whoever signed it', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const shownDigest = sha256Hex('It is fine.');
    const stranger = makeSshKey(join(pod.cyd.home, '.ssh', 'stranger'));
    await signedBy(pod, stranger, claim, { shownDigest });
    expect(await shownText(pod, claim)).toContain(
      `note the key is not enrolled: factum key enroll ${fingerprintOf(stranger)}`,
    );
    await signedBy(pod, pod.bob.keyFile, claim, { shownDigest });
    expect(await pod.shown(claim)).toMatchObject({ confirmations: 0, humans: [] });
    expect(await shownText(pod, claim)).toContain('note it names another look sheet than the one of this claim');
    await pod.run(pod.ada, ['ledger', 'publish']);
    const { findings } = JSON.parse((await pod.run(pod.ada, ['ledger', 'check', '--json'])).out);
    expect(findings).toMatchObject(
      [{ got: /not enrolled/ }, { got: /look sheet/ }].map(({ got }) => ({
        code: 'attestation-uncounted',
        got: expect.stringMatching(got),
      })),
    );
    // The same by the same hand, to the sheet that is shown.
    await signedBy(pod, pod.bob.keyFile, claim, {});
    expect(await pod.shown(claim)).toMatchObject({ confirmations: 1 });
  });
});

describe.skipIf(lacks('git', 'sshKeygen'))('an answer that is no confirmation', () => {
  test('an abstention is recorded and shown, and counts for nothing', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const { attestation, view } = await pod.attested(pod.bob, claim, '--abstain', '--note', 'no such machine here');
    expect(attestation).toMatchObject({ decision: 'abstain', note: 'no such machine here' });
    expect(view).toMatchObject({ verdict: 'supported', confirmations: 0 });
    expect(await shownText(pod, claim)).toMatch(/Bob abstain, independent .*said no such machine here/);
    await pod.attested(pod.ada, claim, '--confirm');
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'supported', confirmations: 1 });
    expect((await pod.run(pod.bob, ['inbox', '--as', pod.bob.id])).out).toContain('Nothing waits');
  });

  test('a dispute stands against machines and other humans, until its person answers again', async () => {
    const pod = await aPod();
    await enrolled(pod, [pod.bob, pod.cyd]);
    const claim = await pod.claimed();
    await answered(pod, claim, [
      [pod.ada, '--confirm'],
      [pod.bob, '--confirm'],
      [pod.cyd, '--dispute'],
    ]);
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'disputed' });
    const { out } = await pod.run(pod.ada, ['verify', claim, '--require', 'verified'], { exit: 1 });
    expect(flat(out)).toContain('cyd@example.org disputes what evidence supports');
    await answered(pod, claim, [[pod.cyd, '--abstain']]);
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'verified', confirmations: 2 });
  });

  test('where no verifier can decide, a dispute contradicts, and confirmations alone verify', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const { out } = await pod.run(pod.agent, ['claim', 'The sums feature is complete.', '--json']);
    const claim: string = JSON.parse(out).claim.id;
    await answered(pod, claim, [[pod.ada, '--dispute']]);
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'contradicted' });
    await answered(pod, claim, [[pod.ada, '--abstain']]);
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'unverifiable' });
  });

  test('what was shown is what anybody renders from the claim', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const { attestation } = await pod.attested(pod.ada, claim, '--confirm');
    const { claim: recorded } = await pod.store().read.claim(claim);
    expect(attestation.shownDigest).toBe(sha256Hex(lookSheet(recorded)));
    const { err } = await pod.run(pod.bob, ['attest', claim, '--abstain']);
    expect(err).toContain(lookSheet(recorded));
  });
});
