import { join } from 'node:path';
import { describe, test } from 'vitest';
import { aPod, enrolled, type TestPod } from '../make/pod.ts';
import { fingerprintOf, makeSshKey } from '../make/person.ts';
import { lacks } from '../needs.ts';
import { transcriptIn, type Transcript } from './transcript.ts';

// What people read who enrol, attest, dispute and remove: as they see it, with keys of their own.

describe.skipIf(lacks('git', 'sshKeygen'))('persons', () => {
  test('keys: made, enrolled, vouched for, listed, removed', async () => {
    const pod = await aPod();
    const spare = makeSshKey(join(pod.bob.home, 'spare'));
    const made = join(pod.cyd.home, 'own');
    const { ada, bob, cyd, agent, transcript } = scene(pod);
    await ada.run('key list');
    await agent.run('key enroll --as ada@example.org');
    await ada.run('key enroll');
    await ada.run('key enroll --as dan@example.org');
    await ada.run('key enroll --as ada@example.org');
    await bob.run('key enroll --as bob@example.org');
    await ada.run('key list');
    await ada.run('key enroll bob@example.org');
    await ada.run('key enroll bob@example.org', ['y']);
    await bob.run('key enroll');
    await bob.run(`key enroll --as bob@example.org --key ${spare}`);
    await ada.run(`key enroll ${fingerprintOf(spare)}`);
    await ada.run(`key remove ${fingerprintOf(spare)} --reason "lost laptop"`, ['y']);
    await ada.run('key list');
    await ada.run(`key remove ${fingerprintOf(spare)} --reason "lost laptop"`);
    await ada.run('key allowed-signers');
    await cyd.run('key new');
    await cyd.run(`key new --file ${made} --name cyd@example.org --without-passphrase`);
    await cyd.run(`key new --file ${made} --without-passphrase`);
    await transcript.matches('keys');
  });

  test('a look of their own: blind, signed, disputed, shown', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed();
    const { ada, bob, cyd, agent, transcript } = scene(pod);
    await ada.run('inbox --as dan@example.org');
    await ada.run('inbox --as ada@example.org');
    await cyd.run('inbox --as cyd@example.org');
    await agent.run(`attest ${claim} --confirm`);
    await ada.run(`attest ${claim}`);
    await ada.run(`attest ${claim}`, ['perhaps', 'confirm', 'read it']);
    await ada.run('inbox --as ada@example.org');
    await bob.run(`attest ${claim} --confirm --dispute`);
    await bob.run(`attest ${claim} --confirm --reveal`);
    await bob.run(`attest ${claim} --dispute`, ['y']);
    await cyd.run(`attest ${claim} --abstain --as cyd@example.org`);
    await ada.run(`show ${claim}`);
    await transcript.matches('attest');
  });

  test('asked again, when what was found has changed', async () => {
    const pod = await aPod();
    await enrolled(pod);
    const claim = await pod.claimed('--standing');
    await pod.attested(pod.ada, claim, '--confirm');
    pod.repository.git('rm', '-q', 'sums.txt');
    pod.repository.commit('fix: no sums', { 'other.txt': '' });
    await pod.run(pod.ada, ['verify', claim, '--trust'], { exit: 1 });
    const { ada, transcript } = scene(pod);
    await ada.run('inbox --as ada@example.org');
    await ada.run('list');
    await ada.run(`show ${claim}`);
    await transcript.matches('asked-again');
  });
});

interface Scene {
  readonly transcript: Transcript;
  readonly ada: Pick<Transcript, 'run'>;
  readonly bob: Pick<Transcript, 'run'>;
  readonly cyd: Pick<Transcript, 'run'>;
  readonly agent: Pick<Transcript, 'run'>;
}

function scene(pod: TestPod): Scene {
  const hidden = { [pod.ada.home]: '<ada>', [pod.bob.home]: '<bob>', [pod.cyd.home]: '<cyd>' };
  const transcript = transcriptIn(pod.ada, pod.repository.dir, hidden);
  return {
    transcript,
    ada: transcript.by('ada', pod.ada),
    bob: transcript.by('bob', pod.bob),
    cyd: transcript.by('cyd', pod.cyd),
    agent: transcript.by('agent', pod.agent),
  };
}
