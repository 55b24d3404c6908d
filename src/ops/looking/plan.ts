import type { z } from 'zod';
import type { Target } from '../../core/claim/claim.ts';
import { defaultVerifiers, type Part } from '../../core/claim/part.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import type { PodConfig } from '../../core/config/config.ts';
import type { Settings } from '../../core/operation.ts';

/** One look that will be taken at a part. */
export interface PlannedLook {
  readonly part: Part;
  readonly verifier: Verifier;
  readonly options: Readonly<Record<string, unknown>>;
  /** Where the options come from, for people. */
  readonly because: string;
}

/** A part, or one of its verifiers, for which nothing says how to look. */
export interface NoLook {
  readonly part: Part;
  readonly verifierId: string;
  readonly why: string;
}

export interface Plan {
  readonly looks: readonly PlannedLook[];
  readonly none: readonly NoLook[];
}

interface PlanInput {
  readonly parts: readonly Part[];
  readonly target: Target;
  readonly pod: PodConfig;
  readonly settings: Settings;
  readonly verifiers: readonly Verifier[];
}

interface Choice {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly because: string;
}

/** Decides, per part, which verifiers look and with which options: the configuration first, then what was detected. */
export function planLooks(input: PlanInput): Plan {
  const looks: PlannedLook[] = [];
  const none: NoLook[] = [];
  for (const part of input.parts) {
    for (const choice of [...judging(part, input), ...annotating(part, input)]) {
      const planned = planOne(part, choice, input);
      if ('why' in planned) none.push(planned);
      else looks.push(planned);
    }
  }
  return { looks, none };
}

function judging(part: Part, { pod, settings }: PlanInput): readonly Choice[] {
  const configured = pod.checks
    .filter(({ kind }) => kind === part.kind)
    .flatMap(({ kind, verifier, options }) => {
      const ids = verifier === undefined ? defaultVerifiers[kind] : [verifier];
      // Options are those of the first; what is judged beside it needs none.
      return ids.map((id, index) => ({ id, options: index === 0 ? options : {}, because: 'factum.yaml' }));
    });
  const detected = settings.detected
    .filter(({ kind }) => kind === part.kind)
    .map(({ verifier: id, options, because }) => ({ id, options, because }));
  const suitable = [configured, detected].map((choices) => choices.filter(({ id }) => suits(part, id)));
  const found = suitable.find((choices) => choices.length > 0);
  if (found !== undefined) return found;
  const ids = part.verifier === undefined ? defaultVerifiers[part.kind] : [part.verifier];
  return ids.map((id) => ({ id, options: {}, because: 'the claim itself' }));
}

/** A part that asks for a particular verifier takes options only from checks of that verifier. */
function suits(part: Part, verifier: string): boolean {
  return part.verifier === undefined || part.verifier === verifier;
}

function annotating(part: Part, { verifiers }: PlanInput): readonly Choice[] {
  return verifiers
    .filter(
      (verifier) => verifier.annotates === true && verifier.judges.includes(part.kind) && part.verifier === undefined,
    )
    .map(({ id }) => ({ id, options: {}, because: 'beside the judging verifier' }));
}

function planOne(part: Part, choice: Choice, { target, verifiers, settings }: PlanInput): PlannedLook | NoLook {
  const verifier = verifiers.find(({ id }) => id === choice.id);
  if (verifier === undefined) {
    return { part, verifierId: choice.id, why: `this version of Factum has no verifier \`${choice.id}\`` };
  }
  const given = {
    ...runDefaults(verifier, settings),
    ...choice.options,
    ...verifier.fromPart?.(part, target),
    ...part.options,
  };
  const parsed = verifier.options.safeParse(given);
  if (parsed.success) return { part, verifier, options: parsed.data, because: choice.because };
  return { part, verifierId: verifier.id, why: whyUnknown(parsed.error.issues, given) };
}

/** What is missing in one word, what is wrong with its reason. */
function whyUnknown(issues: z.core.$ZodIssue[], given: Readonly<Record<string, unknown>>): string {
  const isMissing = ({ path: [key] }: z.core.$ZodIssue): boolean =>
    key !== undefined && given[String(key)] === undefined;
  const missing = issues.filter(isMissing).map(({ path }) => `no ${path.join('.')}`);
  const wrong = issues.filter((issue) => !isMissing(issue)).map(({ path, message }) => [...path, message].join(': '));
  return `nothing says how to look (${[...missing, ...wrong].join('; ')}): say it in factum.yaml or with --part`;
}

/** What `run` of the configuration says for every local run, where the verifier has such an option. */
function runDefaults({ options }: Verifier, { config }: Settings): Readonly<Record<string, unknown>> {
  const { baseline, no_exit_codes } = config.run;
  const all = { baseline, ...(no_exit_codes === undefined ? {} : { no_exit_codes }) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => Object.hasOwn(options.shape, name)));
}
