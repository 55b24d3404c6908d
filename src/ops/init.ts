import { z } from 'zod';
import { configText } from '../core/config/config-text.ts';
import { podIdOf } from '../core/config/default-config.ts';
import type { DetectedCheck } from '../core/config/detect.ts';
import type { Survey } from '../core/config/survey.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation, type SetupContext } from '../core/operation.ts';

const Found = z.object({ what: z.string(), because: z.string() });

const podPattern = /^[a-z0-9][a-z0-9._-]*$/;

export const init = defineOperation({
  id: 'init',
  summary: 'Write factum.yaml from what is found in this repository',
  scope: 'setup',
  input: z.strictObject({
    yes: z.boolean().default(false).describe('take what is found, ask nothing'),
    force: z.boolean().default(false).describe('replace a factum.yaml that is there'),
    pod: z
      .string()
      .regex(podPattern, 'lower-case letters, digits, dots, underscores and hyphens')
      .optional()
      .describe("the pod's id; default: the repository's name"),
    humans: z.array(z.string().min(1)).default([]).describe('e-mail addresses of its humans; default: recent authors'),
  }),
  output: z.object({
    path: z.string(),
    text: z.string(),
    pod: z.string(),
    /** What was found and why, in the order of the file. */
    found: z.array(Found),
    /** What a person should know or do next. */
    notes: z.array(z.string()),
  }),
  async run(context, { yes, force, pod, humans }) {
    if (context.repository === undefined) {
      throw new FactumError('NO_REPOSITORY', 'factum init looks at a git repository, and there is none here');
    }
    if (context.settings.configured && !force) {
      throw new FactumError('CONFIG_EXISTS', `${context.repository.dir} has a factum.yaml`);
    }
    const survey = withHumans(await context.setup.survey(), humans);
    const found = foundIn(survey);
    if (!yes) for (const { what, because } of found) context.progress.note(`${what}  (${because})`);
    const id = pod ?? podIdOf(survey.repository);
    const chosen = yes ? { survey, pod: id } : await asked(context, survey, { pod: id, ask: humans.length === 0 });
    const text = configText(chosen.survey, chosen.pod);
    const path = await context.setup.writeConfig(text, { replace: force });
    return { path, text, pod: chosen.pod, found: [...foundIn(chosen.survey)], notes: [...notesOn(chosen.survey)] };
  },
});

function withHumans(survey: Survey, ids: readonly string[]): Survey {
  if (ids.length === 0) return survey;
  const known = new Map(survey.humans.map((human) => [human.id, human]));
  return { ...survey, humans: [...new Set(ids)].map((id) => known.get(id) ?? { id, name: '', commits: 0 }) };
}

function foundIn(survey: Survey): readonly z.infer<typeof Found>[] {
  const { checks, setup, humans, agents, owners, ciFiles } = survey;
  return [
    ...checks.map(({ kind, options, because }) => ({ what: `${kind}: ${commandOf(options)}`, because })),
    ...(setup === undefined ? [] : [{ what: `set-up of a clean checkout: ${setup.command}`, because: setup.because }]),
    ...humans.map(({ id, name, commits }) => ({
      what: `human: ${name} <${id}>`,
      because: `commits in the 90 days up to the newest: ${commits}`,
    })),
    ...agents.map(({ id, because }) => ({ what: `agent: ${id}`, because })),
    ...owners.map(({ owner, paths }) => ({ what: `owner: ${owner}`, because: `CODEOWNERS: ${paths.join(' ')}` })),
    ...ciFiles.map((path) => ({ what: 'CI', because: path })),
  ];
}

function commandOf({ command }: DetectedCheck['options']): string {
  return typeof command === 'string' ? command : 'no command';
}

/** Asks about the pod, its humans and each check. Where nobody can answer, what was found is taken. */
async function asked(
  context: SetupContext,
  survey: Survey,
  { pod, ask }: { readonly pod: string; readonly ask: boolean },
): Promise<{ readonly survey: Survey; readonly pod: string }> {
  const id = await context.ask('Id of the pod', pod);
  if (!podPattern.test(id)) {
    throw new FactumError('USAGE', `the pod id \`${id}\` has other than lower-case letters, digits, dots, _ and -`);
  }
  const emails = survey.humans.map((human) => human.id).join(', ');
  const members = ask ? await context.ask('E-mail addresses of its humans, with commas between', emails) : emails;
  const checks: DetectedCheck[] = [];
  for (const check of survey.checks) {
    const command = commandOf(check.options);
    const answer = await context.ask(`${check.kind} is judged by: ${command}\nyes, no, or another command`, 'yes');
    const changed = revised(check, answer.trim());
    if (changed !== undefined) checks.push(changed);
  }
  const ids = members.split(',').map((text) => text.trim());
  const kept = ids.filter((text) => text !== '');
  const wrong = kept.find((text) => !/^\S+@\S+$/.test(text));
  if (wrong !== undefined) throw new FactumError('USAGE', `${JSON.stringify(wrong)} is no e-mail address`);
  const humans = kept.length === 0 ? [] : withHumans(survey, kept).humans;
  return { survey: { ...survey, checks, humans }, pod: id };
}

/** The check as answered; undefined for no. Another command keeps none of the options that belonged to the old one. */
function revised(check: DetectedCheck, answer: string): DetectedCheck | undefined {
  if (answer === '' || /^y(?:es)?$/i.test(answer)) return check;
  if (/^no?$/i.test(answer)) return undefined;
  return { ...check, options: { command: answer }, because: 'named when this file was made' };
}

function notesOn({ humans, checks }: Survey): readonly string[] {
  const few = humans.length < 2;
  return [
    ...(few ? ['Structurally unsafe: with fewer than two humans no claim can become verified.'] : []),
    ...(checks.length === 0 ? ['Nothing was found that builds or tests this repository: name checks by hand.'] : []),
    'Read the file, then factum trust, then factum verify.',
  ];
}
