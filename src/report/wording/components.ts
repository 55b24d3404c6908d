import type { RepositoryDiagnosis } from '../../core/debt/diagnosis.ts';
import { bare, counted } from './numbers.ts';

export interface ComponentLine {
  readonly name: string;
  readonly now: string;
  readonly before: string;
}

export interface OwnedComponents {
  readonly owners: string;
  readonly lines: readonly ComponentLine[];
}

/** So many are read on a page; JSON has all. */
const most = 20;

/** The tree of a repository: whose parts of it changed. Of many those with most changes; the rest is counted. */
export function componentTree({ components }: RepositoryDiagnosis): {
  readonly groups: readonly OwnedComponents[];
  readonly others: number;
} {
  const busiest = components.toSorted((a, b) => b.changes.now - a.changes.now || b.changes.before - a.changes.before);
  const shown = new Set(busiest.slice(0, most));
  const groups = new Map<string, ComponentLine[]>();
  for (const component of components.filter((each) => shown.has(each))) {
    const { id, owners, people, changes } = component;
    const all = [...owners, ...(people === 0 ? [] : [`${counted(people, 'person', 'people')} each`])];
    const owner = all.length === 0 ? 'nobody' : all.join(', ');
    const name = id === '' ? 'files that no rule covers' : id;
    groups.set(owner, [...(groups.get(owner) ?? []), { name, now: bare(changes.now), before: bare(changes.before) }]);
  }
  return { groups: [...groups].map(([owners, lines]) => ({ owners, lines })), others: components.length - shown.size };
}

export const componentsMean =
  'Parts of the repository as CODEOWNERS or factum.yaml divides it, by who owns them: how many changes touched each. A change may touch several.';
