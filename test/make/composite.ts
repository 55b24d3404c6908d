import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { z } from 'zod';
import { parse } from 'yaml';

const Step = z.strictObject({
  id: z.string().optional(),
  if: z.string().optional(),
  uses: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  shell: z.literal('bash').optional(),
  env: z.record(z.string(), z.string()).optional(),
  run: z.string().optional(),
});
export type Step = z.infer<typeof Step>;

/** A composite action's own file: https://docs.github.com/en/actions/reference/metadata-syntax-for-github-actions */
const CompositeAction = z.strictObject({
  name: z.string(),
  description: z.string().max(125),
  inputs: z.record(z.string(), z.strictObject({ description: z.string(), default: z.string() })).optional(),
  runs: z.strictObject({ using: z.literal('composite'), steps: z.array(Step) }),
});

export function stepsOf(path: string): readonly Step[] {
  return CompositeAction.parse(parse(readFileSync(path, 'utf8'))).runs.steps;
}

/** Expressions within scripts: what stands in a pull request would be run. */
export function expressionsIn(steps: readonly Step[]): readonly string[] {
  return steps.flatMap(({ run = '' }) => [...run.matchAll(/\$\{\{.*?\}\}/gs)].map(([expression]) => expression));
}

/** What a runner gives to a job. */
export interface Job {
  /** The folder of the action's own file, in a copy of the repository that it comes from. */
  readonly action: string;
  readonly workspace: string;
  readonly temp: string;
  readonly env: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
}

export interface JobEnded {
  /** Of the first step that failed, else 0. */
  readonly exit: number;
  readonly log: string;
  /** What `actions/upload-artifact` was given. */
  readonly artifact?: Buffer;
}

/**
 * Runs a composite action's own steps as a runner does: each script by bash, after a failed one only those that say so.
 * Actions of others are played: `setup-node` puts this Node in front, `upload-artifact` keeps the file.
 */
export async function runJob(steps: readonly Step[], job: Job): Promise<JobEnded> {
  const values = new Map(Object.entries(job.inputs ?? {}).map(([name, value]) => [`inputs.${name}`, value]));
  values.set('runner.temp', job.temp);
  const filled = (text: string): string =>
    text.replaceAll(/\$\{\{ (.*?) \}\}/g, (whole, name: string) => values.get(name) ?? whole);
  let ended: JobEnded = { exit: 0, log: '' };
  let path = job.env['PATH'] ?? '';
  for (const { id = '', if: when, uses = '', with: given, run, env = {} } of steps) {
    if (ended.exit !== 0 && when !== 'always()') continue;
    if (uses.startsWith('actions/setup-node@')) path = `${dirname(process.execPath)}${delimiter}${path}`;
    else if (uses.startsWith('actions/upload-artifact@')) {
      const file = filled(String(given?.['path']));
      if (existsSync(file)) ended = { ...ended, artifact: readFileSync(file) };
    } else if (uses === '' && run !== undefined) {
      const own = Object.entries(env).map(([name, value]) => [name, filled(value)]);
      const { exit, log, outputs } = await runScript(run, {
        ...job,
        env: { ...job.env, PATH: path, ...Object.fromEntries(own) },
      });
      for (const [name, value] of outputs) values.set(`steps.${id}.outputs.${name}`, value);
      ended = { ...ended, exit, log: ended.log + log };
    } else throw new Error(`nobody plays ${uses}`);
  }
  return ended;
}

interface ScriptEnded {
  readonly exit: number;
  readonly log: string;
  readonly outputs: readonly (readonly [name: string, value: string])[];
}

function runScript(script: string, { action, workspace, temp, env }: Job): Promise<ScriptEnded> {
  const output = join(temp, 'output');
  writeFileSync(output, '');
  const own = { GITHUB_ACTION_PATH: action, GITHUB_OUTPUT: output, RUNNER_TEMP: temp };
  const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script];
  return new Promise((done) => {
    execFile('bash', args, { cwd: workspace, env: { ...env, ...own } }, (error, stdout, stderr) => {
      const exit = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      const outputs = readFileSync(output, 'utf8')
        .split('\n')
        .filter((line) => line.includes('='))
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)] as const);
      done({ exit, log: stdout + stderr, outputs });
    });
  });
}
