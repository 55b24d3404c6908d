import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join } from 'node:path';
import { constants, Script } from 'node:vm';
import { crc32 } from 'node:zlib';
import { makeFolder } from './host/make-folder.ts';

// Compiling the functions that a command calls takes much of its time. Node's own compile cache keeps a file as it is
// before it has run, without most of them; what is kept here is taken when the command has ended, with all of them.

/** Where this user's compiled code of a command is. Not in the temporary folder: there others could plant code. */
export function compiledFor(command: string, env: NodeJS.ProcessEnv): string | undefined {
  const { XDG_CACHE_HOME: cache = '', HOME: home = '' } = env;
  const parent = isAbsolute(cache) ? cache : join(home, '.cache');
  return isAbsolute(parent) && /^[a-z-]+$/.test(command) ? join(parent, 'factum', 'compiled', command) : undefined;
}

/**
 * Loads a CommonJS file and those that it requires by a relative path, with the code that an earlier run left in `kept`,
 * and leaves there what this one compiled. The files are ASCII (`scripts/ascii-only.ts`). Code that is damaged or of another
 * build is as good as none.
 */
export function loadCompiled(entry: string, kept: string | undefined): unknown {
  const before = kept === undefined ? nothing : readKept(kept);
  const scripts = new Map<string, Script>();
  const modules = new Map<string, { exports: unknown }>();
  const outside = createRequire(entry);
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known !== undefined) return known.exports;
    const text = readFileSync(path);
    const mark = markOf(path, text);
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${text.toString('latin1')}\n})`,
      {
        filename: path,
        cachedData: before.get(mark),
        importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
      },
    );
    scripts.set(mark, script);
    const module = { exports: {} };
    modules.set(path, module);
    const run = script.runInThisContext() as (...given: readonly unknown[]) => void;
    const require = (name: string): unknown =>
      name.startsWith('./') ? load(join(dirname(path), name)) : outside(name);
    run(module.exports, require, module, path, dirname(path));
    return module.exports;
  };
  // An answer was given: what nobody would ask again, such as a mistyped command, is not kept.
  if (kept !== undefined) process.once('exit', (code) => code <= 1 && keep(kept, before, scripts));
  return load(entry);
}

/** Names a file with all of its text, so code of another build is never taken for its own. */
function markOf(path: string, text: Uint8Array): string {
  return `${crc32(text)} ${text.length} ${path}`;
}

function pathOf(mark: string): string {
  return mark.split(' ').slice(2).join(' ');
}

type Kept = ReadonlyMap<string, Buffer>;
const nothing: Kept = new Map();

/** One line of JSON, then the code of each file in its order. */
interface Head {
  readonly files: readonly { readonly mark: string; readonly bytes: number }[];
  /** Of all code. V8 does not look for damage, it would die of it. */
  readonly sum: number;
}

function readKept(path: string): Kept {
  try {
    const content = readFileSync(path);
    const end = content.indexOf('\n');
    const { files, sum } = JSON.parse(content.toString('utf8', 0, end)) as Head;
    const code = content.subarray(end + 1);
    if (sum !== crc32(code)) return nothing;
    let from = 0;
    return new Map(files.map(({ mark, bytes }) => [mark, code.subarray(from, (from += bytes))]));
  } catch {
    return nothing;
  }
}

function keep(path: string, before: Kept, scripts: ReadonlyMap<string, Script>): void {
  // V8 takes no code of another V8, nor any that was compiled under other flags.
  if ([...scripts].every(([mark, script]) => before.has(mark) && script.cachedDataRejected !== true)) return;
  const others = [...before].filter(([mark]) => !scripts.has(mark) && existsSync(pathOf(mark)));
  const all = [...others, ...[...scripts].map(([mark, script]) => [mark, script.createCachedData()] as const)];
  const code = Buffer.concat(all.map(([, data]) => data));
  const files = all.map(([mark, data]) => ({ mark, bytes: data.length }));
  const head: Head = { files, sum: crc32(code) };
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    makeFolder(dirname(path));
    writeFileSync(unfinished, Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), code]), { mode: 0o600 });
    renameSync(unfinished, path);
  } catch {
    // A home that cannot be written is no hindrance: the next run compiles again. A full disk keeps no half of it.
    if (existsSync(unfinished)) rmSync(unfinished);
  }
}
