import { glossary } from '../../core/glossary.ts';
import { type Term, type TermGroup, termGroups, termSources } from '../../core/glossary/term.ts';

const headings: Readonly<Record<TermGroup, string>> = {
  framework: 'The framework',
  word: 'Words',
  verdict: 'Verdicts',
  outcome: 'Outcomes of a look',
  'part kind': 'Part kinds',
  scope: 'Scopes of a part',
};

/** The reference page of all terms. */
export function glossaryMarkdown(): string {
  const sections = termGroups.map((group) => {
    const terms = glossary.filter((term) => term.group === group);
    return [`## ${headings[group]}`, ...terms.map(entry)].join('\n\n');
  });
  const keys = Object.entries(termSources).map(([key, label]) => `- **${key}**: ${label}`);
  return `${['# Glossary', 'Where definitions come from:', keys.join('\n'), ...sections].join('\n\n')}\n`;
}

function entry({ term, aliases, definition, sources }: Term): string {
  const also = aliases.length === 0 ? '' : ` (also: ${aliases.join(', ')})`;
  return `**${term}**${also}: ${definition} [${sources.join(', ')}]`;
}
