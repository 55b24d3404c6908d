import { git } from './git/git.ts';

/** Every source. `test/lists.test.ts` compares it with this folder. */
export const sources = [git] as const;
