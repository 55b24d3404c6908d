import { z } from 'zod';
import { PartKind } from '../claim/part.ts';
import { VerdictName } from '../claim/view.ts';
import { deferred } from '../deferred.ts';
import { ObjectName } from './event.ts';

/** Where a pull request says something: its title, its body, or the last message of an agent among its commits. */
const Place = deferred(() => z.enum(['title', 'body', 'commit']));
export type Place = z.infer<typeof Place>;

/** What is longer is cut where a result is made, and refused where one is read. */
export const longest = { words: 300, because: 600, unread: 300, agent: 100, claims: 10, parts: 100 } as const;

/** One part of what was said, with what was seen. */
const CheckedPart = deferred(() =>
  z.strictObject({
    kind: PartKind,
    words: z.string().max(longest.words),
    verdict: VerdictName,
    because: z.string().max(longest.because),
  }),
);
export type CheckedPart = Readonly<z.infer<typeof CheckedPart>>;

const CheckedStatement = deferred(() =>
  z.strictObject({
    place: Place,
    /** What it is about. */
    commit: ObjectName,
    /** The tool that left its mark in that commit. */
    agent: z.string().min(1).max(longest.agent).optional(),
    parts: z.array(CheckedPart).min(1).max(longest.parts),
  }),
);
export type CheckedStatement = Readonly<z.infer<typeof CheckedStatement>>;

/** What became of a pull request's claims: an artifact that one job leaves and another one, with more rights, distrusts. */
export const PullRequestResult = deferred(() =>
  z.strictObject({
    version: z.literal(1),
    pullRequest: z.strictObject({ number: z.int().positive(), head: ObjectName }),
    claims: z.array(CheckedStatement).max(longest.claims),
    /** What was not read or not looked at, and why. */
    unread: z.array(z.string().max(longest.unread)).max(20),
  }),
);
export type PullRequestResult = Readonly<z.infer<typeof PullRequestResult>>;

/** Larger ones are not read. */
export const mostResultBytes = 2 * 1024 * 1024;

/** The artifact's name at the forge, and of the one file in it. */
export const resultName = 'factum-pull-request';

/** Undefined: it is none. */
export function resultIn(bytes: Uint8Array): PullRequestResult | undefined {
  try {
    return PullRequestResult.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return undefined;
  }
}

export function partsOf({ claims }: PullRequestResult): readonly CheckedPart[] {
  return claims.flatMap(({ parts }) => parts);
}

export function isContradicted({ verdict }: CheckedPart): boolean {
  return verdict === 'contradicted';
}

/** In one line, of numbers only. */
export function summaryOf(result: PullRequestResult): string {
  const parts = partsOf(result);
  if (parts.length === 0) return 'No claim found';
  const count = (holds: (part: CheckedPart) => boolean): number => parts.filter(holds).length;
  const contradicted = count(isContradicted);
  const supported = count(({ verdict }) => verdict === 'supported' || verdict === 'verified');
  const open = parts.length - contradicted - supported;
  const counts = [`${contradicted} contradicted`, `${supported} supported`, `${open} not decided`];
  const told = counts.filter((each) => !each.startsWith('0 '));
  return `${parts.length} ${parts.length === 1 ? 'claim' : 'claims'}: ${told.join(', ')}`;
}
