import type { AlarmReading, Diagnosis, RepositoryDiagnosis, Scope } from '../../src/core/debt/diagnosis.ts';
import { week } from '../../src/core/signal/week.ts';
import { ledgerPod, looked, richInputs, richScope, tooShort } from './example-scopes.ts';
import { beforeFrom, end, forge, measured, span, tooFew, unseen, windows } from './figures.ts';
import { richSignals } from './signal-readings.ts';

const reviewBreak: AlarmReading = {
  kind: 'break',
  signal: 'review-density',
  at: new Date(beforeFrom + 48 * week).toISOString(),
  from: 0.83,
  to: 0.7,
  reads: 'worse',
  p: 0.0031,
  detectors: ['segmentation', 'proportion'],
};

const brokenScope: Scope = {
  ...richScope,
  id: 'harbour/search',
  state: 'alarm',
  because: 'a break for the worse: review-density',
  signals: richSignals.map((each) => (each.id === reviewBreak.signal ? { ...each, state: 'alarm' as const } : each)),
  stage: {
    stage: 2,
    title: 'invisible gaps',
    evidence: [
      'slow degradation: drift of corrected-changes at 2026-04-20, from 0.0310 to 0.0620 while activity was 96 % of before',
      'invisible gaps: at least 13 % of merged work was taken back, mended or rewritten',
    ],
    notLooked: ['collapse of decision visibility: hardly any change names a reason on record in git'],
  },
  alarms: {
    found: [
      reviewBreak,
      {
        ...reviewBreak,
        kind: 'drift',
        signal: 'corrected-changes',
        at: new Date(beforeFrom + 20 * week).toISOString(),
        from: 0.031,
        to: 0.062,
        perYear: { value: 0.048, band: { lo: 0.021, hi: 0.074, level: 0.95 } },
        p: 0.0082,
        detectors: ['trend'],
      },
    ],
    rate: 0.1,
    looked,
    tooShort,
  },
};

const nothingYet = tooFew(3, 12, 'weeks');
const youngScope: Scope = {
  ...richScope,
  id: 'fresh-start',
  state: 'not-enough-data',
  because: '3 of 12 weeks, 19 changes',
  changes: { now: 19, before: 0 },
  weeks: 3,
  signals: richSignals.map((each) => ({
    ...each,
    now:
      each.id === 'decision-visibility'
        ? measured(0.32, 0.12, 19)
        : each.id.includes('review')
          ? unseen(forge)
          : tooFew(3, 8),
    before: tooFew(0, 8),
    change: tooFew(0, 8),
    state: 'not-enough-data',
    weekly: each.id === 'decision-visibility' ? each.weekly.slice(-3) : [],
  })),
  inputs: richInputs.map((each) => ({
    ...each,
    badness: each.badness.state === 'not-observable' ? each.badness : nothingYet,
  })),
  debts: richScope.debts.map((debt) => ({
    ...debt,
    level: nothingYet,
    shares: [],
    pillars: debt.pillars.map((pillar) => ({
      ...pillar,
      badness: nothingYet,
      coverage: { observed: 0, of: pillar.coverage.of },
    })),
    coverage: { observed: 0, of: debt.coverage.of },
  })),
  visibility: { level: nothingYet, decision: measured(0.32, 0.12, 19), execution: unseen(forge), missing: 'execution' },
  executionDebt: {
    predicted: { level: nothingYet, shares: [] },
    measured: { level: tooFew(2, 8), signal: 'corrected-changes' },
  },
  score: {
    level: nothingYet,
    tiers: [],
    dimensions: richScope.score.dimensions.map((each) => ({
      ...each,
      level: nothingYet,
      coverage: { ...each.coverage, observed: 0 },
    })),
    shares: [],
    coverage: { observed: 0, of: 5 },
  },
  stage: {
    stage: 0,
    title: 'none',
    evidence: [],
    notLooked: [
      'slow degradation: fewer than 26 weeks of baseline',
      'invisible gaps: too little work is old enough to be judged',
      'collapse of decision visibility: too few changes',
    ],
  },
  risks: richScope.risks.map((risk) => ({ ...risk, badness: nothingYet })),
  cost: {
    given: false,
    weeks: 13,
    rework: { share: nothingYet, published: { from: 0.15, to: 0.3 } },
    waiting: richScope.cost.waiting,
    published: { hidden: { from: 0.2, to: 0.4 }, combined: { from: 0.2, to: 0.4 } },
    personWeeks: unseen('people'),
  },
  move: undefined,
  alarms: { found: [], looked: [], tooShort: [], notLooked: 'no series has 26 weeks of baseline' },
  agents: { share: measured(0.05, 0.08, 19), unseen: tooFew(1, 8), tools: [{ tool: 'Codex', changes: 1 }] },
};

