import { readdir } from 'node:fs/promises';
import type { Environment } from '../../core/claim/evidence.ts';
import { dependencyMarks } from './dependencies.ts';
import { toolchainOf } from './toolchain.ts';
import type { Variables } from './variables.ts';
import { nodeCrypto } from '../node-crypto.ts';

/** Reads the environment of runs in a folder. Versions of tools are asked for once, dependencies every time. */
export function environmentReader(): (dir: string, variables: Variables) => Promise<Environment> {
  const toolchains = new Map<string, Promise<Readonly<Record<string, string>>>>();

  return async function read(dir, variables) {
    const files = await readdir(dir);
    const key = [dir, variables['PATH'], ...files.toSorted()].join('\0');
    const asked = toolchains.get(key) ?? toolchainOf(dir, files, variables);
    toolchains.set(key, asked);
    const [toolchain, dependencies] = await Promise.all([asked, dependencyMarks(dir)]);
    // The same set-up in two checkouts is the same environment.
    const values = Object.entries(variables).map(([name, value]) => [name, value.replaceAll(dir, '{workspace}')]);
    const digest = nodeCrypto()
      .createHash('sha256')
      .update(JSON.stringify([toolchain, dependencies, values]))
      .digest('hex');
    return { toolchain, digest, variables: Object.keys(variables) };
  };
}
