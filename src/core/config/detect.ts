import type { PartKind } from '../claim/part.ts';

/** A check that was found by looking at a repository's own files. */
export interface DetectedCheck {
  readonly kind: PartKind;
  readonly verifier: string;
  readonly options: Readonly<Record<string, unknown>>;
  /** What was found and where: `package.json: scripts.test is "vitest run"`. */
  readonly because: string;
}
