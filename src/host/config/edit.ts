import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Verifier } from '../../core/claim/verifier.ts';
import { configFileName } from '../../core/config/config.ts';
import { parseConfig } from '../../core/config/parse.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { writeConfig } from './write.ts';

/**
 * Replaces `factum.yaml` by what `edit` makes of it, unless that would not be a configuration: then it throws
 * CONFIG_SYNTAX or CONFIG_INVALID and nothing is written. Answers the digest by which it is trusted.
 */
export async function editConfig(
  dir: string,
  edit: (text: string) => string,
  verifiers: readonly Verifier[],
): Promise<{ readonly path: string; readonly digest: string }> {
  const text = edit(await readFile(join(dir, configFileName), 'utf8'));
  parseConfig(text, verifiers);
  const path = await writeConfig(dir, text, { replace: true });
  return { path, digest: nodeCrypto().hash('sha256', text) };
}
