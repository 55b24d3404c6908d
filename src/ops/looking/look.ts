import type { Claim } from '../../core/claim/claim.ts';
import { type Evidence, type Look, lookKeyOf, nothingSeen } from '../../core/claim/evidence.ts';
import { messageOf } from '../../core/errors.ts';
import type { ReadContext } from '../../core/operation.ts';
import type { Workspace } from '../../core/ports.ts';
import { placeFor } from './place.ts';
import type { NoLook, PlannedLook } from './plan.ts';
import { stableJson } from './stable-json.ts';

/** Takes looks for one run of an operation. The same check of the same tree is not run twice in it. */
export interface Looking {
  look(claim: Claim, planned: PlannedLook, together: readonly PlannedLook[]): Promise<Evidence>;
  noLook(claim: Claim, none: NoLook): Evidence;
  readonly counts: { readonly taken: number; readonly reused: number };
}

type Taken = Pick<Evidence, 'environment'> & { readonly look: Look; readonly startedAt: string };

export function startLooking(context: ReadContext, options: { readonly fresh: boolean }): Looking {
  const { ports, read } = context;
  const taken = new Map<string, Evidence>();
  const counts = { taken: 0, reused: 0 };

  async function look(claim: Claim, planned: PlannedLook, together: readonly PlannedLook[]): Promise<Evidence> {
    const evidence = await reusedOrTaken(claim, planned);
    if (together.length < 2) return evidence;
    return { ...evidence, together: together.map((each) => lookKeyOf(verifierOf(context, each))).toSorted() };
  }

  async function reusedOrTaken(claim: Claim, planned: PlannedLook): Promise<Evidence> {
    const startedAt = ports.now();
    const place = await placeFor(context, claim, planned.verifier);
    if (place !== undefined && !place.ok) {
      const why = `could not prepare a place to look: ${place.message}`;
      return evidenceOf(claim, planned, { look: notLooked('error', why), startedAt });
    }
    const workspace = place?.value;
    const isLocal = planned.verifier.looksAt === 'local-run' && workspace !== undefined;
    const environment = isLocal ? await ports.environment(workspace) : undefined;
    // Only local runs in a known tree can stand for each other.
    const key =
      environment === undefined || workspace === undefined || workspace.tree === ''
        ? undefined
        : { ...lookKey(context, planned), tree: workspace.tree, environment: environment.digest };
    const known =
      key === undefined || options.fresh
        ? undefined
        : (taken.get(withScope(key, planned)) ?? (await read.reusable(key)));
    if (known !== undefined) {
      counts.reused += 1;
      const { together: _, ...rest } = known;
      return { ...rest, claim: claim.id, part: planned.part.id, reusedFrom: known.reusedFrom ?? known.observedAt };
    }
    counts.taken += 1;
    const seen = await examine(claim, planned, workspace);
    const evidence = evidenceOf(claim, planned, {
      look: seen,
      startedAt,
      ...(environment === undefined ? {} : { environment }),
    });
    if (key !== undefined && evidence.outcome !== 'error') taken.set(withScope(key, planned), evidence);
    return evidence;
  }

  async function examine(claim: Claim, planned: PlannedLook, workspace: Workspace | undefined): Promise<Look> {
    const { verifier, part } = planned;
    try {
      const lastAccepted =
        verifier.looksAt === 'local-run' ? await read.lastSupported(lookKey(context, planned)) : undefined;
      return await verifier.run({
        options: planned.options,
        part,
        target: claim.target,
        claimedAt: claim.claimedAt,
        ports,
        ...(workspace === undefined ? {} : { workspace }),
        ...(lastAccepted === undefined ? {} : { lastAccepted }),
      });
    } catch (thrown) {
      return notLooked('error', `${verifier.id} broke: ${messageOf(thrown)}`);
    }
  }

  function evidenceOf(claim: Claim, planned: PlannedLook, { look: seen, startedAt, ...rest }: Taken): Evidence {
    const { part, verifier } = planned;
    const observedAt = ports.now();
    return {
      ...redacted(seen, context.redact),
      ...rest,
      claim: claim.id,
      part: part.id,
      verifier: verifierOf(context, planned),
      ...(verifier.annotates === true && part.verifier !== verifier.id ? { annotation: true } : {}),
      observedAt,
      durationMs: Math.max(0, Date.parse(observedAt) - Date.parse(startedAt)),
    };
  }

  function noLook(claim: Claim, { part, verifierId, why }: NoLook): Evidence {
    return {
      ...notLooked('not-applicable', why),
      claim: claim.id,
      part: part.id,
      verifier: { id: verifierId, version: '0', optionsDigest: '' },
      observedAt: ports.now(),
      durationMs: 0,
    };
  }

  return { look, noLook, counts };
}

/** What is asked is the options and what the words name: a run that supports a few tests says nothing of all of them. */
function verifierOf({ ports }: ReadContext, { verifier, options, part }: PlannedLook): Evidence['verifier'] {
  const { names, expected, tool } = part;
  const asked = verifier.looksAt === 'local-run' && (names ?? expected ?? tool) !== undefined;
  const optionsDigest = ports.sha256(stableJson(asked ? { options, names, expected, tool } : options)).slice(0, 32);
  return { id: verifier.id, version: verifier.version, optionsDigest };
}

function lookKey(context: ReadContext, planned: PlannedLook): Parameters<ReadContext['read']['lastSupported']>[0] {
  const { id, ...rest } = verifierOf(context, planned);
  return { verifier: id, ...rest };
}

/** A failing run says "no" to one scope and nothing to another. */
function withScope(key: object, { part }: PlannedLook): string {
  return stableJson({ ...key, scope: part.scope });
}

/** Every text of a look, before anything is recorded or shown. */
function redacted(look: Look, redact: (text: string) => string): Look {
  return JSON.parse(JSON.stringify(look), (_key, value: unknown) =>
    typeof value === 'string' ? redact(value) : value,
  ) as Look;
}

function notLooked(outcome: 'error' | 'not-applicable', message: string): Look {
  return { ...nothingSeen, outcome, message: message.slice(0, 4000) };
}
