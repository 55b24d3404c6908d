import { z } from 'zod';
import { deferred } from '../deferred.ts';
import type { RunRequest, Workspace } from '../ports.ts';

/** Options of every verifier that runs a command. */
export const LocalRunOptions = deferred(() =>
  z.object({
    command: z
      .string()
      .min(1)
      .max(2000)
      .describe('shell command line; {reports} stands for a folder for machine reports'),
    dir: z.string().optional().describe('folder in which it runs, relative to the top of the repository'),
    timeout: z
      .string()
      .regex(/^[1-9][0-9]*(?:s|m|h)$/, 'a time such as 90s, 10m or 1h')
      .optional()
      .describe('default: run.timeout of factum.yaml'),
    env: z
      .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'a variable name'), z.string())
      .default({})
      .describe('variables that the command gets; not for secrets, name those in run.env of factum.yaml'),
    baseline: z.boolean().default(true).describe('after a refutation, run the same at the merge base'),
  }),
);
export type LocalRunOptions = Readonly<z.infer<typeof LocalRunOptions>>;

const unitMs = { s: 1000, m: 60_000, h: 3_600_000 } as const;

export function runRequest(
  options: LocalRunOptions,
  workspace: Workspace,
  collect: readonly string[] = [],
): RunRequest {
  const { command, dir, timeout, env } = options;
  const settings = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}; `);
  return {
    workspace,
    command: `${settings.join('')}${command}`,
    ...(dir !== undefined && { dir }),
    ...(timeout !== undefined && {
      timeoutMs: Number(timeout.slice(0, -1)) * unitMs[timeout.slice(-1) as 's' | 'm' | 'h'],
    }),
    ...(collect.length > 0 && { collect }),
  };
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
