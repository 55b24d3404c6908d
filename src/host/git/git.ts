import { couldNotLook, type CouldNotLook, type GitAnswer, type Seen, seen } from '../../core/ports.ts';
import type { GitStream } from '../../core/signal/source.ts';
import { hardenedArguments, hardenedEnvironment, type Setting } from './hardening.ts';
import { neutralised, type ScopedSetting, scopedSettings } from './local-commands.ts';
import { runProgram } from './program.ts';
import { streamGit } from './stream.ts';

export interface GitOptions {
  readonly input?: string;
  /** `latin1` keeps every byte of path names, in input and output alike. Default `utf8`. */
  readonly encoding?: 'utf8' | 'latin1';
  /** Added to the hardened environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** For this command only, after all others. */
  readonly settings?: readonly Setting[];
  /** Default 60,000. */
  readonly timeoutMs?: number;
  /** Of standard output; default 64 MiB. */
  readonly maxBytes?: number;
  /** Default: the folder that was opened. */
  readonly dir?: string;
  /** It reads names and paths only, and so runs nothing whatever the configuration says: it need not wait for that. */
  readonly namesOnly?: boolean;
}

/** The `git` program, hardened against the repository it looks at. */
export interface Git {
  readonly dir: string;
  readonly trusted: boolean;
  /** Any exit code is an answer; only what kept git from answering is a hindrance. */
  run(args: readonly string[], options?: GitOptions): Promise<Seen<GitAnswer>>;
  /** The same for output of any length, read as it comes. */
  stream(args: readonly string[], options?: Pick<GitOptions, 'input' | 'env' | 'settings'>): GitStream;
  /** What the repository's own configuration would run, and what stands in for it. Empty once it is trusted. */
  neutralised(dir?: string): Promise<Seen<readonly Setting[]>>;
  /** The last value of a setting; its key as git lists it, in lower case. Undefined: there is none, or git cannot tell. */
  setting(key: string): Promise<string | undefined>;
}

/** `trusted`: this user trusts the repository's own configuration; its hooks, fsmonitor and diff programs stay off. */
export function openGit({ dir, trusted }: { readonly dir: string; readonly trusted: boolean }): Git {
  const known = new Map<string, Promise<Seen<readonly ScopedSetting[]>>>();

  function settingsOf(where: string): Promise<Seen<readonly ScopedSetting[]>> {
    const settings = known.get(where) ?? readSettings(where);
    known.set(where, settings);
    return settings;
  }

  async function neutralisedIn(where: string): Promise<Seen<readonly Setting[]>> {
    if (trusted) return seen([]);
    const settings = await settingsOf(where);
    return settings.ok ? seen(neutralised(settings.value)) : settings;
  }

  async function run(args: readonly string[], options: GitOptions = {}): Promise<Seen<GitAnswer>> {
    const where = options.dir ?? dir;
    const hardened = hardenedArguments(args, trusted);
    if (hardened === undefined) return notUsed(args);
    const settings = options.namesOnly === true ? seen([]) : await neutralisedIn(where);
    if (!settings.ok) return settings;
    return answer(hardened, where, settings.value, options);
  }

  function stream(args: readonly string[], { input = '', env = {}, settings: own = [] }: GitOptions = {}): GitStream {
    const hardened = hardenedArguments(args, trusted);
    return streamGit(hardened ?? [], async () => {
      if (hardened === undefined) return notUsed(args);
      const settings = await neutralisedIn(dir);
      if (!settings.ok) return settings;
      return seen({ dir, input, env: { ...hardenedEnvironment(process.env, [...settings.value, ...own]), ...env } });
    });
  }

  async function setting(key: string): Promise<string | undefined> {
    const settings = await settingsOf(dir);
    return settings.ok ? settings.value.findLast((each) => each.key === key)?.value : undefined;
  }

  return { dir, trusted, run, stream, neutralised: (where = dir) => neutralisedIn(where), setting };
}

function notUsed([command = '']: readonly string[]): CouldNotLook {
  return couldNotLook('not-allowed', `git ${command} is not a command Factum uses`);
}

/** Standard output of a command that must succeed. */
export async function outputOf(git: Git, args: readonly string[], options: GitOptions = {}): Promise<Seen<string>> {
  const done = await git.run(args, options);
  if (!done.ok) return done;
  if (done.value.exit === 0) return seen(done.value.stdout);
  const where = options.dir ?? git.dir;
  return couldNotLook('broken', `git ${args[0] ?? ''} in ${where} failed: ${done.value.stderr.trim()}`);
}

/** `git config` itself runs nothing. Outside a repository it lists the user's own settings only. */
async function readSettings(dir: string): Promise<Seen<readonly ScopedSetting[]>> {
  const listing = await answer(['config', '--list', '--includes', '--show-scope', '-z'], dir, [], {});
  if (!listing.ok) return listing;
  if (listing.value.exit !== 0) {
    return couldNotLook('broken', `git config --list in ${dir} failed: ${listing.value.stderr.trim()}`);
  }
  return seen(scopedSettings(listing.value.stdout));
}

function answer(
  args: readonly string[],
  dir: string,
  settings: readonly Setting[],
  options: GitOptions,
): Promise<Seen<GitAnswer>> {
  return runProgram('git', args, {
    dir,
    env: { ...hardenedEnvironment(process.env, [...settings, ...(options.settings ?? [])]), ...options.env },
    input: options.input ?? '',
    encoding: options.encoding ?? 'utf8',
    timeoutMs: options.timeoutMs ?? 60_000,
    maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
  });
}
