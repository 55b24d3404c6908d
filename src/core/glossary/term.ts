/** Where a definition comes from. Factum's own choices are said to be such wherever they are shown. */
export const termSources = {
  spec: "Human Machine Intelligence, the framework's specification documents (Duena Blomstrom), paraphrased",
  web: "the framework's other public pages (Duena Blomstrom), paraphrased",
  factum: "Factum's own choice",
} as const;
type TermSource = keyof typeof termSources;

export const termGroups = ['framework', 'word', 'verdict', 'outcome', 'part kind', 'scope'] as const;
export type TermGroup = (typeof termGroups)[number];

export interface Term {
  readonly term: string;
  readonly aliases: readonly string[];
  readonly group: TermGroup;
  readonly definition: string;
  /** Where the definition draws on several, the first is the main one. */
  readonly sources: readonly [TermSource, ...TermSource[]];
}

type Entry = readonly [term: string, definition: string, ...aliases: readonly string[]];

export function termsFrom(group: TermGroup, sources: Term['sources'], entries: readonly Entry[]): readonly Term[] {
  return entries.map(([term, definition, ...aliases]) => {
    const adds = definition.includes('In Factum:') && !sources.includes('factum');
    return { term, aliases, group, definition, sources: adds ? [...sources, 'factum'] : sources };
  });
}
