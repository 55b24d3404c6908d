import { hash } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { envelopeSigner } from '../../src/host/envelope-signer.ts';
import { machineKeys } from '../../src/host/keys.ts';
import type { Attestation } from '../../src/core/claim/attestation.ts';
import type { ClaimView } from '../../src/core/claim/view.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { testRoom, type TestRepository } from '../repository.ts';
import { aPerson, type TestPerson } from './person.ts';
import { aClock, inWorld, type Ran, type TestWorld, type Ticking } from './world.ts';

/** A repository with a pod of three humans; an agent works on Ada's machine, with all that is hers. */
export interface TestPod {
  readonly repository: TestRepository;
  readonly clock: Ticking;
  readonly ada: TestPerson;
  readonly bob: TestPerson;
  readonly cyd: TestPerson;
  readonly agent: TestWorld;
  /** The same person with other variables. */
  withEnv(who: TestWorld, env: Readonly<Record<string, string>>): TestWorld;
  /** Fails unless the command ends with `exit`, by default 0. */
  run(who: TestWorld, line: readonly string[], how?: { exit?: number; answers?: readonly string[] }): Promise<Ran>;
  /** The agent says that a file is there; Ada's machine looks. Answers the claim's id. */
  claimed(...options: readonly string[]): Promise<string>;
  attested(who: TestWorld, claim: string, ...options: readonly string[]): Promise<Attested>;
  shown(claim: string): Promise<ClaimView>;
  /** The ledger below the operations, which refuse some of what a test wants to write. */
  store(): Store;
}

export interface Attested {
  readonly attestation: Attestation;
  readonly doesNotCount?: string;
  readonly machine: ClaimView;
  readonly view: ClaimView;
}

export const configuration = `version: 1
pods:
  - id: sums
    members:
      humans: [{ id: ada@example.org, name: Ada }, { id: bob@example.org, name: Bob }, { id: cyd@example.org }]
      agents: [claude-code]
`;

export async function aPod(): Promise<TestPod> {
  const room = testRoom();
  onTestFinished(room.remove);
  const repository = room.repository();
  repository.at('2026-01-01T00:00:00Z');
  repository.commit('feat: sums', { 'factum.yaml': configuration, 'sums.txt': '1 + 1 = 2\n' });
  const clock = aClock();
  const [ada, bob, cyd] = await Promise.all([
    aPerson('ada@example.org', clock),
    aPerson('bob@example.org', clock),
    aPerson('cyd@example.org', clock),
  ]);
  const withEnv: TestPod['withEnv'] = (who, env) => inWorld({ ...who.env, ...env }, who.home, clock);

  const agent = withEnv(ada, { CLAUDECODE: '1' });

  const run: TestPod['run'] = async (who, line, { exit = 0, answers } = {}) => {
    const ran = await who.factum(repository.dir, line, answers);
    expect(ran.exit, `${line.join(' ')}: ${ran.out}${ran.err}`).toBe(exit);
    return ran;
  };

  return {
    repository,
    clock,
    ada,
    bob,
    cyd,
    agent,
    withEnv,
    run,
    async claimed(...options) {
      const part = ['--part', 'file-matches:{"paths":["sums.txt"]}'];
      const { out } = await run(agent, ['claim', 'sums are there', ...part, ...options, '--json']);
      const { id } = JSON.parse(out).claim;
      await run(ada, ['verify', id, '--trust']);
      return id;
    },
    async attested(who, claim, ...options) {
      const { out } = await run(who, ['attest', claim, ...options, '--json']);
      return JSON.parse(out);
    },
    async shown(claim) {
      return JSON.parse((await run(ada, ['show', claim, '--json'])).out).claim;
    },
    store: () => storeOf(ada, repository),
  };
}

/** A repository's ledger below the operations, with the machine key of one who works there. */
export function storeOf({ home }: TestWorld, { dir }: TestRepository): Store {
  const store = openStore({
    dir: join(dir, '.git/factum'),
    keys: machineKeys(join(home, '.config/factum')),
    signerOf: envelopeSigner,
    sha256: (bytes) => hash('sha256', bytes),
    redact: (text) => text,
  });
  onTestFinished(() => store.close());
  return store;
}

/** Ada is first; Bob asks, Ada vouches for him, and he for his machine. */
export async function enrolled(pod: TestPod, others: readonly TestPerson[] = [pod.bob]): Promise<void> {
  await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id]);
  for (const person of others) {
    await pod.run(person, ['key', 'enroll', '--as', person.id]);
    await pod.run(pod.ada, ['key', 'enroll', person.fingerprint]);
    await pod.run(person, ['key', 'enroll']);
  }
}
