import { delimiter, isAbsolute } from 'node:path';

/** One `key = value` of git's configuration, given for one command only. */
export type Setting = readonly [key: string, value: string];

/** In force for every command, trusted or not: nothing of the repository runs merely because somebody looks at it. */
const always: readonly Setting[] = [
  ['advice.graftFileDeprecated', 'false'],
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.pager', 'cat'],
  ['core.quotePath', 'true'],
  ['core.splitIndex', 'false'],
  ['color.ui', 'false'],
  ['log.showSignature', 'false'],
  ['submodule.recurse', 'false'],
];

/** Variables of git's that belong to the user's own set-up; all others point somewhere or switch something on. */
const ownVariables =
  /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|(?:KEY|VALUE)_[0-9]+)|SSH(?:_COMMAND|_VARIANT)?|SSL_\w+|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/;

/**
 * Git frees what it compared after each commit, and glibc gives the top of the heap back at once only to ask for it again:
 * a tenth of `git log --numstat`, a quarter in small histories (mallopt(3); bytes). Other libraries do not know the names.
 */
const keptMemory = {
  MALLOC_MMAP_THRESHOLD_: String(32 * 1024 * 1024),
  MALLOC_TRIM_THRESHOLD_: String(64 * 1024 * 1024),
  MALLOC_TOP_PAD_: String(1024 * 1024),
};

/** The environment of a git command: the user's, without what redirects git, prompts, or lets the repository choose a program. */
export function hardenedEnvironment(
  inherited: Readonly<Record<string, string | undefined>>,
  neutral: readonly Setting[],
): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!entry[0].startsWith('GIT_') || ownVariables.test(entry[0])),
  );
  const env = Object.fromEntries(kept);
  const known = Number(env['GIT_CONFIG_COUNT'] ?? 0);
  const settings = [...always, ...neutral];
  for (const [offset, [key, value]] of settings.entries()) {
    env[`GIT_CONFIG_KEY_${known + offset}`] = key;
    env[`GIT_CONFIG_VALUE_${known + offset}`] = value;
  }
  return {
    ...env,
    PATH: (env['PATH'] ?? '').split(delimiter).filter(isAbsolute).join(delimiter),
    GIT_CONFIG_COUNT: String(known + settings.length),
    GIT_ALLOW_PROTOCOL: 'https:ssh:file',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    GIT_OPTIONAL_LOCKS: '0',
    // Written as the buffer is full, not commit by commit: both sides wake less often.
    GIT_FLUSH: '0',
    ...keptMemory,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    SSH_ASKPASS_REQUIRE: 'never',
    LC_ALL: 'C',
    LANGUAGE: '',
  };
}

const noPrograms = ['--no-ext-diff', '--no-textconv', '--ignore-submodules=dirty'] as const;

/** Nothing but what is asked for is fetched, and nothing but the ref that it is fetched to is written. */
const onlyThat = [
  '--no-tags',
  '--no-filter',
  '--no-prune',
  '--no-recurse-submodules',
  '--no-auto-maintenance',
  '--no-write-fetch-head',
  '--no-write-commit-graph',
  '--refmap=',
] as const;

/** Objects and refs, and nothing that a template or the other side would have run or checked out. */
const onlyHistory = ['--bare', '--quiet', '--template=', '--no-hardlinks', '--no-recurse-submodules'] as const;

/** Every git command that Factum uses, with the flags it always gets. Others, and so all aliases, are refused. */
export const gitCommands: Readonly<Record<string, readonly string[]>> = Object.freeze({
  branch: [],
  'cat-file': [],
  'check-attr': [],
  'check-ignore': [],
  clone: onlyHistory,
  'commit-tree': ['--no-gpg-sign'],
  config: [],
  describe: [],
  diff: noPrograms,
  'diff-files': noPrograms,
  'diff-index': noPrograms,
  'diff-tree': noPrograms,
  fetch: onlyThat,
  'for-each-ref': [],
  log: noPrograms,
  grep: ['--no-textconv', '--no-recurse-submodules'],
  'hash-object': ['--no-filters'],
  'ls-files': [],
  'ls-remote': [],
  'ls-tree': [],
  'merge-base': [],
  mktree: [],
  'patch-id': [],
  push: ['--no-verify', '--no-follow-tags', '--no-recurse-submodules', '--no-signed'],
  remote: [],
  'rev-list': [],
  'rev-parse': [],
  show: noPrograms,
  'show-ref': [],
  status: ['--ignore-submodules=dirty'],
  'symbolic-ref': [],
  'update-index': [],
  'update-ref': [],
  version: [],
  worktree: [],
  'write-tree': [],
});

/** remote.<name>.uploadpack and receivepack are command lines of the repository's choice. */
const otherEnds: Readonly<Record<string, readonly string[]>> = {
  clone: ['--upload-pack=git-upload-pack'],
  fetch: ['--upload-pack=git-upload-pack'],
  'ls-remote': ['--upload-pack=git-upload-pack'],
  push: ['--receive-pack=git-receive-pack'],
};

/** The arguments that git really gets; undefined when Factum has no use for the command. */
export function hardenedArguments(args: readonly string[], trusted: boolean): readonly string[] | undefined {
  const [command = '', ...rest] = args;
  const flags = Object.hasOwn(gitCommands, command) ? gitCommands[command] : undefined;
  if (flags === undefined) return undefined;
  return ['--no-pager', command, ...flags, ...(trusted ? [] : (otherEnds[command] ?? [])), ...rest];
}
