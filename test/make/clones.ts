import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { ClaimView } from '../../src/core/claim/view.ts';
import type { Refused } from '../../src/core/ledger/admission.ts';
import { repositoryAt, type TestRepository, testRoom } from '../repository.ts';
import { aPerson, type TestPerson } from './person.ts';
import { configuration } from './pod.ts';
import { aClock, inWorld, type Ran, type TestWorld, type Ticking } from './world.ts';

/** A person on a machine of their own, with a clone of their own. */
export interface TestClone extends TestPerson {
  readonly repository: TestRepository;
  readonly clock: Ticking;
  /** Fails unless the command ends with `exit`, by default 0. */
  run(line: readonly string[], how?: { readonly exit?: number; readonly as?: TestWorld }): Promise<Ran>;
  sync(): Promise<Synced>;
  shown(claim: string): Promise<ClaimView>;
}

export interface Synced {
  readonly remote: string;
  readonly received: number;
  readonly sent: number;
  readonly refused: readonly Refused[];
}

export interface TestClones {
  /** A bare repository, the `origin` of all. */
  readonly remote: TestRepository;
  readonly ada: TestClone;
  readonly bob: TestClone;
  readonly cyd: TestClone;
  /** A folder that is removed with the test. */
  readonly room: string;
}

export async function threeClones(): Promise<TestClones> {
  const room = testRoom();
  onTestFinished(room.remove);
  const first = room.repository('first');
  first.at('2026-01-01T00:00:00Z');
  first.commit('feat: sums', { 'factum.yaml': configuration, 'sums.txt': '1 + 1 = 2\n' });
  const bare = join(room.dir, 'origin.git');
  execFileSync('git', ['clone', '--quiet', '--bare', first.dir, bare]);
  const clock = aClock();

  async function clone(id: string): Promise<TestClone> {
    const person = await aPerson(id, clock);
    const dir = join(room.dir, person.id, 'sums');
    execFileSync('git', ['clone', '--quiet', bare, dir]);
    const run: TestClone['run'] = async (line, { exit = 0, as = person } = {}) => {
      const ran = await as.factum(dir, line);
      expect(ran.exit, `${id}: ${line.join(' ')}: ${ran.out}${ran.err}`).toBe(exit);
      return ran;
    };
    return {
      ...person,
      repository: repositoryAt(dir),
      clock,
      run,
      sync: async () => JSON.parse((await run(['sync', '--json'])).out),
      shown: async (claim) => JSON.parse((await run(['show', claim, '--json'])).out).claim,
    };
  }

  const ada = await clone('ada@example.org');
  const bob = await clone('bob@example.org');
  return { remote: repositoryAt(bare), ada, bob, cyd: await clone('cyd@example.org'), room: room.dir };
}

/** Ada is first; Bob asks, Ada vouches for him, and he for his machine: all of it travels through the remote. */
export async function enrolledAcross({ ada, bob }: TestClones): Promise<void> {
  await ada.run(['key', 'enroll', '--as', ada.id]);
  await ada.sync();
  await bob.sync();
  await bob.run(['key', 'enroll', '--as', bob.id]);
  await bob.sync();
  await ada.sync();
  await ada.run(['key', 'enroll', bob.fingerprint]);
  await ada.sync();
  await bob.sync();
  await bob.run(['key', 'enroll']);
  await bob.sync();
}

/** An agent on this clone's machine says that a file is there, and the machine looks. Answers the claim's id. */
export async function claimedIn(clone: TestClone): Promise<string> {
  const agent = inWorld({ ...clone.env, CLAUDECODE: '1' }, clone.home, clone.clock);
  const line = ['claim', 'sums are there', '--part', 'file-matches:{"paths":["sums.txt"]}', '--json'];
  const { id } = JSON.parse((await clone.run(line, { as: agent })).out).claim;
  await clone.run(['verify', id, '--trust']);
  return id;
}
