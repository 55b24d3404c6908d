import { readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import type { HookFiles } from '../core/agent/hook-file.ts';
import { exclude, include } from './git/exclude.ts';
import { fireCanary } from './canary.ts';
import { makeConfigurationFolder, userHome } from './configuration-folder.ts';
import { forAll, makeFolder } from './make-folder.ts';
import { nodeCrypto } from './node-crypto.ts';
import { replaceFile } from './replace-file.ts';

interface Places {
  /** The repository. */
  readonly dir: string;
  /** Git's own folder of it; absent outside a repository. */
  readonly commonDir?: string;
  /** Factum's folder in the user's configuration. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** What a file was before Factum wrote to it. */
interface Before {
  readonly path: string;
  readonly before: string | null;
  readonly after: string;
}

export function hookFilesIn({ dir, commonDir, folder, env }: Places): HookFiles {
  async function seenByGit(change: typeof exclude, local: string): Promise<void> {
    if (commonDir === undefined) return;
    try {
      await change(commonDir, local);
    } catch (cause) {
      throw new FactumError('HOOK_FILE', `${commonDir}/info/exclude cannot be used: ${messageOf(cause)}`, { cause });
    }
  }

  const memory = (path: string): string => join(folder, 'hooks', `${digest(path)}.json`);
  return {
    command(agent, scope) {
      const factum = scope === 'project' ? 'factum' : `${quoted(process.execPath)} ${quoted(process.argv[1] ?? '')}`;
      return `${factum} gate ${agent}`;
    },
    async read(place, scope) {
      const name = place[scope] ?? place.project;
      const path = join(scope === 'user' ? userHome() : dir, name);
      return { path, text: await textIn(path), ...(scope === 'local' ? { local: name } : {}) };
    },
    async add({ path, text, local }, after) {
      await makeConfigurationFolder(join(folder, 'hooks'));
      const before: Before = { path, before: text ?? null, after: digest(after) };
      // A second installation must not forget what the first one found.
      const kept = await beforeOf(memory(path));
      const first =
        kept !== undefined && kept.after === digest(text ?? '') ? { ...before, before: kept.before } : before;
      await writeText(memory(path), JSON.stringify(first));
      if (local !== undefined) await seenByGit(exclude, local);
      await writeText(path, after);
    },
    async restore({ path, text, local }, without) {
      const kept = await beforeOf(memory(path));
      const back = kept !== undefined && kept.after === digest(text ?? '') ? kept.before : without;
      if (back === null || back === undefined) await rm(path, { force: true });
      else await writeText(path, back);
      if (local !== undefined) await seenByGit(include, local);
      await rm(memory(path), { force: true });
    },
    fire: (command, dialect) => fireCanary(command, dialect, env),
  };
}

async function beforeOf(path: string): Promise<Before | undefined> {
  const text = await textIn(path);
  return text === undefined ? undefined : (JSON.parse(text) as Before);
}

async function textIn(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return undefined;
    throw new FactumError('HOOK_FILE', `${path} cannot be read: ${messageOf(cause)}`, { cause });
  }
}

async function writeText(path: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(path), forAll);
    await replaceFile(path, text);
  } catch (cause) {
    throw new FactumError('HOOK_FILE', `${path} cannot be written: ${messageOf(cause)}`, { cause });
  }
}

function digest(text: string): string {
  return nodeCrypto().hash('sha256', text);
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
