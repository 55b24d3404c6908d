import type { InputReading, Pillar } from './diagnosis.ts';

/** Where an input is looked at from, and how it is put on the scale from good (0) to bad (1). */
interface InputForm {
  readonly title: string;
  /** Id of the signal that it is made of. */
  readonly signal: string;
  /** No badness at or beyond `good`, full badness at or beyond `bad`, in the signal's own unit; linear between. */
  readonly good: number;
  readonly bad: number;
  /** The good anchor is the own best quartile where that is better still. */
  readonly ownBest?: true;
  readonly source: string;
  /** What would make it observable, where nothing in this history does. */
  readonly needs: string;
}

function table<const T extends Record<string, InputForm>>(entries: T): Readonly<Record<keyof T, InputForm>> {
  return Object.freeze(entries);
}

const own = '[F]';
/** A share is read as it is. */
const asItIs = '[F]: the share itself';
const forge = 'a forge (GitHub, GitLab, Gerrit): git keeps no record of it';
const lines = 'lines to be followed through the history';
/** Of an input without a signal: nothing that somebody does would show it. */
export const unread = 'no source of this version brings them';

/** Every input of debts and score, with its anchors. They are printed with each figure and can be set in factum.yaml. */
export const inputForms = table({
  'decision-latency': {
    title: 'Time to merge',
    signal: 'decision-latency',
    good: 1,
    bad: 14,
    ownBest: true,
    source: own,
    needs: 'merge commits: squash merges and direct pushes show no opening; or a forge',
  },
  unanswered: {
    title: 'Unanswered requests',
    signal: 'unanswered-requests',
    good: 0.05,
    bad: 0.5,
    source: own,
    needs: 'records of requests and who answered (Gerrit, git-appraise, a forge): a branch shows only what was merged',
  },
  'workflow-volatility': {
    title: 'Workflow volatility',
    signal: 'workflow-volatility',
    good: 3,
    bad: 20,
    source: own,
    needs: 'changes whose writing and merging git tells apart',
  },
  'contribution-asymmetry': {
    title: 'Contribution asymmetry',
    signal: 'contribution-asymmetry',
    good: 0.3,
    bad: 0.9,
    source: own,
    needs: 'changes by people',
  },
  'reviewer-concentration': {
    title: 'Reviewer concentration',
    signal: 'reviewer-concentration',
    good: 0.4,
    bad: 0.95,
    source: own,
    needs: forge,
  },
  'dissent-suppression': {
    title: 'Dissent suppression',
    signal: 'dissent-suppression',
    good: 1,
    bad: 20,
    source: '[F]; the scale is an e-value: Vovk & Wang 2021, Ann. Stat. 49',
    needs: 'votes on record (Gerrit, a forge): git shows approvals only',
  },
  'hasty-reviews': {
    title: 'Rubber stamps and hasty reviews',
    signal: 'inspection-pattern',
    good: 0.1,
    bad: 0.6,
    source: '[F]; the pace: McIntosh et al. 2014, MSR; Kemerer & Paulk 2009, IEEE TSE 35',
    needs: 'times of reviews (Gerrit, a forge)',
  },
  'corrected-changes': {
    title: 'Reverted or fixed within 30 days',
    signal: 'corrected-changes',
    good: 0.01,
    bad: 0.12,
    source: own,
    needs: 'changes that are 30 days old',
  },
  'early-churn': {
    title: 'Added lines changed again within 14 days',
    signal: 'early-churn',
    good: 0.03,
    bad: 0.15,
    source: own,
    needs: lines,
  },
  'change-survival': {
    title: 'Added lines that live for 90 days',
    signal: 'change-survival',
    good: 0.9,
    bad: 0.5,
    source: own,
    needs: lines,
  },
  hotspots: {
    title: 'Churn in the 5 % of files that change most',
    signal: 'hotspots',
    good: 0.3,
    bad: 0.8,
    source: '[F]; relative churn: Nagappan & Ball 2005, ICSE',
    needs: '20 files or more that change within 60 days',
  },
  'failing-checks': {
    title: 'Checks that fail, are missing or cannot render',
    signal: 'failing-checks',
    good: 0,
    bad: 0.3,
    source: own,
    needs: `results of checks, of CI or of claims: ${unread}`,
  },
  'inspectability-gap': {
    title: 'Changes without reason, link or test',
    signal: 'inspectability-gap',
    good: 0.1,
    bad: 0.8,
    source: own,
    needs: 'changes by people or agents',
  },
  'review-density': {
    title: 'Changes that another human looked at',
    signal: 'review-density',
    good: 1,
    bad: 0,
    source: asItIs,
    needs: forge,
  },
  'agent-review-gap': {
    title: "Agents' changes without a human look",
    signal: 'agent-review-gap',
    good: 0,
    bad: 1,
    source: asItIs,
    needs: `changes with the mark of an agent, and ${forge}`,
  },
  'decision-visibility': {
    title: 'Changes that lead to a reason on record',
    signal: 'decision-visibility',
    good: 1,
    bad: 0,
    source: asItIs,
    needs: 'links to issues, requests or decisions in commits; or a forge',
  },
  'disclosure-conflicts': {
    title: 'Marks of agents that contradict each other',
    signal: 'disclosure-conflicts',
    good: 0,
    bad: 1,
    source: asItIs,
    needs: 'changes with the mark of an agent',
  },
  accountability: {
    title: 'Work with a named owner and verifier',
    signal: 'accountability',
    good: 1,
    bad: 0,
    source: asItIs,
    needs: 'CODEOWNERS, or reviews on record',
  },
  'agent-accountability': {
    title: "Agents' work with a named human",
    signal: 'agent-accountability',
    good: 1,
    bad: 0,
    source: asItIs,
    needs: 'changes with the mark of an agent',
  },
  'answered-breaks': {
    title: 'Breaks and refuted claims that somebody answered within 30 days',
    signal: 'answered-breaks',
    good: 1,
    bad: 0,
    source: asItIs,
    needs: `records of refuted claims, and of who answered these and breaks: ${unread}`,
  },
  'correction-latency': {
    title: 'Days from the begin of a correction to its merge',
    signal: 'correction-latency',
    good: 1,
    bad: 21,
    source: own,
    needs: 'reverts or fixes that name what they correct and show when they were begun, as squash merges do not',
  },
});

