import { FactumError } from '../core/errors.ts';
import type { LoadedSettings } from './config/load.ts';
import type { Trust } from './trust.ts';

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

/** Between a repository's own commands and the user: nothing of it runs before this lets it through. */
export interface TrustGate {
  isOpen(): Promise<boolean>;
  /** Throws NOT_TRUSTED, with the commands, unless the user trusts them. */
  pass(commands: readonly string[]): Promise<void>;
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

  async function pass(commands: readonly string[]): Promise<void> {
    if (commands.length === 0 || (await isOpen())) return;
    const source = settings.configured ? `of factum.yaml in ${dir}` : `found in the build files of ${dir}`;
    const shown = redact(`commands ${source} would run as you:\n${commands.map((each) => `  ${each}`).join('\n')}`);
    const answer = await ask?.(`These ${shown}\nTrust them? [y/N] `);
    if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new FactumError('NOT_TRUSTED', shown);
    await record();
  }

  return { isOpen, pass, record };
}
