import type { Claim } from '../../core/claim/claim.ts';
import type { Evidence } from '../../core/claim/evidence.ts';
import { reachOf } from '../../core/config/grants.ts';
import type { ReadContext } from '../../core/operation.ts';
import { podFor } from '../judging/pods.ts';
import { startLooking, type Looking } from './look.ts';
import { isAnnotated, isNews } from './news.ts';
import { type Plan, planLooks, type PlannedLook } from './plan.ts';

interface Options {
  readonly fresh: boolean;
  /** What the ledger has on these claims already. */
  readonly known: readonly Evidence[];
  /** Called with each claim's new evidence as soon as its last look has ended. */
  onEvidence(claim: Claim, evidence: readonly Evidence[]): Promise<void>;
}

/**
 * Looks at every part of these claims. Local runs go one after the other, so that what one saw can stand for the next;
 * everything else goes on beside them.
 */
export async function lookAtClaims(
  context: ReadContext,
  claims: readonly Claim[],
  options: Options,
): Promise<Looking['counts']> {
  const plans = await Promise.all(claims.map(async (claim) => ({ claim, plan: await planFor(context, claim) })));
  const present = await context.repository?.tree();
  await context.trust(
    wantedBy(
      plans.map(({ plan }) => plan),
      context,
    ),
  );
  const looking = startLooking(context, options);
  let lane: Promise<unknown> = Promise.resolve();

  function take(claim: Claim, planned: PlannedLook, together: readonly PlannedLook[]): Promise<Evidence> {
    const run = async (): Promise<Evidence> => {
      const end = context.progress.begin(
        `${planned.part.kind}: ${String(planned.options['command'] ?? planned.verifier.title)}`,
      );
      const evidence = await looking.look(claim, planned, together);
      end(evidence.reusedFrom === undefined ? evidence.outcome : `${evidence.outcome}, seen before on this tree`);
      return evidence;
    };
    if (planned.verifier.looksAt !== 'local-run') return run();
    const turn = lane.then(run);
    lane = turn.catch(() => undefined);
    return turn;
  }

  await Promise.all(
    plans.map(async ({ claim, plan }) => {
      const looks = plan.looks.filter((planned) => !isAnnotated(planned, claim, options.known, present));
      const taken = await Promise.all(looks.map((planned) => take(claim, planned, judgingWith(planned, plan))));
      const all = [...taken, ...plan.none.map((none) => looking.noLook(claim, none))];
      const news = all.filter((evidence) => isNews(evidence, options.known));
      await options.onEvidence(claim, news);
    }),
  );
  return looking.counts;
}

/** The looks that decide a part together with this one. */
function judgingWith({ part, verifier }: PlannedLook, { looks }: Plan): readonly PlannedLook[] {
  if (verifier.annotates === true && part.verifier !== verifier.id) return [];
  return looks.filter(
    (each) => each.part.id === part.id && (each.verifier.annotates !== true || each.part.verifier === each.verifier.id),
  );
}

async function planFor(context: ReadContext, claim: Claim): Promise<Plan> {
  const named = context.settings.config.pods.find(({ id }) => id === claim.pod);
  const pod = named ?? (await podFor(context));
  const { settings, verifiers } = context;
  return planLooks({ parts: claim.parts, target: claim.target, pod, settings, verifiers });
}

/** Everything that these plans would run or reach and that needs the user's trust. */
function wantedBy(plans: readonly Plan[], { settings }: ReadContext): readonly string[] {
  const looks = plans.flatMap((plan) => plan.looks);
  const commands = looks
    .filter(({ verifier }) => verifier.looksAt === 'local-run')
    .map(({ options }) => String(options['command']));
  const { setup } = settings.config.run;
  const setups = setup === undefined || commands.length === 0 ? [] : [setup];
  const looksOutside = looks.some(({ verifier }) => verifier.looksAt === 'outside');
  const reached = looksOutside ? reachOf(settings.config).map(({ what }) => what) : [];
  return [...new Set([...commands, ...setups, ...reached])];
}
