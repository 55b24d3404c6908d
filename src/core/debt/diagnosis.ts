import { z } from 'zod';
import { units } from '../signal/signal.ts';
import { Band, Change, Coverage, Figure, Instant, Level, Span } from './figure.ts';

// What `factum diagnose` found: everything that a report shows, and no more. Numbers are as computed, never rounded.

const states = ['not-enough-data', 'ok', 'watch', 'alarm'] as const;
const State = z.object({ state: z.enum(states), because: z.string() });

/** One week of a signal; weeks without enough observations are missing, never zero. */
const WeekPoint = z.object({
  week: Instant.describe('Monday, 00:00 UTC'),
  value: z.number(),
  n: z.number(),
});

const SignalReading = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  formula: z.string(),
  citation: z.string().describe('[F]: a choice of Factum’s own'),
  unit: z.enum(units),
  worse: z.enum(['higher', 'lower', 'neither']),
  raisedBy: z.string(),
  loweredBy: z.string(),
  cannotSee: z.string(),
  meaningsBeside: z.record(z.string(), z.string()).optional().describe('what the figures beside the number mean'),
  now: Figure,
  before: Figure,
  change: Change,
  windows: z.object({ now: Span, before: Span }).describe('earlier than those of the report where changes must mature'),
  shrunk: z.boolean().describe('few observations: drawn towards the own history (beta-binomial)'),
  state: State.shape.state,
  weekly: z.array(WeekPoint),
});
export type SignalReading = Readonly<z.infer<typeof SignalReading>>;

const Anchors = z.object({
  good: z.number().describe('no badness at or beyond it'),
  bad: z.number().describe('full badness at or beyond it'),
  source: z.string(),
  configured: z.boolean().describe('set in factum.yaml'),
});

const pillars = [
  'latency',
  'coordination',
  'load',
  'trust',
  'fragility',
  'visibility failure',
  'inspectability',
] as const;

/** A signal on the scale from 0 (good) to 1 (bad). */
const InputReading = z.object({
  id: z.string(),
  title: z.string(),
  signal: z.string().describe('id of the signal it is made of, also when this version has none'),
  anchors: Anchors,
  badness: Level,
});
export type InputReading = Readonly<z.infer<typeof InputReading>>;

/** How much of a level an input makes, and how much of the width of its band is the input's own uncertainty. */
const InputShare = z.object({
  input: z.string(),
  ofLevel: z.number().describe('share of the level, 0 to 1; all of them add up to 1 or less'),
  ofUncertainty: z.number().describe('first-order share of the variance of the draws, 0 to 1'),
});
export type InputShare = Readonly<z.infer<typeof InputShare>>;

const Pillar = z.object({
  id: z.enum(pillars),
  badness: Level.describe('mean of the observed inputs'),
  inputs: z.array(z.string()),
  coverage: Coverage,
});
export type Pillar = Readonly<z.infer<typeof Pillar>>;

const DebtLevel = z.object({
  id: z.enum(['human', 'technical']),
  level: Level.describe('0 to 100; with fewer than half of the pillars observed there is none'),
  pillars: z.array(Pillar),
  shares: z.array(InputShare),
  coverage: Coverage.describe('pillars'),
});
export type DebtLevel = Readonly<z.infer<typeof DebtLevel>>;

const Visibility = z.object({
  level: Level.describe('0 to 1, square root of the product of the two'),
  decision: Figure.describe('share of changes that lead to a reason on record'),
  execution: Figure.describe('share of changes with evidence by somebody or something other than the author'),
  missing: z.enum(['decision', 'execution', 'both']).optional().describe('the other one stands alone'),
});
export type Visibility = Readonly<z.infer<typeof Visibility>>;

