import { couldNotLook, type CouldNotLook, type RunResult, type Seen, seen, type Workspace } from '../../core/ports.ts';
import type { Git } from '../git/git.ts';
import { type Layout, layoutAt, takeTree } from '../git/tree-hash.ts';
import { changedBetween, type TreeSnapshot } from '../git/tree-snapshot.ts';

/** Watches the user's own working tree while commands run in it, whoever changes it. */
export interface TreeWatch {
  /** What the tree was when it was first looked at; evidence is bound to it. */
  before(): Promise<Seen<TreeSnapshot>>;
  /** Runs `command`, and adds the paths that differ from `before` afterwards. `waited`: it is looked at before as well. */
  during(workspace: Workspace, waited: boolean, command: () => Promise<Seen<RunResult>>): Promise<Seen<RunResult>>;
}

export function watchTree(git: Git, dir: string, layout?: Layout): TreeWatch {
  let first: Promise<Seen<TreeSnapshot>> | undefined;
  const before = (): Promise<Seen<TreeSnapshot>> => (first ??= takeTree(git, dir, layout));

  async function changedSince(known: TreeSnapshot): Promise<Seen<readonly string[]>> {
    const now = await takeTree(git, dir, layoutAt(known));
    return now.ok ? changedBetween(git, known, now.value) : now;
  }

  return {
    before,
    async during(workspace, waited, command) {
      const known = await before();
      if (!known.ok) return known;
      if (known.value.tree !== workspace.tree) return notTheTree([]);
      const meanwhile = waited ? await changedSince(known.value) : seen([]);
      if (!meanwhile.ok) return meanwhile;
      if (meanwhile.value.length > 0) return notTheTree(meanwhile.value);
      const result = await command();
      if (!result.ok) return result;
      const changed = await changedSince(known.value);
      return changed.ok ? seen({ ...result.value, changedPaths: changed.value }) : changed;
    },
  };
}

function notTheTree(changed: readonly string[]): CouldNotLook {
  const paths = changed.length === 0 ? '' : `: ${changed.join(', ')}`;
  return couldNotLook('broken', `the working tree changed before this run could begin, so look again${paths}`);
}
