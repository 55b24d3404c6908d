import type { DetectedCheck } from './detect.ts';

/** What `factum init` finds by looking. */
export interface Survey {
  readonly repository: string;
  readonly checks: readonly DetectedCheck[];
  /** Command that prepares a clean checkout, with the reason. */
  readonly setup?: { readonly command: string; readonly because: string };
  readonly humans: readonly { readonly id: string; readonly name: string; readonly commits: number }[];
  readonly agents: readonly { readonly id: string; readonly because: string }[];
  /** Owners and their globs, from CODEOWNERS. */
  readonly owners: readonly { readonly owner: string; readonly paths: readonly string[] }[];
  readonly ciFiles: readonly string[];
  readonly remote?: string;
  readonly defaultBranch?: string;
}
