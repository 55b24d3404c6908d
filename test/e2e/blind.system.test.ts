import { beforeEach, describe, expect, test } from 'vitest';
import { aPod, type Attested, enrolled, type TestPod } from '../make/pod.ts';
import type { TestWorld } from '../make/world.ts';
import { lacks } from '../needs.ts';

// Who is still to answer is not shown what others answered; who was shown it, by whatever command, is not independent.

let pod: TestPod;
let claim: string;

/** Ada answered; Bob sits at a terminal. */
async function adaAnswered(answer = '--confirm'): Promise<void> {
  pod = await aPod();
  await enrolled(pod);
  claim = await pod.claimed();
  await pod.attested(pod.ada, claim, answer, '--note', 'read it');
  pod.repository.git('config', 'user.email', pod.bob.id);
}

/** As on a terminal: somebody is there who could type. */
async function atTerminal(who: TestWorld, ...line: readonly string[]): Promise<string> {
  return (await who.factum(pod.repository.dir, line, ['y'])).out.replaceAll(/\s+/g, ' ');
}

function answerOfBob(): Promise<Attested> {
  return pod.attested(pod.bob, claim, '--confirm');
}

const all = () => [['list'], ['list', '--all'], ['verify', claim, '--trust'], ['show', claim]] as const;

describe.skipIf(lacks('git', 'sshKeygen'))('others and their answers', () => {
  beforeEach(() => adaAnswered());

  test('are not shown before one answered oneself, and the answer is independent', async () => {
    for (const line of all()) {
      const text = await atTerminal(pod.bob, ...line);
      expect(text, line[0]).toContain('supported');
      expect(text, line[0]).not.toMatch(/ada|humans|read it|1 ?(?:\/|of) ?2/i);
    }
    expect(await atTerminal(pod.bob, 'show', claim)).toContain('What others answered, if anything, is not shown');
    const { attestation, view } = await answerOfBob();
    expect(attestation.saw).toEqual({ machineVerdict: true, otherAttestations: false, aiReview: false });
    expect(view).toMatchObject({ verdict: 'verified', confirmations: 2 });
    expect(await atTerminal(pod.bob, 'show', claim)).toMatch(/Ada confirm, independent.* said read it/);
  });

  test('are shown when one asks for it, which is told, recorded and takes independence', async () => {
    expect(await atTerminal(pod.bob, 'show', claim, '--reveal')).toMatch(/Ada confirm, independent.* said read it/);
    const { err, out } = await pod.run(pod.bob, ['attest', claim, '--confirm', '--json']);
    expect(err.replaceAll(/\s+/g, ' ')).toContain('You saw what others answered: your answer is not independent');
    const { attestation, view } = JSON.parse(out) as Attested;
    expect(attestation.saw).toMatchObject({ machineVerdict: true, otherAttestations: true });
    expect(view).toMatchObject({ verdict: 'supported', confirmations: 1 });
  });

  test('are shown to programs and agents, which takes nobody anything', async () => {
    for (const line of all()) expect((await pod.run(pod.bob, line)).out, line[0]).toMatch(/Ada|1\/2 humans/);
    const agent = pod.withEnv(pod.bob, { CLAUDECODE: '1' });
    expect(await atTerminal(agent, 'show', claim)).toContain('Ada confirm');
    expect((await answerOfBob()).attestation.saw).toEqual({
      machineVerdict: false,
      otherAttestations: false,
      aiReview: false,
    });
  });

  test('are shown to whoever has answered, and who sees more and answers again saw it', async () => {
    await answerOfBob();
    pod.repository.git('config', 'user.email', pod.ada.id);
    expect(await atTerminal(pod.ada, 'show', claim)).toContain('Bob confirm');
    const { attestation } = await pod.attested(pod.ada, claim, '--confirm');
    expect(attestation.saw).toMatchObject({ otherAttestations: true });
  });

  test('of before a look that found something else tell nothing', async () => {
    const standing = await pod.claimed('--standing');
    await pod.attested(pod.ada, standing, '--confirm');
    await atTerminal(pod.bob, 'show', standing, '--reveal');
    pod.repository.git('rm', '-q', 'sums.txt');
    pod.repository.commit('fix: no sums', { 'other.txt': '' });
    await pod.run(pod.ada, ['verify', standing, '--trust'], { exit: 1 });
    const { attestation } = await pod.attested(pod.bob, standing, '--dispute');
    expect(attestation.saw).toMatchObject({ machineVerdict: true, otherAttestations: false });
  });
});

test.skipIf(lacks('git', 'sshKeygen'))(
  'a verdict that a human made tells of it: who saw that is not independent',
  async () => {
    await adaAnswered('--dispute');
    expect(await atTerminal(pod.bob, 'list')).toContain('disputed');
    expect((await answerOfBob()).attestation.saw).toMatchObject({ otherAttestations: true });
  },
);
