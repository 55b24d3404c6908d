import type { Config } from '../../core/config/config.ts';
import type { OpenHistory } from '../../core/operation.ts';

export interface BranchRead {
  /** What git is asked for: `HEAD` where the default branch is checked out, or nobody says which one it is. */
  readonly revision: string;
  /** Its name, where another one is checked out. */
  readonly name?: string;
}

type Asked = Pick<OpenHistory, 'git'> & { readonly config?: Pick<Config, 'git'> };

/** Nobody calls a branch so on which something is prepared. */
const usual = ['main', 'master', 'trunk'];

/** The branch that is read: by factum.yaml, else by what the remote said; as it is here or was fetched, whichever is newer. */
export async function defaultBranch({ git, config }: Asked): Promise<BranchRead> {
  const remote = `refs/remotes/${config?.git.remote ?? 'origin'}`;
  const lines = async (format: string, ...refs: readonly string[]): Promise<readonly string[]> => {
    const told = await git(['for-each-ref', `--format=${format}`, ...refs]);
    return told.ok && told.value.exit === 0 ? told.value.stdout.trimEnd().split('\n') : [];
  };
  const refs = await lines('%(HEAD)%(refname):%(symref)', 'refs/heads', `${remote}/HEAD`);
  const checkedOut = refs.find((line) => line.startsWith('*'))?.slice('*refs/heads/'.length, -1);
  const head = ` ${remote}/HEAD:${remote}/`;
  const named = config?.git.default_branch;
  const name = named ?? refs.find((line) => line.startsWith(head))?.slice(head.length);
  // Who checks out a commit asks for that one.
  if (checkedOut === undefined || name === undefined || name === checkedOut) return { revision: 'HEAD' };
  // What the remote said is of the day of the clone: the branch may be called so only since.
  if (named === undefined && usual.includes(checkedOut)) return { revision: 'HEAD' };
  const found = await lines('%(committerdate:unix) %(refname)', `refs/heads/${name}`, `${remote}/${name}`);
  const [newest] = found.toSorted((one, other) => parseInt(other) - parseInt(one));
  const revision = newest?.slice(newest.indexOf(' ') + 1);
  return revision === undefined || revision === '' ? { revision: 'HEAD' } : { revision, name };
}
