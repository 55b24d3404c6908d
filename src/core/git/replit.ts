import type { Actor } from '../actor.ts';

/** The platform's own record speaks: neither an agent nor whoever runs Factum. */
export const replitItself: Actor = { kind: 'bot', id: 'replit', name: 'Replit' };

/** What Replit wrote beside a commit. It is a record of the platform; anybody can write the same lines. */
export interface ReplitFacts {
  readonly madeBy?: 'agent' | 'assistant' | 'deployment';
  readonly session?: string;
  /** Only a full one ends a turn. */
  readonly checkpoint?: 'full' | 'intermediate';
  readonly event?: string;
  /** What the agent itself took for evidence. */
  readonly screenshot?: string;
  /** A checkpoint of the database exists, too. */
  readonly database?: true;
  /** A rollback: the commit whose state this one has again. */
  readonly restoredTo?: string;
  /** The build that was published. */
  readonly deployment?: string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Each trailer, the only values that it has, and the fact that they are. */
const facts: Readonly<Record<string, (value: string) => ReplitFacts | undefined>> = {
  'replit-commit-author': (value) => {
    const madeBy = (['agent', 'assistant', 'deployment'] as const).find((one) => one === value.toLowerCase());
    return madeBy && { madeBy };
  },
  'replit-commit-session-id': (value) => (uuid.test(value) ? { session: value.toLowerCase() } : undefined),
  'replit-commit-checkpoint-type': (value) => {
    const [, checkpoint] = /^(full|intermediate)_checkpoint$/.exec(value) ?? [];
    return checkpoint === 'full' || checkpoint === 'intermediate' ? { checkpoint } : undefined;
  },
  'replit-commit-event-id': (value) => (uuid.test(value) ? { event: value.toLowerCase() } : undefined),
  'replit-commit-screenshot-url': (value) => (/^https:\/\/\S+$/.test(value) ? { screenshot: value } : undefined),
  'replit-helium-checkpoint-created': (value) => (value === 'true' ? { database: true } : undefined),
  'replit-restored-to': (value) => (/^[0-9a-f]{40}$/.test(value) ? { restoredTo: value } : undefined),
  'replit-commit-deployment-build-id': (value) => (uuid.test(value) ? { deployment: value.toLowerCase() } : undefined),
};

/**
 * Undefined where there are none. A squash repeats trailers of several commits: what is said in two ways is not known.
 * Keys are in lower case.
 */
export function replitFactsIn(
  trailers: readonly { readonly key: string; readonly value: string }[],
): ReplitFacts | undefined {
  const found: ReplitFacts[] = [];
  for (const [key, read] of Object.entries(facts)) {
    const said = new Set(trailers.flatMap((trailer) => (trailer.key === key ? [trailer.value] : [])));
    const [only, ...others] = said;
    const fact = only === undefined || others.length > 0 ? undefined : read(only);
    if (fact !== undefined) found.push(fact);
  }
  return found.length === 0 ? undefined : Object.assign({}, ...found);
}
