import { FactumError } from './core/errors.ts';
import { openRepository, type Repository } from './host/git/repository.ts';

// Asking git takes as long as loading the rest of the program does, so a command begins with it.

/** A repository that is being opened. */
export interface Opening {
  readonly dir: string;
  readonly repository: Promise<Repository | undefined>;
}

/** Opens the repository around a folder, where the command line names no other. */
export function beginOpening(argv: readonly string[], folder: () => string): { readonly opening?: Opening } {
  if (!/^[a-z]/.test(argv[0] ?? '') || argv.some((word) => word.startsWith('--repo'))) return {};
  try {
    return { opening: openingOf(folder()) };
  } catch {
    return {};
  }
}

/** What goes wrong is told where the repository is needed. */
export function openingOf(dir: string): Opening {
  const repository = repositoryAround(dir);
  repository.catch(() => undefined);
  return { dir, repository };
}

/** Outside a repository Factum works too, with `.factum` as its folder. */
export async function repositoryAround(dir: string): Promise<Repository | undefined> {
  try {
    return await openRepository(dir, { trusted: false });
  } catch (thrown) {
    if (thrown instanceof FactumError && thrown.code === 'NO_REPOSITORY') return undefined;
    throw thrown;
  }
}
