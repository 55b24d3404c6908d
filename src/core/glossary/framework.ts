import { type Term, termsFrom } from './term.ts';

const fromSpec = termsFrom(
  'framework',
  ['spec'],
  [
    [
      'Technical Debt',
      'Fragile or complex systems. In the field report: rendering and visibility failure, work that exists and cannot be seen or inspected.',
    ],
    [
      'drift',
      'Gradual misalignment between intent and execution. Failure is at a point; drift is gradual. In Factum: a gradual change that a detector finds in a series.',
    ],
    [
      'Execution Integrity',
      'The condition in which AI-assisted work is continuously verified against external reality, not merely logged as complete: verified, inspectable and recoverable under pressure. It breaks when human verification density is too low. The opposite of Execution Debt, and its realised value.',
    ],
    [
      'the chain',
      'Human Debt x Technical Debt, under low visibility, gives Execution Debt: the gap between what was reported and what really happened. Human Debt is the precursor, Execution Debt the predictor, Execution Integrity the realised value.',
      'chain',
    ],
    [
      'failure stages',
      'Failure comes in three stages, in order: slow degradation, hidden by activity; invisible gaps, where reported work is not real work; and the collapse of decision visibility.',
      'failure stage',
    ],
    ['scale shift', 'As integrity rises, fewer pods are needed, complexity drops and quality rises.'],
    [
      'the loop',
      'What Execution Pods operate: execute, monitor, adapt. In Factum: pods, claims, attestations and adaptations.',
      'execute-monitor-adapt',
    ],
    [
      'duenablomstrom.com',
      'The part of the framework that defines the problem. In Factum: this glossary, a definition and a source beside every figure.',
    ],
    [
      'PeopleNotTech',
      'The part of the framework that diagnoses debt. In Factum: `factum diagnose`, with debts, score, failure stage, cost and the one structural move.',
    ],
    [
      'AI Adoption Performance',
      'The part of the framework that monitors execution. In Factum: detectors, drift, co-regulation metrics and adoption performance.',
      'AIAP',
    ],
    ['Bienestarly', 'The part of the framework with the tools. In Factum: toolkits.'],
    [
      'Execution Pods',
      'The part of the framework that operates the loop of execute, monitor and adapt. In Factum: pods, claims, attestations and adaptations.',
      'execution pod',
    ],
    [
      'humanagents.io',
      'The part of the framework that distributes. In Factum: the package, agent plug-ins, MCP, public proof pages and badges.',
    ],
    [
      'Uber Boss',
      "The internal monitor of the field report's pods. In Factum: the built-in overseer, the loop of `factum up`, which watches the agents and is itself checked.",
      'overseer',
    ],
  ],
);

const seedSignals = termsFrom(
  'framework',
  ['spec', 'factum'],
  [
    [
      'seed signals',
      "The five signals the framework names: contribution asymmetry; review density and inspection patterns; workflow volatility; dissent suppression; convergence velocity of decisions. No formula is published: those in use are Factum's.",
      'five seed signals',
    ],
    [
      'contribution asymmetry',
      "Seed signal: how unevenly the work of a pod is spread. The name is published, the formula is Factum's. Never shown per person.",
    ],
    [
      'review density',
      "Seed signal: how much of the work is reviewed, and how it is inspected. The name is published, the formula is Factum's.",
      'inspection patterns',
    ],
    [
      'workflow volatility',
      "Seed signal: how unsteady the flow of work is. The name is published, the formula is Factum's.",
    ],
    [
      'dissent suppression',
      "Seed signal: signs that disagreement is not voiced or not answered. The name is published, the formula is Factum's.",
    ],
    [
      'convergence velocity',
      "Seed signal: how fast decisions converge. The name is published, the formula is Factum's.",
    ],
  ],
);

const fromBoth = termsFrom(
  'framework',
  ['spec', 'web'],
  [
    [
      'Human Debt',
      'Accumulated cost of misalignment, cognitive overload and invisible coordination in teams; in the field report, assumptions without verification. It compounds along decision latency, coordination overhead, cognitive load and trust erosion, and builds through silence, fear of exposure, diffused accountability, over-commitment and masking. Measured from execution patterns, never from sentiment.',
    ],
    [
      'Execution Debt',
      'The gap between reported work and actual outcomes, which comes of Human Debt and Technical Debt under low visibility. Present when reported work, actual execution and decision visibility no longer match.',
    ],
    [
      'human verification density',
      'Rate at which outputs are checked by a qualified human against reality before others rely on them. It cannot be delegated to AI or replaced by logs. The minimum is not zero and rises with consequence, irreversibility and Human Debt.',
      'verification density',
      'd1',
    ],
    [
      'Adoption Performance',
      'Ability to implement new capabilities and embed them in everyday work. Five dimensions: strategic alignment, operational integration, governance and risk control, workforce capability and behaviour, measurable value.',
    ],
    [
      'TechLedCulture',
      'The part of the framework that surfaces team-level signals. Its limits hold in Factum: team level only, no individual scores, no ranking, no surveillance; the pod sees its signals first, chooses its action, runs it and measures again.',
    ],
  ],
);

const fromWeb = termsFrom(
  'framework',
  ['web'],
  [
    [
      'decision visibility',
      'Whether one can inspect and validate how a decision was produced: who decided, on what basis, with what verification.',
    ],
    [
      'recoverable',
      'What passes three tests: why was this change made; can we return to a known-good state; is this a fix or a silenced symptom.',
    ],
    [
      'Execution Risk',
      '100 minus the Execution Integrity Score, with its three dominant risks: human distortion, technical opacity, decision breakdown.',
    ],
    [
      'co-regulation metrics',
      'Verification density, signal fidelity, loop closure speed, drift resistance and co-regulation effectiveness.',
    ],
  ],
);

const scored = termsFrom(
  'framework',
  ['web', 'factum'],
  [
    [
      'Execution Integrity Score',
      '0 to 100 over five dimensions of equal weight (d1 to d5). Published as 25 questions; Factum measures each dimension from evidence instead, which is its own choice, and says what it could not observe.',
      'EI score',
      'score',
    ],
    [
      'inspectability',
      'Dimension d2 of the score: from nobody being able to say who decided, on what basis and with what verification, to every change tracing to inputs, assumptions and approvals.',
      'd2',
    ],
    ['accountability', 'Dimension d3 of the score: from orphaned work to a named owner, verifier and corrector.', 'd3'],
    [
      'drift control',
      'Dimension d4 of the score: from no mechanism to continuous detection with verified correction loops.',
      'd4',
    ],
    [
      'correction latency',
      'Dimension d5 of the score: from errors that live for weeks to a short, consistent time from detection to verified restoration; not first response, not ticket closed.',
      'd5',
    ],
    [
      'cost of Execution Debt',
      'People x average cost x impact share, with the published ranges: rework 15-30 %, decision delay 10-25 %, hidden work 20-40 %, combined 20-40 %, shown next to the share that Factum measured.',
      'cost',
    ],
  ],
);

const own = termsFrom(
  'framework',
  ['factum'],
  [
    [
      'tiers',
      "Names for ranges of the score: proven from 80, inspectable from 60, assumed from 40, illusory below. Four tiers are announced, their names and limits are not published: these are Factum's.",
      'tier',
      'proven',
      'inspectable',
      'assumed',
      'illusory',
    ],
  ],
);

export const frameworkTerms: readonly Term[] = [
  ...fromSpec,
  ...fromBoth,
  ...seedSignals,
  ...fromWeb,
  ...scored,
  ...own,
];
