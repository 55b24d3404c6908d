import type { Target } from './claim.ts';
import { type Evidence, inOrder, isConclusive, lookKeyOf } from './evidence.ts';
import { defaultVerifiers, type Part } from './part.ts';
import { durationMs } from './policy.ts';
import type { VerdictInput } from './verdict.ts';

/**
 * What the looks say about one part. `undecidable`: no verifier can decide it. `unseen`: nobody has looked, or every
 * look ended in error. `inconclusive`: it was looked at and nothing backs it.
 */
export interface MachineJudgement {
  readonly state: 'refuted' | 'drifted' | 'supported' | 'stale' | 'inconclusive' | 'undecidable' | 'unseen';
  readonly because: string;
  readonly decidedBy?: Evidence;
  /** What annotating verifiers say, and what the deciding look skipped. */
  readonly notes: readonly string[];
}

/** What the looks are judged by. */
export type LooksInput = Pick<VerdictInput, 'claim' | 'evidence' | 'policy' | 'asOf'>;

export function judgeByMachine(input: LooksInput, part: Part): MachineJudgement {
  const own = inOrder(input.evidence.filter((look) => look.claim === input.claim.id && look.part === part.id));
  const judgement = judge(
    input,
    part,
    own.filter(({ annotation }) => annotation !== true),
  );
  return { ...judgement, notes: [...notesOf(judgement, own), ...laterDoubt(judgement, own)] };
}

type Judgement = Omit<MachineJudgement, 'notes'>;

function judge({ claim, policy, asOf }: LooksInput, part: Part, looks: readonly Evidence[]): Judgement {
  const here = looks.filter((look) => isAbout(look, part, claim.target));
  const elsewhere = looks.filter((look) => !isAbout(look, part, claim.target));
  const moved = claim.standing ? [] : here.filter((look) => sawRealityMove(look, here));
  const decisive = newestConclusive(here.filter((look) => !moved.includes(look)));
  const refutation = decisive.find(({ outcome }) => outcome === 'refuted');
  const wasSupported = here.some(({ outcome }) => outcome === 'supported');
  // An unpinned standing claim is about the present: a "no" after a "yes" is reality moving, not a false statement.
  const movesOn = claim.standing && wasSupported;
  if (refutation !== undefined && !(movesOn && !isPinned(claim.target))) return decided('refuted', refutation);

  const later = refutation ?? newestConclusive(elsewhere).find(({ outcome }) => outcome === 'refuted');
  if (movesOn && later !== undefined) return decided('drifted', later);

  const support = decisive.filter(({ outcome }) => outcome === 'supported');
  const last = moved.at(-1);
  if (last !== undefined && inOrder([last, ...support]).at(-1) === last) {
    const because = `it was so when it was looked at first; at ${last.observedAt} no longer: ${last.message}`;
    return { state: 'stale', because, decidedBy: last };
  }
  if (support.length > 0 && support.length >= looksNeeded(here)) {
    const freshness = policy.policy.freshness[part.kind];
    return freshOrStale(support, freshness, asOf);
  }
  const other = elsewhere.findLast(({ outcome }) => outcome === 'supported');
  if (other !== undefined) {
    const because = `the only support is for ${boundToWords(other)}, not for what is claimed`;
    return { state: 'stale', because, decidedBy: other };
  }
  return withoutConclusion(part, looks);
}

/**
 * A "no" about something outside (a remote, a URL) after a "yes" about it: branches are pruned and previews taken down, and
 * the claim was true of its time. A look at a tree has no such excuse.
 */
function sawRealityMove(look: Evidence, here: readonly Evidence[]): boolean {
  if (look.outcome !== 'refuted' || look.boundTo.tree !== undefined) return false;
  return here.some(
    ({ outcome, boundTo, observedAt }) =>
      outcome === 'supported' && boundTo.tree === undefined && Date.parse(observedAt) < Date.parse(look.observedAt),
  );
}

function decided(state: MachineJudgement['state'], decidedBy: Evidence): Judgement {
  return { state, because: decidedBy.message, decidedBy };
}

/** Evidence about another tree or commit than claimed never decides the claim. */
function isAbout({ boundTo }: Evidence, part: Part, target: Target): boolean {
  if (boundTo.commit !== undefined && namesCommit(part, boundTo.commit)) return true;
  if (target.tree !== undefined && boundTo.tree !== undefined) return boundTo.tree === target.tree;
  if (target.commit !== undefined && boundTo.commit !== undefined) return boundTo.commit === target.commit;
  return true;
}

/** "6d48b0c is pushed" is about that commit, whatever the working tree is. */
function namesCommit({ options, names = [] }: Part, commit: string): boolean {
  return [options['commit'], ...names].some(
    (name) => typeof name === 'string' && /^[0-9a-f]{7,64}$/.test(name) && commit.startsWith(name),
  );
}

