import { join } from 'node:path';

/** Folder of published test vectors; `test/fixtures/vectors/README.md` says whose they are. */
export function vectorFolder(name: string): string {
  return join(import.meta.dirname, 'fixtures/vectors', name);
}
