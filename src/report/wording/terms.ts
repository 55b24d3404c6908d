import { glossary } from '../../core/glossary.ts';
import { termSources } from '../../core/glossary/term.ts';
import { stageLimits } from '../../core/debt/stage.ts';
import { percent } from './numbers.ts';

export interface Meaning {
  readonly definition: string;
  readonly source: string;
  /** Keys of its sources, as the legend explains them. */
  readonly brief: string;
}

/** What a word of the framework means and who says so; the table is the one of `factum explain`. */
export function meaningOf(term: string): Meaning {
  const found = glossary.find((each) => each.term === term);
  if (found === undefined) return { definition: '', source: '', brief: '' };
  const { definition, sources } = found;
  return {
    definition,
    source: sources.map((source) => termSources[source]).join('; '),
    brief: sources.map((source) => `[${keys[source]}]`).join(''),
  };
}

const keys = { spec: 'S', web: 'W', factum: 'F' } as const;

/** What the keys beside definitions stand for. */
export const legend = `[S] ${termSources.spec}; [W] ${termSources.web}; [F] ${termSources.factum}; other citations are papers.`;

/** What each stage of failure is told by. */
export const stagesMean = `1: an outcome (corrections, churn, survival, latency) broke or drifts for the worse while the changes a week are at least ${percent(stageLimits.steady)} of those before. 2: more than ${percent(stageLimits.gap)} of merged work was not real, with the whole of the band. 3: decision visibility broke downwards, or is under ${percent(stageLimits.visibility)} with the whole of the band.`;

/** What predicted Execution Debt is worth as a forecast: what docs/validation.md found. */
export const noForecast =
  'Not a forecast: on 15 public histories it told no more about the corrections of the next 13 weeks than activity alone did.';

/** Two looks at one thing; only the second is a share. Both go on a scale from 0 to 100. */
export const executionDebtWhat = {
  both: 'the gap between what was reported and what really happened, looked at in two ways',
  predicted: 'An index, no share of work: how much stands in the way of telling what is real.',
  measured: 'of 100 merged changes, those reverted, fixed by name or rewritten within 30 days',
} as const;

export const debtWhat = {
  human: 'What misalignment, overload and invisible coordination have cost so far; 0 is none.',
  technical: 'How fragile the system is and how hard to inspect; 0 is not at all.',
} as const;

/** Some marks name no tool. */
export function toolName(tool: string): string {
  return tool === '*' ? 'a tool without a name' : tool;
}

/** What each dimension of the score is called in the glossary. */
export const dimensionTerms = {
  d1: 'human verification density',
  d2: 'inspectability',
  d3: 'accountability',
  d4: 'drift control',
  d5: 'correction latency',
} as const;

/** What a pillar is made of, in a few words. */
export const pillarTitles = {
  latency: 'Latency: how long decisions wait',
  coordination: 'Coordination: how unsteady the flow of work is',
  load: 'Load: how few carry how much',
  trust: 'Trust: whether looks and dissent are real',
  fragility: 'Fragility: how much work does not hold',
  'visibility failure': 'Visibility failure: work that cannot be seen to work',
  inspectability: 'Inspectability: changes without reason, link or test',
} as const;

export const debtTitles = { human: 'Human Debt', technical: 'Technical Debt' } as const;