const ExecutionDebt = z.object({
  predicted: z.object({
    level: Level.describe('0 to 100'),
    main: z.number().optional().describe('of the level: Human Debt x Technical Debt'),
    amplification: z.number().optional().describe('of the level: what low visibility adds'),
    shares: z.array(InputShare),
  }),
  measured: z.object({
    level: Figure.describe('0 to 100: reported work that was not real, from the signal named'),
    signal: z.string(),
  }),
});
export type ExecutionDebt = Readonly<z.infer<typeof ExecutionDebt>>;

export const tiers = ['illusory', 'assumed', 'inspectable', 'proven'] as const;

const Dimension = z.object({
  id: z.enum(['d1', 'd2', 'd3', 'd4', 'd5']),
  title: z.string(),
  level: Level.describe('0 to 100, higher is better'),
  inputs: z.array(z.string()),
  coverage: Coverage,
});
export type Dimension = Readonly<z.infer<typeof Dimension>>;

const Score = z.object({
  level: Level.describe('0 to 100, higher is better'),
  risk: z.number().optional().describe('100 - score'),
  tiers: z.array(z.enum(tiers)).describe('those that the band reaches into, worst first; one alone is a finding'),
  dimensions: z.array(Dimension),
  shares: z.array(InputShare),
  coverage: Coverage.describe('dimensions'),
});
export type Score = Readonly<z.infer<typeof Score>>;

const Stage = z.object({
  stage: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).describe('0: none is shown'),
  title: z.string(),
  evidence: z.array(z.string()),
  notLooked: z.array(z.string()).describe('stages that could not be looked at, and why'),
});
export type Stage = Readonly<z.infer<typeof Stage>>;

const riskNames = ['human distortion', 'technical opacity', 'decision breakdown'] as const;
const Risk = z.object({
  id: z.enum(riskNames),
  badness: Level,
  inputs: z.array(z.string()),
});
export type Risk = Readonly<z.infer<typeof Risk>>;

const Range = z.object({ from: z.number(), to: z.number() });
const CostPart = z.object({
  share: Figure.describe('of the work'),
  published: Range.describe('what the framework says elsewhere; not measured here'),
});
const Cost = z.object({
  people: z.number().optional(),
  given: z.boolean().describe('people as factum.yaml says; else those who wrote or reviewed a change'),
  weeks: z.number(),
  rework: CostPart,
  waiting: CostPart,
  published: z.object({ hidden: Range, combined: Range }).describe('of hidden work, and of all together'),
  personWeeks: Level.describe('people x weeks x measured share, were it all that they do'),
  money: z.object({ value: z.number(), band: Band, currency: z.string() }).optional(),
});
export type Cost = Readonly<z.infer<typeof Cost>>;

const Move = z.object({
  toolkit: z.string(),
  title: z.string(),
  when: z.string(),
  steps: z.array(z.string()),
  time: z.string(),
  source: z.string(),
  because: z.array(z.object({ input: z.string(), share: z.number() })).describe('inputs that it should move'),
});
export type Move = Readonly<z.infer<typeof Move>>;

const AlarmReading = z.object({
  kind: z.enum(['break', 'drift']),
  signal: z.string(),
  of: z.string().optional().describe('what is watched, where the figure itself moves with how much is done'),
  at: Instant.describe('the first week after a break; the begin of a drift'),
  from: z.number(),
  to: z.number(),
  perYear: z
    .object({ value: z.number(), band: Band })
    .optional()
    .describe('of a drift: change in 52 weeks with data (Theil-Sen, moving block bootstrap)'),
  reads: z.enum(['better', 'worse', 'neither']),
  p: z.number().describe('adjusted over all series of the report'),
  detectors: z.array(z.string()),
});
export type AlarmReading = Readonly<z.infer<typeof AlarmReading>>;

const Alarms = z.object({
  found: z.array(AlarmReading),
  rate: z
    .number()
    .optional()
    .describe('probability at most of any alarm in the report, on histories in which nothing changes'),
  looked: z.array(z.string()).describe('signals whose series were long enough'),
  tooShort: z
    .array(z.object({ signal: z.string(), weeks: z.number(), needed: z.number() }))
    .describe('described and not watched: signals with fewer weeks with data in the baseline than are needed'),
  notLooked: z.string().optional().describe('why nothing was looked for'),
});
export type Alarms = Readonly<z.infer<typeof Alarms>>;

