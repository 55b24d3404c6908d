import type { Claim } from '../../core/claim/claim.ts';
import type { Evidence, Look } from '../../core/claim/evidence.ts';
import type { Verifier } from '../../core/claim/verifier.ts';
import { messageOf } from '../../core/errors.ts';
import type { LookKey, ReadContext } from '../../core/operation.ts';
import { couldNotLook, type Seen, type Workspace } from '../../core/ports.ts';
import type { NoLook, PlannedLook } from './plan.ts';
import { stableJson } from './stable-json.ts';

/** Takes looks for one run of an operation. What was supported once in this run is not run again in it. */
export interface Looking {
  look(claim: Claim, planned: PlannedLook): Promise<Evidence>;
  noLook(claim: Claim, none: NoLook): Evidence;
  readonly counts: { readonly taken: number; readonly reused: number };
}

export function startLooking(context: ReadContext, options: { readonly fresh: boolean }): Looking {
  const supported = new Map<string, Evidence>();
  const counts = { taken: 0, reused: 0 };

  async function look(claim: Claim, planned: PlannedLook): Promise<Evidence> {
    const { ports } = context;
    const key = lookKey(context, planned);
    const opened = await workspaceFor(context, claim, planned.verifier);
    if (opened !== undefined && !opened.ok)
      return evidence(claim, planned, key, { look: hindered(opened.message, opened.why) });
    const workspace = opened?.value;
    const isLocal = planned.verifier.looksAt === 'local-run' && workspace !== undefined;
    const environment = isLocal ? await ports.environment(workspace) : undefined;
    const reuseKey =
      environment === undefined || workspace === undefined
        ? undefined
        : { ...key, tree: workspace.tree, environment: environment.digest };
    if (reuseKey !== undefined && !options.fresh) {
      const known = supported.get(stableJson(reuseKey)) ?? (await context.read.reusable(reuseKey));
      if (known !== undefined) {
        counts.reused += 1;
        return { ...known, claim: claim.id, part: planned.part.id, reusedFrom: known.reusedFrom ?? known.observedAt };
      }
    }
    const startedAt = ports.now();
    const lastAccepted = isLocal ? await context.read.lastSupported(key) : undefined;
    const seen = await examine(planned, {
      options: planned.options,
      part: planned.part,
      target: claim.target,
      ports,
      ...(workspace === undefined ? {} : { workspace }),
      ...(lastAccepted === undefined ? {} : { lastAccepted }),
    });
    counts.taken += 1;
    const result = evidence(claim, planned, key, {
      look: seen,
      startedAt,
      ...(environment === undefined ? {} : { environment }),
    });
    if (reuseKey !== undefined && result.outcome === 'supported') supported.set(stableJson(reuseKey), result);
    return result;
  }

  function evidence(
    claim: Claim,
    { part, verifier }: PlannedLook,
    { verifier: id, version, optionsDigest }: LookKey,
    taken: { readonly look: Look; readonly startedAt?: string; readonly environment?: Evidence['environment'] },
  ): Evidence {
    const observedAt = context.ports.now();
    return {
      ...redacted(taken.look, context.redact),
      claim: claim.id,
      part: part.id,
      verifier: { id, version, optionsDigest },
      ...(taken.environment === undefined ? {} : { environment: taken.environment }),
      ...(verifier.annotates === true && part.verifier !== verifier.id ? { annotation: true } : {}),
      observedAt,
      durationMs: Math.max(0, Date.parse(observedAt) - Date.parse(taken.startedAt ?? observedAt)),
    };
  }

  function noLook(claim: Claim, { part, verifierId, why }: NoLook): Evidence {
    return {
      ...nothingSeen('not-applicable', why),
      claim: claim.id,
      part: part.id,
      verifier: { id: verifierId, version: '0', optionsDigest: '' },
      observedAt: context.ports.now(),
      durationMs: 0,
    };
  }

  return { look, noLook, counts };
}

async function examine(planned: PlannedLook, examination: Parameters<Verifier['run']>[0]): Promise<Look> {
  try {
    return await planned.verifier.run(examination);
  } catch (thrown) {
    return nothingSeen('error', `${planned.verifier.id} broke: ${messageOf(thrown)}`);
  }
}

function lookKey({ ports }: ReadContext, { verifier, options }: PlannedLook): LookKey {
  return {
    verifier: verifier.id,
    version: verifier.version,
    optionsDigest: ports.sha256(stableJson(options)).slice(0, 32),
  };
}

/**
 * In place while the working tree is what was claimed, or when what was claimed was never committed (the look then
 * says how things stand now, and the verdict says stale); else a clean checkout of the claimed commit.
 */
async function workspaceFor(
  { repository, workspace, settings }: ReadContext,
  claim: Claim,
  verifier: Verifier,
): Promise<Seen<Workspace> | undefined> {
  if (repository === undefined || verifier.looksAt === 'outside') return undefined;
  const { commit, tree } = claim.target;
  const wantsCheckout = verifier.looksAt === 'local-run' && settings.config.run.isolation !== 'in-place';
  const present = await repository.tree();
  if (tree === undefined || tree === present) {
    const head = repository.commit;
    if (!wantsCheckout) return workspace('in-place');
    if (head !== undefined && (await repository.treeOf(head)) === present) return workspace({ commit: head });
    return couldNotLook(
      'not-allowed',
      `run.isolation is ${settings.config.run.isolation} and the working tree has changes that are not committed`,
    );
  }
  const isCommitted = commit !== undefined && (await repository.treeOf(commit)) === tree;
  return workspace(isCommitted ? { commit } : 'in-place');
}

function hindered(message: string, why: string): Look {
  return nothingSeen('error', `could not prepare a place to look (${why}): ${message}`);
}

function nothingSeen(outcome: 'error' | 'not-applicable', message: string): Look {
  return {
    outcome,
    message: message.slice(0, 4000),
    facts: {},
    planned: [],
    ran: [],
    skipped: [],
    artifacts: [],
    boundTo: {},
  };
}

/** Every text of a look, before anything is recorded or shown. */
function redacted(look: Look, redact: (text: string) => string): Look {
  return JSON.parse(JSON.stringify(look), (_key, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  ) as Look;
}
