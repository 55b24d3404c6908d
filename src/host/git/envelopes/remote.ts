import { FactumError } from '../../../core/errors.ts';
import type { GitAnswer, Seen } from '../../../core/ports.ts';
import type { Git, GitOptions } from '../git.ts';
import { errorOf } from '../repository.ts';
import { must } from './tree.ts';

/** The one ref of a remote that Factum reads and writes. */
export const envelopesRef = 'refs/factum/envelopes';

/** A git remote, spoken to about one ref only. Its methods throw REMOTE_UNREACHABLE. */
export interface EnvelopeRemote {
  readonly name: string;
  /** Where the ref points there; undefined: there is none. */
  tip(): Promise<string | undefined>;
  /** Brings the ref here, whatever it was before; false: somebody else is at it, or it has gone. */
  fetch(into: string): Promise<boolean>;
  /** Undefined when the remote took it, else what git says. Never forced. */
  push(commit: string): Promise<string | undefined>;
}

const patience = { timeoutMs: 300_000 } as const;

/** Named, else the one that the branch follows, else `origin`, else the only one. Throws NO_REMOTE. */
export async function chooseRemote(git: Git, named: string | undefined, branch: string | undefined): Promise<string> {
  if (named?.startsWith('-') === true) throw new FactumError('USAGE', `${named} is no name of a remote`);
  if (named !== undefined) return named;
  const names = (await must(git, ['remote'])).split('\n').filter((name) => name !== '');
  const followed = branch === undefined ? undefined : await git.setting(`branch.${branch}.remote`);
  const usual = [followed, 'origin'].find((name) => name !== undefined && names.includes(name));
  const chosen = usual ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined) return chosen;
  const which = names.length === 0 ? 'this repository has no remote' : `there are several remotes: ${names.join(', ')}`;
  throw new FactumError('NO_REMOTE', which);
}

export function envelopeRemote(git: Git, name: string): EnvelopeRemote {
  async function ask(args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
    const answer: Seen<GitAnswer> = await git.run(args, { ...patience, ...options });
    if (answer.ok) return answer.value;
    throw answer.why === 'time-out' ? unreachable(name, answer.message) : errorOf(answer);
  }

  return {
    name,
    async tip() {
      const { exit, stdout, stderr } = await ask(['ls-remote', '--refs', '--', name, envelopesRef]);
      if (exit !== 0) throw unreachable(name, stderr);
      const line = stdout.split('\n').find((each) => each.endsWith(`\t${envelopesRef}`));
      return line?.slice(0, line.indexOf('\t'));
    },
    async fetch(into) {
      const { exit, stderr } = await ask(['fetch', '--quiet', '--', name, `+${envelopesRef}:${into}`]);
      if (exit === 0) return true;
      if (/couldn't find remote ref|cannot lock ref|unable to update local ref/.test(stderr)) return false;
      throw unreachable(name, stderr);
    },
    async push(commit) {
      const end = await otherEnd(git, name);
      const args = ['push', '--quiet', ...end.flags, '--', name, `${commit}:${envelopesRef}`];
      const { exit, stderr } = await ask(args, { env: end.env });
      return exit === 0 ? undefined : stderr.trim();
    },
  };
}

/** What is this user's own machine at the other end runs as this user: nothing of that repository may choose a program. */
const receivePack = [
  'git',
  ...['core.hooksPath=/dev/null', 'core.alternateRefsCommand=:', 'core.fsmonitor=false', 'receive.autogc=false'].map(
    (setting) => `-c ${setting}`,
  ),
  'receive-pack',
].join(' ');

/** The transport is fixed too, so that no rewriting of addresses makes a local one of another. */
async function otherEnd(git: Git, name: string) {
  const pushed = await git.run(['remote', 'get-url', '--push', '--all', '--', name]);
  const urls =
    pushed.ok && pushed.value.exit === 0
      ? pushed.value.stdout
      : await must(git, ['ls-remote', '--get-url', '--', name]);
  return urls.trim().split('\n').every(isLocal)
    ? { flags: [`--receive-pack=${receivePack}`], env: { GIT_ALLOW_PROTOCOL: 'file' } }
    : { flags: [], env: { GIT_ALLOW_PROTOCOL: 'https:ssh' } };
}

/** As git tells a path from `host:path`. */
function isLocal(url: string): boolean {
  return /^file:\/\//i.test(url) || !/^[^/]*:/.test(url);
}

function unreachable(name: string, said: string): FactumError {
  return new FactumError('REMOTE_UNREACHABLE', `remote ${name} cannot be asked: ${said.trim()}; nothing was lost`);
}
