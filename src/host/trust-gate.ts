import { grantsOf } from '../core/config/grants.ts';
import { FactumError } from '../core/errors.ts';
import { visible } from '../core/visible.ts';
import type { LoadedSettings } from './config/load.ts';
import type { Trust } from './trust.ts';
import { nodeCrypto } from './node-crypto.ts';

export interface TrustGateOptions {
  readonly trust: Trust;
  readonly settings: LoadedSettings;
  readonly dir: string;
  /** The caller vouches for the repository, as CI does. */
  readonly vouched: boolean;
  /** Undefined where nobody can answer. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  now(): string;
  redact(text: string): string;
}

/** Between what a repository wants and the user: nothing of it happens before this lets it through. */
export interface TrustGate {
  isOpen(): Promise<boolean>;
  /** Throws NOT_TRUSTED, with what is wanted, unless the user trusts it. */
  pass(wanted: readonly string[]): Promise<void>;
  /** Remembers the configuration as it is now; answers its digest. */
  record(): Promise<string>;
}

export function trustGate({ trust, settings, dir, vouched, ask, now, redact }: TrustGateOptions): TrustGate {
  let open = vouched;

  async function isOpen(): Promise<boolean> {
    open ||= await trust.isTrusted(settings.trustDigest, dir);
    return open;
  }

  async function record(): Promise<string> {
    await trust.record(settings.trustDigest, dir, now());
    open = true;
    return settings.trustDigest;
  }

  /** Throws unless the answer is yes. */
  async function demand(wanted: readonly string[], source: string): Promise<void> {
    const list = wanted.map((each) => `  ${visible(each).replaceAll('\n', '\n      ')}`);
    const shown = redact(`${source} in ${visible(dir)} would do this as you:\n${list.join('\n')}`);
    const answer = await ask?.(`${shown}\nTrust it? [y/N] `);
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new FactumError('NOT_TRUSTED', shown);
  }

  async function pass(wanted: readonly string[]): Promise<void> {
    if (vouched || wanted.length === 0) return;
    const granted = new Set(grantsOf(settings).map(({ what }) => what));
    const own = wanted.filter((each) => granted.has(each));
    if (own.length > 0 && !(await isOpen())) {
      await demand(own, settings.configured ? 'factum.yaml' : 'what the build files define');
      await record();
    }
    // A command that came with a claim is in no configuration: each is trusted for itself.
    for (const command of wanted.filter((each) => !granted.has(each))) {
      const digest = nodeCrypto().hash('sha256', JSON.stringify(['claimed command', command]));
      if (await trust.isTrusted(digest, dir)) continue;
      await demand([command], 'a claim');
      await trust.record(digest, dir, now());
    }
  }

  return { isOpen, pass, record };
}
