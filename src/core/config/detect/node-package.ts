import { z } from 'zod';
import { deferred } from '../../deferred.ts';
import type { PartKind } from '../../claim/part.ts';
import type { DetectedCheck } from '../detect.ts';
import { succeeds, testsPass } from './detected.ts';
import { exitsOf } from './known-exits.ts';
import { firstOf, has, type Listing, type SetupCommand } from './listing.ts';
import { reporterArguments } from './node-runner.ts';

const Texts = deferred(() => z.record(z.string(), z.string()));
const Manifest = deferred(() =>
  z.object({
    scripts: Texts.catch({}).default({}),
    dependencies: Texts.catch({}).default({}),
    devDependencies: Texts.catch({}).default({}),
    packageManager: z.string().optional().catch(undefined),
  }),
);
type Manifest = z.infer<typeof Manifest>;

type Scripts = Manifest['scripts'];

type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

const lockFiles: Readonly<Record<string, PackageManager>> = {
  'pnpm-lock.yaml': 'pnpm',
  'yarn.lock': 'yarn',
  'bun.lock': 'bun',
  'bun.lockb': 'bun',
  'package-lock.json': 'npm',
  'npm-shrinkwrap.json': 'npm',
};

/** Names under which packages keep these scripts, the usual one first. */
const scriptNames: readonly (readonly [kind: PartKind, names: readonly string[]])[] = [
  ['build-succeeds', ['build', 'compile']],
  ['lint-clean', ['lint', 'lint:check', 'lint:ci', 'check:lint']],
  ['types-check', ['typecheck', 'type-check', 'types', 'check-types', 'check:types', 'types:check', 'tsc']],
];

export function nodeChecks(listing: Listing): readonly DetectedCheck[] {
  const manifest = readManifest(listing);
  if (manifest === undefined) return [];
  const manager = managerOf(listing, manifest);
  const others = scriptNames.flatMap(([kind, names]) => {
    const name = names.find((candidate) => isCheck(manifest, candidate));
    if (name === undefined) return [];
    const script = manifest.scripts[name] ?? '';
    return [succeeds(kind, `${manager} run ${name}`, becauseOf(name, script), exitsBehind(manifest.scripts, script))];
  });
  return [...testCheck(manifest, manager), ...others];
}

export function nodeSetup(listing: Listing): readonly SetupCommand[] {
  const manifest = readManifest(listing);
  if (manifest === undefined) return [];
  const lock = firstOf(listing, ...Object.keys(lockFiles));
  switch (managerOf(listing, manifest)) {
    case 'npm':
      return lock === undefined
        ? [{ command: 'npm install --no-package-lock', because: 'package.json without a lock file' }]
        : [{ command: 'npm ci', because: lock }];
    case 'pnpm':
      return [{ command: 'pnpm install --frozen-lockfile', because: lock ?? 'package.json: packageManager' }];
    case 'yarn': {
      const immutable = has(listing, 'yarn.lock', /^__metadata:/m) ? '--immutable' : '--frozen-lockfile';
      return [{ command: `yarn install ${immutable}`, because: lock ?? 'package.json: packageManager' }];
    }
    case 'bun':
      return [{ command: 'bun install --frozen-lockfile', because: lock ?? 'package.json: packageManager' }];
  }
}

function readManifest(listing: Listing): Manifest | undefined {
  return manifestOf(listing.files.has('package.json') ? listing.read('package.json') : undefined);
}

/** The scripts of a `package.json`; none where it is not one. */
export function scriptsOf(text: string): Scripts {
  return manifestOf(text)?.scripts ?? {};
}

function manifestOf(text: string | undefined): Manifest | undefined {
  if (text === undefined) return undefined;
  try {
    return Manifest.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: npm could not run its scripts either
  }
}

function managerOf(listing: Listing, { packageManager }: Manifest): PackageManager {
  const named = (['npm', 'pnpm', 'yarn', 'bun'] as const).find((manager) => packageManager?.startsWith(`${manager}@`));
  const lock = firstOf(listing, ...Object.keys(lockFiles));
  return named ?? (lock === undefined ? undefined : lockFiles[lock]) ?? 'npm';
}

function testCheck(manifest: Manifest, manager: PackageManager): readonly DetectedCheck[] {
  const script = manifest.scripts['test'] ?? '';
  if (!isCheck(manifest, 'test') || script.includes('no test specified')) return [];
  const plain = manager === 'npm' ? 'npm test' : `${manager} run test`;
  const added = reporterArguments(script, { ...manifest.dependencies, ...manifest.devDependencies });
  const separator = manager === 'npm' ? ['--'] : []; // the others hand on whatever follows the script's name
  const command = added.length === 0 ? plain : [plain, ...separator, ...added].join(' ');
  return [testsPass(command, becauseOf('test', script))];
}

function becauseOf(name: string, script: string): string {
  return `package.json: scripts.${name} is ${JSON.stringify(script)}`;
}

/** Exit codes by which every program of the script, `npm run x` and `a && b` followed, says "no". */
function exitsBehind(scripts: Scripts, script: string, depth = 0): readonly number[] {
  const sets = script.split('&&').map((command) => {
    const name = /^(?:npm|pnpm|yarn|bun) run ([\w:-]+)$/.exec(command.trim())?.[1];
    const meant = name === undefined ? undefined : scripts[name];
    return meant === undefined || depth > 5 ? exitsOf(command) : exitsBehind(scripts, meant, depth + 1);
  });
  return (sets[0] ?? []).filter((code) => sets.every((set) => set.includes(code)));
}

/** A script that ends by itself, changes no source and does not come back to Factum. */
function isCheck(manifest: Manifest, name: string): boolean {
  const script = Object.hasOwn(manifest.scripts, name) ? manifest.scripts[name] : undefined;
  if (script === undefined || script.trim() === '') return false;
  if (/\s--(?:fix|write|watch|watchAll)(?:[\s=]|$)(?!false)|\bnodemon\b|\bvitest (?:watch|dev)\b/.test(script))
    return false;
  return !comesBack(manifest, name);
}

/** Follows scripts that name scripts; a word that only looks like a script's name costs a detection, never a loop. */
function comesBack({ scripts }: Manifest, name: string): boolean {
  const reached = new Set([name, `pre${name}`, `post${name}`]);
  for (const next of reached) {
    const words = (scripts[next] ?? '').split(/[\s;&|"'()]+/);
    if (words.some((word) => /(?:^|\/)factum(?:@|$)/.test(word))) return true;
    for (const word of words) {
      const prefix = word.replace(/\*+$/, '');
      const named = Object.keys(scripts).filter((key) => key === word || (prefix !== word && key.startsWith(prefix)));
      for (const key of named) for (const found of [key, `pre${key}`, `post${key}`]) reached.add(found);
    }
  }
  return false;
}
