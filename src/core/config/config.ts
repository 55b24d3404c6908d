import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { inputIds } from '../debt/inputs.ts';
import { Policy } from '../claim/policy.ts';
import { PartKind } from '../claim/part.ts';
import { Intent } from '../intent.ts';
import { usualWeeks, weekBounds, type WindowWeeks } from '../signal/week.ts';

const Human = deferred(() =>
  z.strictObject({
    id: z.string().min(1).describe('e-mail address used in git'),
    name: z.string().optional(),
  }),
);

/** Tells how a part kind is judged in this pod. */
export const ConfiguredCheck = deferred(() =>
  z.strictObject({
    kind: PartKind,
    verifier: z.string().optional().describe('default: the verifier of that kind'),
    options: z.record(z.string(), z.unknown()).default({}),
  }),
);
export type ConfiguredCheck = Readonly<z.infer<typeof ConfiguredCheck>>;

export const PodConfig = deferred(() =>
  z.strictObject({
    id: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'lower-case letters, digits, dots, underscores and hyphens'),
    members: z
      .strictObject({
        humans: z.array(Human).default([]),
        agents: z.array(z.string().min(1)).default([]).describe('agent ids such as claude-code'),
      })
      .prefault({}),
    paths: z.array(z.string()).default(['**']).describe('globs of what the pod owns'),
    codeowners: z
      .string()
      .optional()
      .describe(
        'take paths from CODEOWNERS entries of this owner, such as @org/team: also those that a later entry gives to another',
      ),
    checks: z.array(ConfiguredCheck).default([]),
    policy: Policy.prefault({}),
    intents: z.array(Intent).default([]),
  }),
);
export type PodConfig = Readonly<z.infer<typeof PodConfig>>;

export const RunConfig = deferred(() =>
  z.strictObject({
    isolation: z
      .enum(['in-place', 'worktree', 'bubblewrap'])
      .default('in-place')
      .describe('where commands run: the working tree, a clean checkout, or a sandboxed clean checkout'),
    setup: z.string().optional().describe('command that prepares a clean checkout, such as npm ci'),
    env: z.array(z.string()).default([]).describe('names of environment variables that commands may see'),
    timeout: z
      .string()
      .regex(/^[1-9][0-9]*(?:s|m|h)$/, 'a time such as 90s, 10m or 1h')
      .default('10m'),
    no_exit_codes: z
      .array(z.number().int().min(1).max(255))
      .optional()
      .describe('exit codes with which a command says no; default: those known for the tool, else 1'),
    baseline: z.boolean().default(true).describe('after a refutation, run the same at the merge base'),
  }),
);
export type RunConfig = Readonly<z.infer<typeof RunConfig>>;

export const WitnessConfig = deferred(() =>
  z.strictObject({
    vkey: z
      .string()
      .regex(/^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+={0,2}$/, 'a vkey, as factum witness serve prints it')
      .describe('key of the witness: <name>+<key id>+<base64>'),
    url: z
      .string()
      .regex(/^https?:\/\/[^\s?#@]+$/, 'an http or https URL without user name, query and fragment')
      .describe('its submission prefix; the host may be a private address'),
  }),
);
export type WitnessConfig = Readonly<z.infer<typeof WitnessConfig>>;

export const LedgerConfig = deferred(() =>
  z.strictObject({
    twin_leaves: z
      .boolean()
      .default(true)
      .describe('follow what this machine signs by its form in Rekor, so that Sigstore tools find it in this log'),
    witnesses: z
      .array(WitnessConfig)
      .default([])
      .describe("who is asked to cosign each checkpoint of this repository's ledger"),
    require_witness: z.boolean().default(false).describe('fail when no witness has cosigned; default: say so, go on'),
  }),
);
export type LedgerConfig = Readonly<z.infer<typeof LedgerConfig>>;

export const GateConfig = deferred(() =>
  z.strictObject({
    budget: z
      .int()
      .min(0)
      .max(100)
      .default(3)
      .describe('how often one session is sent back for the same kind and scope of part; then a human decides'),
    on_unreachable: z
      .enum(['block', 'open'])
      .default('block')
      .describe('when nothing can be checked at all: send the agent back once with the reason, or let it go'),
  }),
);
export type GateConfig = Readonly<z.infer<typeof GateConfig>>;

const Anchors = deferred(() =>
  z.strictObject({
    good: z.number().describe('no badness at or beyond it'),
    bad: z.number().describe('full badness at or beyond it'),
  }),
);

function weeksWithin(window: keyof WindowWeeks) {
  const { least, most } = weekBounds[window];
  return z.int().min(least).max(most).default(usualWeeks[window]);
}

const DiagnoseConfig = deferred(() =>
  z.strictObject({
    anchors: z
      .partialRecord(z.enum(inputIds), Anchors)
      .default({})
      .describe('what is good and bad in this repository, by input; in the unit of its signal'),
    people: z.int().min(1).optional().describe('how many work here; default: who wrote or reviewed a change'),
    person_week: z
      .strictObject({ amount: z.number().positive(), currency: z.string().min(1) })
      .optional()
      .describe('what a week of work of one person costs; default: cost is told in weeks'),
    window_weeks: weeksWithin('current').describe('whole weeks up to the end of a report that are its current window'),
    baseline_weeks: weeksWithin('baseline').describe('whole weeks before them that they are set against'),
  }),
);

export const configFileName = 'factum.yaml';

/** Bytes; a longer file is refused before it is parsed. */
export const maxConfigBytes = 1_048_576;

/** `factum.yaml`. */
export const Config = deferred(() =>
  z.strictObject({
    version: z.literal(1),
    pods: z.array(PodConfig).min(1),
    run: RunConfig.prefault({}),
    network: z
      .strictObject({
        allow: z.array(z.string()).default([]).describe('hosts or host:port that may be private or loopback addresses'),
      })
      .prefault({}),
    databases: z
      .record(
        z.string(),
        z.strictObject({ url_env: z.string().describe('environment variable with the connection URL') }),
      )
      .default({}),
    ledger: LedgerConfig.prefault({}),
    gate: GateConfig.prefault({}),
    diagnose: DiagnoseConfig.prefault({}),
    git: z
      .strictObject({
        remote: z.string().default('origin'),
        default_branch: z.string().optional().describe('default: what the remote says'),
      })
      .prefault({}),
  }),
);
export type Config = Readonly<z.infer<typeof Config>>;
