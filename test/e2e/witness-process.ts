import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { factumProcess, heard } from './program.ts';

export interface WitnessProcess {
  readonly vkey: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** `factum witness serve` for a log, in a process and a folder of its own. */
export async function witnessProcess(
  log: string,
  env: Readonly<Record<string, string>>,
  atEnd: (cleanUp: () => Promise<void>) => void,
): Promise<WitnessProcess> {
  const dir = mkdtempSync(join(tmpdir(), 'factum-witness-'));
  const serve = ['witness', 'serve', '--dir', dir, '--log', log, '--port', '0'];
  const running = factumProcess(tmpdir(), serve, env);
  async function stop(): Promise<void> {
    running.child.kill();
    await running.ended;
  }
  atEnd(async () => {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  });
  const said = await heard(running, /listening on \S+/);
  return {
    vkey: /^vkey (\S+)/m.exec(said)?.[1] ?? '',
    url: /listening on (\S+)/.exec(said)?.[1] ?? '',
    stop,
  };
}
