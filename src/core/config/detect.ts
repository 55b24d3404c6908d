import type { PartKind } from '../claim/part.ts';
import { buildToolChecks, buildToolSetup } from './detect/build-tools.ts';
import { compiledChecks, compiledSetup } from './detect/compiled.ts';
import type { Listing, SetupCommand } from './detect/listing.ts';
import { makefileChecks } from './detect/makefile.ts';
import { nodeChecks, nodeSetup } from './detect/node-package.ts';
import { pythonChecks, pythonSetup } from './detect/python.ts';

/** A check that was found by looking at a repository's own files. */
export interface DetectedCheck {
  readonly kind: PartKind;
  readonly verifier: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What was found and where: `package.json: scripts.test is "vitest run"`. */
  readonly because: string;
}

type Reader = (path: string) => string | undefined;

/** Checks at the top of a repository; nothing is run. Of several of one kind the first is the most likely. */
export function detect(files: readonly string[], read: Reader): readonly DetectedCheck[] {
  const listing: Listing = { files: new Set(files), read };
  const found = [nodeChecks, compiledChecks, pythonChecks, buildToolChecks].flatMap((look) => look(listing));
  const kinds = new Set(found.map(({ kind }) => kind));
  return [...found, ...makefileChecks(listing).filter(({ kind }) => !kinds.has(kind))];
}

/** What prepares a clean checkout so that the checks can run there. */
export function detectSetup(files: readonly string[], read: Reader): SetupCommand | undefined {
  const listing: Listing = { files: new Set(files), read };
  const found = [nodeSetup, compiledSetup, pythonSetup, buildToolSetup].flatMap((look) => look(listing));
  if (found.length === 0) return undefined;
  return {
    command: found.map(({ command }) => command).join(' && '),
    because: found.map(({ because }) => because).join('; '),
  };
}
