import { randomUUIDv7 } from 'node:crypto';
import type { World } from './compose.ts';

/** This process, its terminal, its clock. */
export function realWorld(): World {
  const { env, stdin, stdout, stderr } = process;
  const hasColour = stdout.isTTY && (env['NO_COLOR'] ?? '') === '' && env['TERM'] !== 'dumb';
  return {
    cwd: process.cwd(),
    env,
    now: () => new Date().toISOString(),
    newId: () => randomUUIDv7(),
    terminal: {
      out: (text) => void stdout.write(text),
      err: (text) => void stderr.write(text),
      isInteractive: stderr.isTTY,
      paper: { width: Math.min(stdout.columns ?? 80, 120), colour: hasColour },
    },
    ...(stdin.isTTY && stderr.isTTY ? { ask } : {}),
  };
}

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}
