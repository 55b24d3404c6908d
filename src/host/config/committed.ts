import { codeownersPlaces } from '../../core/config/codeowners.ts';
import { type Config, configFileName, maxConfigBytes } from '../../core/config/config.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import { FactumError } from '../../core/errors.ts';
import { type Git, outputOf } from '../git/git.ts';
import { parsedConfig, textOf } from './load.ts';

/**
 * `factum.yaml` as HEAD has it, for a repository without a working tree; undefined where it has none. Runs nothing.
 * Throws CONFIG_FILE, CONFIG_SYNTAX or CONFIG_INVALID.
 */
export async function committedConfig(git: Git, verifiers: readonly Verifier[]): Promise<Config | undefined> {
  const there = await filesOfHead(git, [configFileName, ...codeownersPlaces]);
  const file = there.get(configFileName);
  if (file === undefined) return undefined;
  const place = `HEAD:${configFileName} of ${git.dir}`;
  if (!file.isRegular) throw new FactumError('CONFIG_FILE', `${place} is not a regular file`);
  if (file.bytes > maxConfigBytes) {
    throw new FactumError('CONFIG_FILE', `${place} has ${file.bytes} bytes; at most ${maxConfigBytes} are read`);
  }
  const owners = new Map<string, string>();
  for (const path of codeownersPlaces) {
    const found = there.get(path);
    const isRead = found !== undefined && found.isRegular && found.bytes <= maxConfigBytes;
    if (isRead) owners.set(path, (await contentOf(git, found.id)).toString());
  }
  return parsedConfig(textOf(await contentOf(git, file.id)), verifiers, (path) => owners.get(path));
}

interface CommittedFile {
  readonly id: string;
  readonly isRegular: boolean;
  readonly bytes: number;
}

/** A history that has not begun has no files. */
async function filesOfHead(git: Git, paths: readonly string[]): Promise<ReadonlyMap<string, CommittedFile>> {
  const listed = await outputOf(git, ['ls-tree', '-l', '-z', '--full-tree', 'HEAD', '--', ...paths]);
  const lines = listed.ok ? listed.value.split('\0').filter((line) => line !== '') : [];
  return new Map(
    lines.map((line) => {
      const [facts = '', path = ''] = line.split('\t');
      const [mode = '', , id = '', bytes] = facts.split(/ +/);
      return [path, { id, isRegular: mode.startsWith('100'), bytes: Number(bytes) }];
    }),
  );
}

async function contentOf(git: Git, id: string): Promise<Buffer> {
  const content = await outputOf(git, ['cat-file', 'blob', id], { encoding: 'latin1' });
  if (!content.ok) throw new FactumError('CONFIG_FILE', content.message);
  return Buffer.from(content.value, 'latin1');
}
