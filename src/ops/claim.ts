import { z } from 'zod';
import { deferred } from '../core/deferred.ts';
import { Claim } from '../core/claim/claim.ts';
import { Part } from '../core/claim/part.ts';
import { ClaimView } from '../core/claim/view.ts';
import { FactumError } from '../core/errors.ts';
import { defineOperation } from '../core/operation.ts';
import { policyRecords, targetNow } from './judging/filing.ts';
import { judge } from './judging/judge.ts';
import { findParts, NotTaken } from './judging/parts.ts';
import { podFor } from './judging/pods.ts';

export const claim = defineOperation({
  id: 'claim',
  summary: 'File a claim: read its parts from the words, show them, record it',
  scope: 'write',
  positional: ['statement'],
  input: deferred(() =>
    z.strictObject({
      statement: z.string().min(1).max(16_000).describe('what is said to be done'),
      part: z.array(z.string()).default([]).describe('a part outright: kind, kind:key=value,... or kind:{json}'),
      commit: z.string().optional().describe('the commit that it is about; default: the working tree'),
      relays: z.string().optional().describe('the claim that this one only passes on'),
      pod: z.string().optional().describe('default: the pod that you are a member of'),
      standing: z.boolean().default(false).describe('about present reality, looked at again and again'),
      dryRun: z.boolean().default(false).describe('show the parts and record nothing'),
    }),
  ),
  output: deferred(() =>
    z.object({
      filed: z.boolean(),
      parts: z.array(Part),
      notTaken: z.array(NotTaken),
      claim: ClaimView.optional(),
    }),
  ),
  async run(context, input) {
    const statement = context.redact(input.statement);
    const found = findParts(context, statement, input.part);
    const [parts, notTaken] = [[...found.parts], [...found.notTaken]];
    if (parts.length === 0) {
      const reasons = notTaken.map(({ words, why }) => `${JSON.stringify(words.slice(0, 80))} is none (${why})`);
      throw new FactumError('NO_PARTS', ['no checkable claim in these words', ...reasons].join('; '));
    }
    refuseSecrets(parts, context.redact);
    if (input.dryRun) return { filed: false, parts, notTaken };
    const shown = parts.map(({ id, kind, scope, names }) => `  ${id}  ${kind} (${names?.join(', ') ?? scope})`);
    if (!(await context.confirm(['Parts:', ...shown, 'File this claim?'].join('\n'))))
      return { filed: false, parts, notTaken };
    const commit = input.commit === undefined ? undefined : await context.resolveCommit(input.commit);
    const relays = input.relays === undefined ? undefined : (await context.read.claim(input.relays)).claim.id;
    const body = Claim.parse({
      id: context.newId(),
      pod: (await podFor(context, input.pod)).id,
      claimant: await context.actor(),
      statement,
      parts,
      target: input.standing ? {} : await targetNow(context, commit),
      ...(relays === undefined ? {} : { relays }),
      standing: input.standing,
      claimedAt: context.ports.now(),
      via: context.via,
    });
    const policies = await policyRecords(context, [body.pod]);
    await context.write([{ type: 'claim/v0.1', body }, ...policies]);
    const [view] = await judge(context, [await context.read.claim(body.id)]);
    return { filed: true, parts, notTaken, ...(view === undefined ? {} : { claim: view }) };
  },
});

/** What a part says is run as it stands, so a secret in it cannot be taken out; nor can it from the journal. */
function refuseSecrets(parts: readonly Part[], redact: (text: string) => string): void {
  const revealing = parts.find((part) => {
    const clean = JSON.stringify(part, (_, value: unknown) => (typeof value === 'string' ? redact(value) : value));
    return clean !== JSON.stringify(part);
  });
  if (revealing === undefined) return;
  const { id, kind } = revealing;
  const way = 'let it come from a variable that `run.env` of factum.yaml passes on';
  throw new FactumError('USAGE', `part ${id} (${kind}) would put a secret into the journal for good: ${way}`);
}
