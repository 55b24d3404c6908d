import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The package as `npm pack` makes it, installed in an empty folder. */
export interface InstalledPackage {
  readonly dir: string;
  /** Path names in the tarball, sorted. */
  readonly files: readonly string[];
  /** The installed binary, found as a shell in that folder would find it. */
  readonly binary: string;
}

/** npm as whoever clones this runs it, with caches and configuration that are there already. */
function npm(args: readonly string[], cwd: string): string {
  return execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Builds, packs and installs this package below `dir`. */
export function installPackage(dir: string): InstalledPackage {
  const [packed] = JSON.parse(
    npm(['pack', '--silent', '--json', '--pack-destination', dir], resolve('.')),
  ) as readonly {
    filename: string;
    files: readonly { path: string }[];
  }[];
  if (packed === undefined) throw new Error('npm pack made nothing');
  const home = join(dir, 'elsewhere');
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "name": "elsewhere", "private": true, "type": "module" }\n');
  npm(['install', '--no-audit', '--no-fund', '--omit=optional', join(dir, packed.filename)], home);
  const files = packed.files.map(({ path }) => path).toSorted();
  return { dir: home, files, binary: join(home, 'node_modules/.bin/factum') };
}

/** Runs a program to its end. */
export function run(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env } });
}

export function write(dir: string, path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}
