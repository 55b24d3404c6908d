import { FactumError } from '../core/errors.ts';
import { attestNamespace } from '../core/ledger/key-record.ts';
import { formatPublicKeyLine, publicKeyFingerprint } from '../core/ledger/ssh-key.ts';
import type { HumanSigner } from '../core/operation.ts';
import { userHome } from './configuration-folder.ts';
import type { Git } from './git/git.ts';
import { findHumanKey } from './human-key.ts';
import { humanKeyRefusal } from './running-agent.ts';
import { nodeSshsigPorts } from './signatures.ts';
import { signAsHuman, type SigningPlace } from './ssh-keygen.ts';

/** Where a human gives a command. */
export interface HumanPlace extends SigningPlace {
  /** Where the human stands. */
  readonly dir: string;
  readonly git?: Git;
}

/**
 * The key of the human at this terminal; nothing is signed before `sign`.
 * Throws HUMAN_KEY_REFUSED where an agent or a CI job runs, HUMAN_KEY_MISSING, HUMAN_KEY_AMBIGUOUS, HUMAN_KEY_UNUSABLE.
 */
export async function humanSigner(named: string | undefined, place: HumanPlace): Promise<HumanSigner> {
  refuseWhatIsNoHuman(place.env);
  const { dir, git, env } = place;
  const found = await findHumanKey({
    home: homeIn(env),
    dir,
    ...(git === undefined ? {} : { git }),
    ...(named === undefined ? {} : { named }),
  });
  return {
    keyid: publicKeyFingerprint(found.key, nodeSshsigPorts.sha256),
    publicKeyLine: formatPublicKeyLine(found.key),
    assurance: 'application' in found.key ? 'presence' : 'software',
    sign: async (message) => new TextEncoder().encode(await signAsHuman(found, message, attestNamespace, place)),
  };
}

/** Throws HUMAN_KEY_REFUSED. */
export function refuseWhatIsNoHuman(env: SigningPlace['env']): void {
  const job = env['CI'] === 'true' ? 'a CI job runs this command: CI is true; only a human can attest' : undefined;
  const refusal = humanKeyRefusal(env) ?? job;
  if (refusal !== undefined) throw new FactumError('HUMAN_KEY_REFUSED', refusal);
}

export function homeIn(env: SigningPlace['env']): string {
  return env['HOME'] || userHome();
}
