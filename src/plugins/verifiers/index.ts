import type { Verifier } from '../../core/claim/verifier.ts';
import { changeMade } from './change-made.ts';
import { commandSucceeds } from './command-succeeds.ts';
import { commitOnBranch } from './commit-on-branch.ts';
import { dnsResolves } from './dns-resolves.ts';
import { fileMatches } from './file-matches.ts';
import { httpResponds } from './http-responds.ts';
import { notReverted } from './not-reverted.ts';
import { packagePublished } from './package-published.ts';
import { pageRenders } from './page-renders.ts';
import { sqlReturns } from './sql-returns.ts';
import { testsNotWeakened } from './tests-not-weakened.ts';
import { testsPass } from './tests-pass.ts';
import { workingTreeClean } from './working-tree-clean.ts';

/** Every verifier. `test/lists.test.ts` compares it with this folder. */
export const verifiers: readonly Verifier[] = [
  changeMade,
  commandSucceeds,
  commitOnBranch,
  dnsResolves,
  fileMatches,
  httpResponds,
  notReverted,
  packagePublished,
  pageRenders,
  sqlReturns,
  testsNotWeakened,
  testsPass,
  workingTreeClean,
];
