import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { Variables } from './variables.ts';

interface Tool {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** Files at the workspace's top that suggest it. */
  readonly files: RegExp;
}

const tools: readonly Tool[] = [
  { name: 'node', argv: ['node', '--version'], files: /^package\.json$/ },
  { name: 'bun', argv: ['bun', '--version'], files: /^bun\.lockb?$/ },
  { name: 'deno', argv: ['deno', '--version'], files: /^deno\.(?:jsonc?|lock)$/ },
  { name: 'go', argv: ['go', 'version'], files: /^go\.(?:mod|work)$/ },
  { name: 'rustc', argv: ['rustc', '--version'], files: /^Cargo\.toml$/ },
  {
    name: 'python',
    argv: ['python3', '--version'],
    files: /^(?:pyproject\.toml|setup\.(?:py|cfg)|tox\.ini|Pipfile|requirements.*\.txt)$/,
  },
  { name: 'ruby', argv: ['ruby', '--version'], files: /^Gemfile$/ },
  { name: 'php', argv: ['php', '--version'], files: /^composer\.json$/ },
  { name: 'java', argv: ['java', '-version'], files: /^(?:pom\.xml|build\.gradle(?:\.kts)?)$/ },
];

/** Version lines of the tools that the workspace's files suggest, as a command in `dir` would find them. */
export async function toolchainOf(
  dir: string,
  files: readonly string[],
  variables: Variables,
): Promise<Readonly<Record<string, string>>> {
  const suggested = tools.filter((tool) => files.some((file) => tool.files.test(file)));
  const versions = await Promise.all(
    suggested.map(async ({ name, argv }) => [name, await versionOf(argv, dir, variables)]),
  );
  return Object.fromEntries(versions);
}

async function versionOf([program, ...args]: Tool['argv'], dir: string, variables: Variables): Promise<string> {
  const path = await onPath(program, variables['PATH'] ?? '');
  if (path === undefined) return 'not found';
  if (path === (await realpath(process.execPath))) return process.version;
  return new Promise((resolve) => {
    const options = { cwd: dir, env: { ...variables }, timeout: 10_000, killSignal: 'SIGKILL' } as const;
    // Java prints its version as an error; whatever fails is told apart by its message.
    execFile(program, args, options, (error, stdout, stderr) => {
      resolve((stdout || stderr || error?.message || 'no answer').split('\n', 1)[0] ?? '');
    });
  });
}

async function onPath(program: string, path: string): Promise<string | undefined> {
  for (const folder of path.split(delimiter)) {
    const file = join(folder, program);
    const found = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return realpath(file);
  }
  return undefined;
}
