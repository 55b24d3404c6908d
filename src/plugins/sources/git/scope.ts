import type { Codeowners } from '../../../core/config/codeowners.ts';
import { globMatcher } from '../../../core/glob.ts';
import type { Component } from '../../../core/signal/fact.ts';

/** What facts that sum up files are made for: the whole repository (no id), and each pod of several or of a part. */
export interface Scope {
  readonly id?: string;
  has(file: { readonly pods: readonly string[] }): boolean;
}

export function scopesOf(
  pods: readonly { readonly id: string; readonly paths: readonly string[] }[],
): readonly Scope[] {
  const parts = pods.filter(({ paths }) => !(pods.length === 1 && paths.includes('**')));
  return [
    { has: () => true },
    ...parts.map(({ id }) => ({ id, has: (file: { pods: readonly string[] }) => file.pods.includes(id) })),
  ];
}

/** A pod is never one person: `@organisation/team` is a team, `@name` may be anybody. */
export function isTeam(owner: string): boolean {
  return /^@[^@/]+\/./.test(owner);
}

interface Divided {
  readonly components: readonly Component[];
  /** Absent where nothing divides the repository. */
  readonly componentsOf?: (path: string) => readonly string[];
}

/** Components are the globs of configured pods, else the rules of CODEOWNERS, else there are none. */
export function dividing(
  pods: readonly { readonly id: string; readonly paths: readonly string[] }[],
  codeowners: Codeowners | undefined,
): Divided {
  if (pods.length > 0) return byGlobs(pods);
  if (codeowners === undefined) return { components: [] };
  const components = codeowners.rules.map(({ pattern, owners }) => {
    const teams = owners.filter(isTeam);
    return { id: pattern, owners: teams, people: owners.length - teams.length };
  });
  return { components, componentsOf: codeowners.rulesOf };
}

function byGlobs(pods: readonly { readonly id: string; readonly paths: readonly string[] }[]): Divided {
  const globs = [...new Set(pods.flatMap(({ paths }) => paths))];
  const matchers = globs.map((glob) => ({ glob, matches: globMatcher([glob]) }));
  return {
    components: globs.map((glob) => {
      const owners = pods.filter(({ paths }) => paths.includes(glob)).map(({ id }) => id);
      return { id: glob, owners, people: 0 };
    }),
    componentsOf: (path) => matchers.filter(({ matches }) => matches(path)).map(({ glob }) => glob),
  };
}