/** A claim that names a tree or commit is about exactly that; another one is about the present. */
function isPinned(target: Target): boolean {
  return target.tree !== undefined || target.commit !== undefined;
}

/** Keys of the looks that judge together, as the newest conclusive look says; empty when it judges alone. */
function judgingTogether(looks: readonly Evidence[]): readonly string[] {
  return looks.findLast(({ outcome }) => isConclusive(outcome))?.together ?? [];
}

/** The newest conclusive look, or that of each key where several judge together. */
function newestConclusive(looks: readonly Evidence[]): readonly Evidence[] {
  const conclusive = looks.filter(({ outcome }) => isConclusive(outcome));
  const together = judgingTogether(looks);
  const last = conclusive.at(-1);
  if (last === undefined || together.length === 0) return last === undefined ? [] : [last];
  const newest = new Map(conclusive.map((look) => [lookKeyOf(look.verifier), look]));
  return together.flatMap((key) => newest.get(key) ?? []);
}

/** How many looks must support the part: all that judge it together and found something to judge. */
function looksNeeded(looks: readonly Evidence[]): number {
  const idle = (key: string): boolean => {
    const own = looks.filter((look) => lookKeyOf(look.verifier) === key);
    return own.length > 0 && own.every(({ outcome }) => outcome === 'not-applicable');
  };
  return judgingTogether(looks).filter((key) => !idle(key)).length;
}

function freshOrStale(support: readonly Evidence[], freshness: string | undefined, asOf: string): Judgement {
  const [oldest] = support.toSorted((a, b) => Date.parse(a.observedAt) - Date.parse(b.observedAt));
  const last = support.at(-1);
  const age = Date.parse(asOf) - Date.parse(oldest?.observedAt ?? asOf);
  if (oldest !== undefined && freshness !== undefined && age > durationMs(freshness)) {
    const because = `the support is from ${oldest.observedAt}; the policy wants it newer than ${freshness}`;
    return { state: 'stale', because, decidedBy: oldest };
  }
  const because = support.map(({ message }) => message).join('; ');
  return { state: 'supported', because, ...(last === undefined ? {} : { decidedBy: last }) };
}

function withoutConclusion(part: Part, looks: readonly Evidence[]): Judgement {
  const able = looks.filter(({ outcome }) => outcome !== 'not-applicable');
  const inconclusive = able.findLast(({ outcome }) => outcome === 'inconclusive');
  if (inconclusive !== undefined) return decided('inconclusive', inconclusive);
  const error = able.findLast(({ outcome }) => outcome === 'error');
  if (error !== undefined) return { state: 'unseen', because: `could not look: ${error.message}`, decidedBy: error };
  if (able.length > 0) return { state: 'unseen', because: 'nobody has looked at what is claimed' };
  const why = looks.at(-1)?.message;
  if (why !== undefined) return { state: 'undecidable', because: `no verifier can decide it: ${why}` };
  if (part.verifier === undefined && defaultVerifiers[part.kind].length === 0) {
    return { state: 'undecidable', because: 'no verifier can decide it; it waits for humans' };
  }
  return { state: 'unseen', because: 'nobody has looked yet' };
}

function boundToWords({ boundTo }: Evidence): string {
  if (boundTo.tree !== undefined) return `tree ${boundTo.tree.slice(0, 8)}`;
  if (boundTo.commit !== undefined) return `commit ${boundTo.commit.slice(0, 8)}`;
  return 'another state';
}

/** A push that was undone since, a time-out: support stays, and it is said that it is older than the newest look. */
function laterDoubt({ state, decidedBy }: Judgement, looks: readonly Evidence[]): readonly string[] {
  if (state !== 'supported' || decidedBy === undefined) return [];
  const last = looks.findLast(
    ({ verifier, annotation }) => annotation !== true && verifier.id === decidedBy.verifier.id,
  );
  if (last?.outcome !== 'inconclusive') return [];
  return [
    `seen so at ${decidedBy.observedAt}; looked at again at ${last.observedAt}, which could not tell: ${last.message}`,
  ];
}

/** What the deciding look skipped, and what annotating verifiers newly found; one that found nothing amiss stays silent. */
function notesOf({ decidedBy }: Judgement, looks: readonly Evidence[]): readonly string[] {
  const skipped = (decidedBy?.skipped ?? []).map(({ what, why }) => `skipped ${what}: ${why}`);
  const annotations = new Map(
    looks.filter(({ annotation }) => annotation === true).map((look) => [look.verifier.id, look]),
  );
  const telling = [...annotations.values()].filter(({ outcome }) => outcome === 'inconclusive');
  return [...skipped, ...telling.map(({ message }) => message)];
}
