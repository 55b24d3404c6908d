import { constants, readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrno } from '../../core/errno.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import { type Config, configFileName, maxConfigBytes } from '../../core/config/config.ts';
import { defaultConfig } from '../../core/config/default-config.ts';
import { detect, type DetectedCheck } from '../../core/config/detect.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import type { Settings } from '../../core/operation.ts';
import { readSmallFile } from './small-file.ts';
import { nodeCrypto } from '../node-crypto.ts';

/** What the repository's own files say, and the digest by which this user trusts it. */
export interface LoadedSettings extends Settings {
  /**
   * SHA-256, hex: of the bytes of factum.yaml that were read; where there is none, of the folder and the detected
   * commands, so that a command that is new asks again.
   */
  readonly trustDigest: string;
}

/** Reads `factum.yaml` at the top of a repository. Throws CONFIG_FILE, CONFIG_SYNTAX or CONFIG_INVALID; runs nothing. */
export async function loadSettings(
  { name, dir }: { readonly name: string; readonly dir: string },
  verifiers: readonly Verifier[],
): Promise<LoadedSettings> {
  const bytes = await readConfig(dir);
  const read = (path: string) => readSmallFile(dir, path);
  const config = bytes === undefined ? defaultConfig(name) : await parsedConfig(textOf(bytes), verifiers, read);
  let looked: readonly DetectedCheck[] | undefined;
  const loaded: LoadedSettings = {
    config,
    configured: bytes !== undefined,
    // Looked for when first asked: most commands never need it.
    get detected() {
      looked ??= detect(buildFiles(dir), read);
      return looked;
    },
    get trustDigest() {
      if (bytes !== undefined) return nodeCrypto().hash('sha256', bytes);
      return nodeCrypto().hash(
        'sha256',
        JSON.stringify([dir, loaded.detected.map(({ options }) => options['command'])]),
      );
    },
  };
  return loaded;
}

/** YAML is loaded where there is some. */
export async function parsedConfig(
  text: string,
  verifiers: readonly Verifier[],
  read: (path: string) => string | undefined,
): Promise<Config> {
  const { parseConfig } = await import('../../core/config/parse.ts');
  const { withOwnedPaths } = await import('../../core/config/owned-paths.ts');
  return withOwnedPaths(parseConfig(text, verifiers), read);
}

/** Undefined: there is none. */
async function readConfig(dir: string): Promise<Buffer | undefined> {
  const path = join(dir, configFileName);
  try {
    // Neither a named pipe put in its place may hold us, nor a link have us quote a file from elsewhere.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stat = await file.stat();
      if (!stat.isFile()) throw new FactumError('CONFIG_FILE', `${path} is not a regular file`);
      if (stat.size > maxConfigBytes) {
        throw new FactumError('CONFIG_FILE', `${path} has ${stat.size} bytes; at most ${maxConfigBytes} are read`);
      }
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT')) return undefined;
    if (thrown instanceof FactumError) throw thrown;
    const why = isErrno(thrown, 'ELOOP')
      ? 'is a symbolic link; it must be a file'
      : `cannot be read: ${messageOf(thrown)}`;
    throw new FactumError('CONFIG_FILE', `${path} ${why}`, { cause: thrown });
  }
}

export function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new FactumError('CONFIG_FILE', `${configFileName} is not UTF-8 text`, { cause });
  }
}

/** Folders below the top in which detection looks for marks. */
const markedFolders = ['bin', 'spec', 'test', 'tests'] as const;

function buildFiles(dir: string): readonly string[] {
  const below = markedFolders.flatMap((folder) => filesIn(join(dir, folder)).map((name) => `${folder}/${name}`));
  return [...filesIn(dir), ...below];
}

function filesIn(dir: string): readonly string[] {
  try {
    return readdirSync(dir).toSorted();
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return [];
    throw thrown;
  }
}
