import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of published test vectors, or undefined where they are not installed. */
export function vectorFolder(name: string): string | undefined {
  const data = process.env['FACTUM_TEST_DATA'] ?? resolve(import.meta.dirname, '../../shared/data');
  const folder = join(data, 'vectors', name);
  return existsSync(folder) ? folder : undefined;
}