const Agents = z.object({
  share: Figure.describe('of changes with the mark of an agent: a lower bound; the rest is undisclosed'),
  unseen: Figure.describe("of agents' changes without a human look"),
  tools: z.array(z.object({ tool: z.string(), changes: z.number() })).describe('in the current window'),
});
export type Agents = Readonly<z.infer<typeof Agents>>;

/** The whole repository, or one pod. */
const Scope = z.object({
  kind: z.enum(['repository', 'pod']),
  id: z.string(),
  state: State.shape.state,
  because: z.string(),
  changes: z.object({ now: z.number(), before: z.number() }),
  weeks: z.number().describe('weeks with a change, in both windows'),
  signals: z.array(SignalReading),
  inputs: z.array(InputReading),
  debts: z.array(DebtLevel),
  visibility: Visibility,
  executionDebt: ExecutionDebt,
  score: Score,
  stage: Stage,
  risks: z.array(Risk).describe('worst first; those without a badness last'),
  cost: Cost,
  move: Move.optional().describe('absent: no input is bad beyond doubt'),
  alarms: Alarms,
  agents: Agents,
});
export type Scope = Readonly<z.infer<typeof Scope>>;

const RepositoryDiagnosis = z.object({
  repository: z.string(),
  branch: z.string(),
  head: z.string().optional(),
  asOf: Instant.describe("the newest commit's time, unless another end was asked for; never the clock's"),
  from: Instant.optional(),
  windows: z.object({ now: Span, before: Span }),
  compared: z
    .object({ ref: z.string(), commit: z.string(), at: Instant })
    .optional()
    .describe('its week is in neither window'),
  commits: z.number(),
  changes: z.number(),
  people: z.object({ human: z.number(), agent: z.number(), bot: z.number(), undisclosed: z.number() }),
  components: z
    .array(
      z.object({
        id: z.string().describe('pattern of CODEOWNERS, or glob of factum.yaml; empty: files that none covers'),
        owners: z.array(z.string()).describe('teams or pods, as they are named there'),
        people: z.number().describe('owners that are persons, or may be: counted, never named'),
        changes: z.object({ now: z.number(), before: z.number() }).describe('that touch it'),
      }),
    )
    .describe('with a change in either window, in the order of the file; empty where nothing divides the repository'),
  notes: z.array(z.object({ code: z.string(), text: z.string() })).describe('what stood in the way of reading'),
  pods: z.array(z.object({ id: z.string(), changes: z.number() })).describe('that may be asked for by --pod'),
  scopes: z.array(Scope).describe('the whole repository first'),
});
export type RepositoryDiagnosis = Readonly<z.infer<typeof RepositoryDiagnosis>>;

/** Repositories beside each other: where each is expected to lie by chance (Spiegelhalter 2005), and no order among them. */
const Funnel = z.object({
  signal: z.string(),
  pooled: z.number(),
  points: z.array(
    z.object({
      repository: z.string(),
      value: z
        .number()
        .describe('as counted: not drawn towards the own history, as the figure of the repository may be'),
      n: z.number(),
      limits: Band.describe('of a repository of this size that is like all together'),
      outside: z.boolean().describe('unlike all together beyond what its size explains'),
    }),
  ),
});
export type Funnel = Readonly<z.infer<typeof Funnel>>;

export const Diagnosis = z.object({
  schema: z.literal('factum/diagnosis/v1'),
  repositories: z.array(RepositoryDiagnosis),
  funnels: z.array(Funnel).describe('of shares that count, with two repositories or more'),
});
export type Diagnosis = Readonly<z.infer<typeof Diagnosis>>;