/** What Execution Debt is measured by. */
export const measuredSignal = 'reported-versus-real';

export type InputId = keyof typeof inputForms;
export const inputIds = Object.keys(inputForms) as readonly InputId[];

/** Which inputs a pillar is the mean of. */
export const pillarInputs: Readonly<Record<Pillar['id'], readonly InputId[]>> = {
  latency: ['decision-latency'],
  coordination: ['unanswered', 'workflow-volatility'],
  load: ['contribution-asymmetry', 'reviewer-concentration'],
  trust: ['dissent-suppression', 'hasty-reviews'],
  fragility: ['corrected-changes', 'early-churn', 'change-survival', 'hotspots'],
  'visibility failure': ['failing-checks'],
  inspectability: ['inspectability-gap'],
};

export const debtPillars = {
  human: ['latency', 'coordination', 'load', 'trust'],
  technical: ['fragility', 'visibility failure', 'inspectability'],
} as const satisfies Readonly<Record<string, readonly Pillar['id'][]>>;

export const dimensionInputs = {
  d1: {
    title: 'human verification density',
    inputs: ['review-density', 'hasty-reviews', 'agent-review-gap'],
  },
  d2: { title: 'inspectability', inputs: ['decision-visibility', 'inspectability-gap', 'disclosure-conflicts'] },
  d3: { title: 'accountability', inputs: ['accountability', 'agent-accountability'] },
  d4: { title: 'drift control', inputs: ['answered-breaks'] },
  d5: { title: 'correction latency', inputs: ['correction-latency'] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly inputs: readonly InputId[] }>>;
export type DimensionId = keyof typeof dimensionInputs;

export const riskInputs = {
  'human distortion': [...pillarInputs.trust, ...pillarInputs.load],
  'technical opacity': [...pillarInputs['visibility failure'], ...pillarInputs.inspectability],
  'decision breakdown': [...pillarInputs.latency, 'decision-visibility'],
} as const satisfies Readonly<Record<string, readonly InputId[]>>;

export interface AnchorPair {
  readonly good: number;
  readonly bad: number;
}

/** 0 at the good anchor and beyond, 1 at the bad one and beyond. */
export function badnessOf(value: number, { good, bad }: AnchorPair): number {
  return Math.min(1, Math.max(0, (value - good) / (bad - good)));
}

const halfBad = 0.5;

/** At least half of the way to its bad anchor, with the whole of its band. */
export function isSurelyBad({ badness }: InputReading): boolean {
  return badness.state === 'computed' && badness.band.lo >= halfBad;
}
