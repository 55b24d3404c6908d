import type { SourcePorts } from '../../core/signal/source.ts';
import type { Git } from './git.ts';
import type { Setting } from './hardening.ts';

/** What a user or repository may have configured that would change what `git log` says of the same history. */
const asGitComes: readonly Setting[] = [
  ['log.showRoot', 'true'],
  ['log.mailmap', 'true'],
  ['mailmap.file', '/dev/null'],
  ['diff.renameLimit', '1000'],
  ['diff.submodule', 'short'],
  ['diff.orderFile', '/dev/null'],
  ['core.attributesFile', '/dev/null'],
  // What is larger has no lines for git.
  ['core.bigFileThreshold', '512m'],
  ['diff.algorithm', 'myers'],
  ['diff.indentHeuristic', 'true'],
  // The driver of files that have no other.
  ['diff.default.binary', 'auto'],
  ['diff.default.algorithm', 'myers'],
  ['diff.relative', 'false'],
  // With context git finds another difference at times: counts and hunks are of the same one, which is that of git blame.
  ['diff.context', '0'],
  ['diff.interHunkContext', '0'],
  ['diff.noprefix', 'false'],
  ['diff.mnemonicPrefix', 'false'],
];

/** What everybody on this machine is given: git has a variable for it and no setting. */
const env = { GIT_ATTR_NOSYSTEM: '1' };

function asItComes(names = 'HEAD'): readonly Setting[] {
  return [...asGitComes, ['mailmap.blob', `${names}:.mailmap`]];
}

/** The ports of a source that reads a repository's history; works in bare repositories too. */
export function historyPorts(git: Git): SourcePorts {
  return {
    git: (args, input = '', names) =>
      git.run(args, { input, encoding: 'latin1', env, settings: asItComes(names), timeoutMs: 600_000 }),
    gitStream: (args, input = '', names) => git.stream(args, { input, env, settings: asItComes(names) }),
  };
}
