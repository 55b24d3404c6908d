import type { InputReading, Scope } from '../../src/core/debt/diagnosis.ts';
import type { Level } from '../../src/core/debt/figure.ts';
import { inputForms } from '../../src/core/debt/inputs.ts';
import { computed, forge, measured, unseen } from './figures.ts';
import { richSignals } from './signal-readings.ts';

// Scopes as they could be, made by hand.

type Anchors = readonly [good: number, bad: number];

function input(
  [id, signal]: readonly [string, string],
  title: string,
  [good, bad]: Anchors,
  badness: Level,
): InputReading {
  return { id, title, signal, anchors: { good, bad, source: '[F]', configured: false }, badness };
}

type Pillar = Scope['debts'][number]['pillars'][number];

function pillar(id: Pillar['id'], badness: Level, inputs: string[], observed: number): Pillar {
  return { id, badness, inputs, coverage: { observed, of: inputs.length } };
}

type Dimension = Scope['score']['dimensions'][number];

function dimension(
  [id, title]: readonly [Dimension['id'], string],
  level: Level,
  inputs: string[],
  observed: number,
): Dimension {
  return { id, title, level, inputs, coverage: { observed, of: inputs.length } };
}

function share(inputId: string, ofLevel: number, ofUncertainty: number) {
  return { input: inputId, ofLevel, ofUncertainty };
}

export const richInputs: InputReading[] = [
  input(['decision-latency', 'decision-latency'], 'Time to merge', [1, 14], computed(0.18, 0.12, 0.25)),
  input(['unanswered', 'engagement'], 'Unanswered requests', [0.05, 0.5], unseen(forge)),
  input(['workflow-volatility', 'workflow-volatility'], 'Workflow volatility', [3, 20], computed(0.48, 0.33, 0.63)),
  input(
    ['contribution-asymmetry', 'contribution-asymmetry'],
    'Contribution asymmetry',
    [0.3, 0.9],
    computed(0.53, 0.42, 0.65),
  ),
  input(
    ['reviewer-concentration', 'reviewer-concentration'],
    'Reviewer concentration',
    [0.4, 0.95],
    computed(0.8, 0.71, 0.89),
  ),
  input(
    ['dissent-suppression', 'dissent-suppression'],
    'Dissent suppression',
    [1, 20],
    unseen('votes on record (Gerrit, a forge): git shows approvals only'),
  ),
  input(
    ['hasty-reviews', 'hasty-reviews'],
    'Rubber stamps and hasty reviews',
    [0.1, 0.6],
    unseen('times of reviews (Gerrit, a forge)'),
  ),
  input(
    ['corrected-changes', 'corrected-changes'],
    'Reverted or fixed within 30 days',
    [0.01, 0.12],
    computed(0.46, 0.32, 0.61),
  ),
  input(
    ['inspectability-gap', 'inspectability-gap'],
    'Changes without reason, link or test',
    [0.1, 0.8],
    computed(0.19, 0.14, 0.23),
  ),
  input(
    ['failing-checks', 'failing-checks'],
    'Checks that fail, are missing or cannot render',
    [0, 0.3],
    unseen(inputForms['failing-checks'].needs),
  ),
  input(
    ['review-density', 'review-density'],
    'Changes that another human looked at',
    [1, 0],
    computed(0.29, 0.26, 0.32),
  ),
  input(
    ['agent-review-gap', 'agent-review-gap'],
    "Agents' changes without a human look",
    [0, 1],
    computed(0.31, 0.23, 0.39),
  ),
  input(
    ['decision-visibility', 'decision-visibility'],
    'Changes that lead to a reason on record',
    [1, 0],
    computed(0.36, 0.33, 0.39),
  ),
  input(
    ['correction-latency', 'correction-latency'],
    'Days from the begin of a correction to its merge',
    [1, 21],
    computed(0, 0, 0.01),
  ),
];

const reviewRotation = {
  toolkit: 'review-rotation',
  title: 'Review rotation',
  when: 'Most reviews are done by few.',
  steps: [
    'Write down who has reviewed what kind of change in the last four weeks; nobody is rated.',
    'Pair everybody with a part of the code that they have not reviewed before, for two weeks.',
    'A change goes first to the one whose turn it is; the usual reviewer looks second.',
    'After six weeks measure again and keep, change or end it.',
  ],
  time: 'half an hour to begin, ten minutes a week',
  source: 'Rigby & Bird 2013, FSE; the steps are [F]',
  because: [
    { input: 'reviewer-concentration', share: 0.34 },
    { input: 'contribution-asymmetry', share: 0.17 },
  ],
};

export const looked = richSignals.filter(({ weekly }) => weekly.length > 0).map(({ id }) => id);
export const tooShort = richSignals
  .filter(({ now, weekly }) => now.state === 'measured' && weekly.length === 0)
  .map(({ id }) => ({ signal: id, weeks: 4, needed: 26 }));

