import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { HistoryMemory } from '../core/operation.ts';
import { userHome } from './configuration-folder.ts';
import { makeFolder } from './make-folder.ts';
import { forgetOld, markUsed } from './old-memories.ts';

/** Histories among what the user's programs may lose: `$XDG_CACHE_HOME/factum/histories`, else in `~/.cache`. Undefined: there is no home. */
export function memoryFolder(env: NodeJS.ProcessEnv): string | undefined {
  const given = env['XDG_CACHE_HOME'];
  if (given !== undefined && isAbsolute(given)) return join(given, 'factum', 'histories');
  try {
    return join(userHome(), '.cache', 'factum', 'histories');
  } catch {
    return undefined;
  }
}

/**
 * What was read of one repository, in the user's own folder and not in the repository's: it cannot bring one along. A file is
 * a digest over the program, the circumstances and the rest of it, then the parts, each serialized; another digest is no memory.
 */
export function historyMemory(folder: string, repository: string): HistoryMemory {
  const path = join(folder, `${sha256(repository).toString('hex')}.history`);
  let kept: Buffer | undefined;
  return {
    isEmpty: !existsSync(path),
    recall(circumstances) {
      try {
        const bytes = readFileSync(path);
        const value = bytes.subarray(digestLength);
        const isOwn = bytes.subarray(0, digestLength).equals(sha256(programDigest(), circumstances, value));
        if (!isOwn) return undefined;
        markUsed(path);
        const parts = deserialize(value) as ReadonlyMap<string, Uint8Array>;
        return (part) => deserialize(parts.get(part) ?? nothing) as unknown;
      } catch {
        return undefined;
      }
    },
    keep(circumstances, parts) {
      const bytes = serialize(new Map(Object.entries(parts).map(([part, value]) => [part, serialize(value)])));
      kept = Buffer.concat([sha256(programDigest(), circumstances, bytes), bytes]);
    },
    save() {
      const bytes = kept;
      kept = undefined;
      if (bytes !== undefined) write(path, bytes);
      return Promise.resolve();
    },
  };
}

const digestLength = 32;
const nothing = serialize(undefined);

/** Whole or not at all; who comes last wins. */
function write(path: string, bytes: Buffer): void {
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    makeFolder(dirname(path));
    try {
      writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o600 });
      renameSync(temporary, path);
    } finally {
      rmSync(temporary, { force: true });
    }
    forgetOld(dirname(path));
  } catch {
    // Nothing is lost but time.
  }
}

/** Each part with its length, so that no two lists of parts are the same bytes. */
function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest();
}

let known: string | undefined;

/** Of all files of this program and of what runs it: nothing that another one kept is taken for its own. */
function programDigest(): string {
  known ??= sha256(process.version, process.arch, ...programFiles()).toString('hex');
  return known;
}

/** The built program is one folder; from source this file is in a room of it. */
function programFiles(): readonly (string | Uint8Array)[] {
  const here = import.meta.dirname;
  if (import.meta.url.endsWith('.ts')) {
    const top = dirname(here);
    const files = readdirSync(top, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    return files.toSorted().map((name) => readFileSync(join(top, name)));
  }
  // A chunk's name stands for its text, and changes the text of who loads it: reading all takes as long as a small history.
  const names = readdirSync(here).toSorted();
  const entries = names.filter((name) => name.endsWith('.cjs') && !name.startsWith('chunk-'));
  return [...names, ...entries.map((name) => readFileSync(join(here, name)))];
}
