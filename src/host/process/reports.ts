import type { BigIntStats } from 'node:fs';
import { glob, lstat, readFile, readdir, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { type CollectedFile, couldNotLook, type Seen, seen } from '../../core/ports.ts';

/** Where report files are looked for. */
export interface ReportPlaces {
  /** The run's own folder: everything in it is of this run. */
  readonly folder: string;
  readonly workspace: string;
  readonly collect: readonly string[];
}

/** What lay at the `collect` globs before the run, as far as it tells whether a file was written again. */
export type StaleFiles = ReadonlyMap<string, string>;

interface Found {
  readonly path: string;
  readonly file: string;
  readonly stat: BigIntStats;
}

const maxFiles = 5_000;
const maxBytes = 64 * 1024 * 1024;
/** Some file systems keep whole or even seconds only. */
const coarseMs = 2_000n;

/** To be called before the run: a report that is still the same afterwards is an old one, whatever the clocks say. */
export async function staleFiles({ workspace, collect }: ReportPlaces): Promise<Seen<StaleFiles>> {
  const found = await matching(workspace, collect);
  return found.ok ? seen(new Map(found.value.map(({ file, stat }) => [file, state(stat)]))) : found;
}

/** Reads what the run wrote. Part of the reports would tell part of the truth, so too many are no answer. */
export async function collectReports(
  places: ReportPlaces,
  stale: StaleFiles,
  startedAt: number,
): Promise<Seen<readonly CollectedFile[]>> {
  const own = await filesBelow(places.folder);
  const written = await matching(places.workspace, places.collect);
  if (!written.ok) return written;
  const fresh = written.value.filter(
    ({ file, stat }) => stale.get(file) !== state(stat) && stat.mtimeMs >= BigInt(startedAt) - coarseMs,
  );
  const files = [...own, ...fresh];
  const bytes = files.reduce((sum, { stat }) => sum + Number(stat.size), 0);
  if (files.length > maxFiles || bytes > maxBytes) {
    const limit = `at most ${maxFiles} files and ${maxBytes} bytes are read`;
    return couldNotLook('too-large', `the command wrote ${files.length} report files of ${bytes} bytes; ${limit}`);
  }
  const texts: CollectedFile[] = [];
  for (const { path, file } of files) texts.push({ path, text: await readFile(file, 'utf8') });
  return seen(texts);
}

function state({ ino, size, mtimeNs, ctimeNs }: BigIntStats): string {
  return [ino, size, mtimeNs, ctimeNs].join(' ');
}

async function filesBelow(folder: string): Promise<readonly Found[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(
    files.toSorted().map(async (file) => ({
      path: relative(folder, file),
      file,
      stat: await lstat(file, { bigint: true }),
    })),
  );
}

/** Regular files only: a link could lead to anything the user may read. */
async function matching(workspace: string, patterns: readonly string[]): Promise<Seen<readonly Found[]>> {
  const outside = patterns.find((pattern) => isAbsolute(pattern) || pattern.split(/[/\\]/).includes('..'));
  if (outside !== undefined) return couldNotLook('not-allowed', `report files outside the workspace: ${outside}`);
  if (patterns.length === 0) return seen([]);
  const found = new Map<string, Found>();
  try {
    for await (const path of glob([...patterns], { cwd: workspace, exclude: skippedBy(patterns) })) {
      const file = join(workspace, path);
      const stat = await lstat(file, { bigint: true });
      if (stat.isFile() && (await isInside(file, workspace))) found.set(path, { path, file, stat });
    }
  } catch (error) {
    return couldNotLook('broken', `report files could not be looked for: ${messageOf(error)}`);
  }
  return seen([...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1)));
}

/** Installed packages bring reports of their own; they are searched only when a glob names them. */
function skippedBy(patterns: readonly string[]): string[] {
  const folders = ['node_modules', '.git'].filter((name) => !patterns.some((pattern) => pattern.includes(name)));
  return folders.map((name) => `**/${name}`);
}

async function isInside(file: string, folder: string): Promise<boolean> {
  const [real, top] = await Promise.all([realpath(file), realpath(folder)]);
  return real.startsWith(top + sep);
}
