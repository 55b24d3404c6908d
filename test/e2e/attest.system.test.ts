import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { lacks } from '../needs.ts';
import { agentHolding, fingerprintOf, makeSshKey } from '../make/person.ts';
import { aPod, enrolled } from '../make/pod.ts';

// Two people with real SSH keys and homes of their own make a claim verified; nobody else and nothing less does.

describe.skipIf(lacks('git', 'sshKeygen'))('attesting', () => {
  test('two persons, one with the key in an agent, make a claim verified', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const first = await pod.attested(pod.ada, claim, '--confirm', '--note', 'read it');
    expect(first.view).toMatchObject({ verdict: 'supported', confirmations: 1 });
    expect(first.attestation).toMatchObject({
      decision: 'confirm',
      note: 'read it',
      person: { kind: 'human', id: pod.ada.id, name: 'Ada' },
      saw: { machineVerdict: false, otherAttestations: false, aiReview: false },
      assurance: 'software',
    });
    expect(Date.parse(first.attestation.startedAt)).toBeLessThan(Date.parse(first.attestation.attestedAt));

    const SSH_AUTH_SOCK = await agentHolding(pod.bob.keyFile, pod.bob.home);
    renameSync(pod.bob.keyFile, join(pod.bob.home, 'away'));
    await pod.run(pod.bob, ['attest', claim, '--confirm'], { exit: 3 });
    const { out } = await pod.run(pod.withEnv(pod.bob, { SSH_AUTH_SOCK }), ['attest', claim, '--confirm', '--json']);
    expect(JSON.parse(out)).toMatchObject({ machine: { verdict: 'supported' }, view: { verdict: 'verified' } });
    expect(await pod.shown(claim)).toMatchObject({ verdict: 'verified', confirmations: 2, uncounted: [] });
  });

  test('one person with two keys is one person', async () => {
    const pod = await aPod();
    await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id]);
    const second = makeSshKey(join(pod.ada.home, '.ssh', 'second'));
    await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id, '--key', second]);
    const own = ['--key', pod.ada.keyFile];
    await pod.run(pod.ada, ['key', 'enroll', fingerprintOf(second), ...own]);
    const claim = await pod.claimed();
    await pod.attested(pod.ada, claim, '--confirm', ...own);
    const { view } = await pod.attested(pod.ada, claim, '--confirm', '--key', second);
    expect(view).toMatchObject({ verdict: 'supported', confirmations: 1 });
    expect(view.humans.map(({ doesNotCount }) => doesNotCount)).toEqual(['the person answered again', undefined]);
  });
});
