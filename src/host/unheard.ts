import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeConfigurationFolder } from './configuration-folder.ts';
import type { Unheard, UnheardOf } from '../core/agent/unheard.ts';

/** Nobody waits longer for what a session said. */
const keptMs = 24 * 3_600_000;

/** A file per claim in the user's configuration: a stop that claims nothing looks there before anything is opened. */
export function unheardIn(configuration: () => string): Unheard {
  const path = (claim: string): string => join(configuration(), 'unheard', claim);
  return {
    add: (claim, of) =>
      orElse(undefined, async () => {
        await makeConfigurationFolder(path(''));
        for (const old of await readdir(path(''))) if (await isOld(path(old))) await rm(path(old), { force: true });
        await writeFile(path(claim), JSON.stringify(of), { mode: 0o600 });
      }),
    of: (stop) =>
      orElse([], async () => {
        const claims = await readdir(path(''));
        const known = await Promise.all(claims.map(async (claim) => ({ claim, of: await read(path(claim)) })));
        return known.flatMap(({ claim, of }) => (of !== undefined && isSame(of, stop) ? [claim] : []));
      }),
    remove: (claim) => orElse(undefined, () => rm(path(claim), { force: true })),
  };
}

/** A hook that names no session names its folder. */
function isSame(of: UnheardOf, { agent, session, cwd }: UnheardOf): boolean {
  return of.agent === agent && of.session === session && (session !== undefined || of.cwd === cwd);
}

async function isOld(path: string): Promise<boolean> {
  return Date.now() - (await stat(path)).mtimeMs > keptMs;
}

function read(path: string): Promise<UnheardOf | undefined> {
  return orElse(undefined, async () => JSON.parse(await readFile(path, 'utf8')) as UnheardOf);
}

async function orElse<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    return otherwise;
  }
}