export const richScope: Scope = {
  kind: 'repository',
  id: 'harbour/payments',
  state: 'watch',
  because: '2 signals are worse than before',
  changes: { now: 412, before: 1604 },
  weeks: 65,
  signals: [...richSignals],
  inputs: richInputs,
  debts: [
    {
      id: 'human',
      level: computed(46, 38, 55),
      pillars: [
        pillar('latency', computed(0.18, 0.12, 0.25), ['decision-latency'], 1),
        pillar('coordination', computed(0.48, 0.33, 0.63), ['unanswered', 'workflow-volatility'], 1),
        pillar('load', computed(0.67, 0.58, 0.76), ['contribution-asymmetry', 'reviewer-concentration'], 2),
        pillar(
          'trust',
          unseen('votes on record (Gerrit, a forge): git shows approvals only; or times of reviews (Gerrit, a forge)'),
          ['dissent-suppression', 'hasty-reviews'],
          0,
        ),
      ],
      shares: [
        share('reviewer-concentration', 0.35, 0.22),
        share('workflow-volatility', 0.33, 0.41),
        share('contribution-asymmetry', 0.22, 0.18),
        share('decision-latency', 0.1, 0.06),
      ],
      coverage: { observed: 3, of: 4 },
    },
    {
      id: 'technical',
      level: computed(34, 25, 43),
      pillars: [
        pillar('fragility', computed(0.46, 0.32, 0.61), ['corrected-changes'], 1),
        pillar('visibility failure', unseen(inputForms['failing-checks'].needs), ['failing-checks'], 0),
        pillar('inspectability', computed(0.19, 0.14, 0.23), ['inspectability-gap'], 1),
      ],
      shares: [share('corrected-changes', 0.74, 0.8), share('inspectability-gap', 0.26, 0.05)],
      coverage: { observed: 2, of: 3 },
    },
  ],
  visibility: {
    level: computed(0.67, 0.64, 0.7),
    decision: measured(0.64, 0.03, 412),
    execution: measured(0.71, 0.03, 412),
  },
  executionDebt: {
    predicted: {
      level: computed(21, 14, 30),
      main: 15.6,
      amplification: 5.4,
      shares: [
        share('corrected-changes', 0.29, 0.38),
        share('reviewer-concentration', 0.14, 0.09),
        share('workflow-volatility', 0.13, 0.16),
        share('decision-visibility', 0.13, 0.03),
        share('review-density', 0.12, 0.03),
      ],
    },
    measured: { level: measured(6.6, 1.7, 380), signal: 'corrected-changes' },
  },
  score: {
    level: computed(76, 71, 81),
    risk: 24,
    tiers: ['inspectable', 'proven'],
    dimensions: [
      dimension(
        ['d1', 'human verification density'],
        computed(70, 66, 74),
        ['review-density', 'hasty-reviews', 'agent-review-gap'],
        2,
      ),
      dimension(['d2', 'inspectability'], computed(72, 70, 75), ['decision-visibility', 'inspectability-gap'], 2),
      dimension(
        ['d3', 'accountability'],
        unseen('CODEOWNERS, and reviews on record'),
        ['accountability', 'agent-accountability'],
        0,
      ),
      dimension(['d4', 'drift control'], unseen(inputForms['answered-breaks'].needs), ['answered-breaks'], 0),
      dimension(['d5', 'correction latency'], computed(99, 98, 100), ['correction-latency'], 1),
    ],
    shares: [
      share('decision-visibility', 0.3, 0.1),
      share('agent-review-gap', 0.27, 0.4),
      share('review-density', 0.26, 0.1),
    ],
    coverage: { observed: 3, of: 5 },
  },
  stage: { stage: 0, title: 'none', evidence: [], notLooked: [] },
  risks: [
    {
      id: 'human distortion',
      badness: computed(0.67, 0.58, 0.76),
      inputs: ['contribution-asymmetry', 'reviewer-concentration'],
    },
    {
      id: 'decision breakdown',
      badness: computed(0.27, 0.22, 0.32),
      inputs: ['decision-latency', 'decision-visibility'],
    },
    { id: 'technical opacity', badness: computed(0.19, 0.14, 0.23), inputs: ['inspectability-gap'] },
  ],
  cost: {
    people: 9,
    given: false,
    weeks: 13,
    rework: { share: measured(0.09, 0.02, 380), published: { from: 0.15, to: 0.3 } },
    waiting: { share: unseen('when reviews were asked for and given (a forge)'), published: { from: 0.1, to: 0.25 } },
    published: { hidden: { from: 0.2, to: 0.4 }, combined: { from: 0.2, to: 0.4 } },
    personWeeks: computed(10.5, 8.2, 12.9),
  },
  move: reviewRotation,
  alarms: { found: [], rate: 0.1, looked, tooShort, notLooked: undefined },
  agents: {
    share: measured(0.18, 0.025, 412),
    unseen: measured(0.31, 0.08, 74),
    tools: [
      { tool: 'Claude Code', changes: 51 },
      { tool: 'GitHub Copilot', changes: 17 },
      { tool: 'Cursor', changes: 6 },
    ],
  },
};

export const ledgerPod: Scope = {
  ...richScope,
  kind: 'pod',
  id: 'ledger',
  state: 'ok',
  because: 'no signal is worse than before',
  changes: { now: 96, before: 388 },
  signals: richSignals.slice(0, 4),
};