const repository: RepositoryDiagnosis = {
  repository: 'harbour/payments',
  branch: 'main',
  head: '8f3c2a1d5b7e90c4a6f1d2e3b4c5d6e7f8091a2b',
  asOf: new Date(end - week / 3).toISOString(),
  from: new Date(beforeFrom - 100 * week).toISOString(),
  windows,
  commits: 5210,
  changes: 3904,
  people: { human: 14, agent: 3, bot: 2, undisclosed: 0 },
  notes: [{ code: 'clock-clamped', text: '3 commits carry a time before 1990 or after the commits that follow them' }],
  pods: [{ id: 'ledger', changes: 96 }],
  components: [
    { id: 'src/ledger/**', owners: ['ledger'], people: 0, changes: { now: 41, before: 96 } },
    { id: '', owners: [], people: 0, changes: { now: 3, before: 8 } },
  ],
  scopes: [richScope, ledgerPod],
};

function of(scope: Scope, more: Partial<RepositoryDiagnosis> = {}): RepositoryDiagnosis {
  return { ...repository, repository: scope.id, scopes: [scope], pods: [], components: [], notes: [], ...more };
}

const broken = of(brokenScope);
const young = of(youngScope, {
  commits: 24,
  changes: 19,
  notes: [{ code: 'shallow', text: 'the clone is shallow: what is older was not read' }],
});

const early = { before: span(beforeFrom, beforeFrom + 16 * week), now: span(beforeFrom + 17 * week, end) };
/** A long time after a tag against a short one before it. */
const compared = of(
  { ...richScope, signals: richSignals.map((each) => ({ ...each, windows: early })) },
  {
    windows: early,
    compared: { ref: 'v2.0', commit: '1f'.repeat(20), at: new Date(beforeFrom + 16.5 * week).toISOString() },
  },
);

function diagnosis(...repositories: readonly RepositoryDiagnosis[]): Diagnosis {
  return { schema: 'factum/diagnosis/v1', repositories: [...repositories], funnels: [] };
}

export const examples = {
  rich: diagnosis(repository),
  broken: diagnosis(broken),
  young: diagnosis(young),
  compared: diagnosis(compared),
  several: {
    ...diagnosis(repository, broken, young),
    funnels: [
      {
        signal: 'decision-visibility',
        pooled: 0.61,
        points: [
          {
            repository: 'harbour/payments',
            value: 0.64,
            n: 412,
            limits: { lo: 0.563, hi: 0.657, level: 0.95 },
            outside: false,
          },
          {
            repository: 'harbour/search',
            value: 0.52,
            n: 220,
            limits: { lo: 0.546, hi: 0.674, level: 0.95 },
            outside: true,
          },
          { repository: 'fresh-start', value: 0.32, n: 19, limits: { lo: 0.39, hi: 0.83, level: 0.95 }, outside: true },
        ],
      },
      {
        signal: 'corrected-changes',
        pooled: 0,
        points: ['harbour/payments', 'harbour/search'].map((name, at) => ({
          repository: name,
          value: 0,
          n: 412 - 192 * at,
          limits: { lo: 0, hi: 0, level: 0.95 },
          outside: false,
        })),
      },
    ],
  },
} satisfies Readonly<Record<string, Diagnosis>>;
