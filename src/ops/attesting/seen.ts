import type { Attestation } from '../../core/claim/attestation.ts';
import type { ClaimView, HumanView } from '../../core/claim/view.ts';
import { seenKey } from './blindness.ts';

export interface SeenBefore {
  readonly person: string;
  /** Everything was shown before the answer. */
  readonly revealed: boolean;
  readonly aiReview: boolean;
  /** By `seenKey`: what other commands showed this user. */
  readonly shown: ReadonlySet<string>;
}

/**
 * What was on this person's screen before the answer, as far as Factum showed it. Whoever answered before was shown the
 * verdict after that answer; what was said before a look changed the outcome is about another state, and tells nothing.
 */
export function sawOf(
  { id, humans }: ClaimView,
  { person, revealed, aiReview, shown }: SeenBefore,
): Attestation['saw'] {
  const others = humans.filter((each) => each.person.id !== person);
  const mine = humans.findLast((each) => each.person.id === person && each.current);
  const wasThere = (other: HumanView): boolean =>
    mine !== undefined && other.current && Date.parse(other.attestedAt) <= Date.parse(mine.attestedAt);
  const wasSeen = (other: HumanView): boolean => wasThere(other) || (other.current && shown.has(seenKey(id, other)));
  return {
    machineVerdict: revealed || mine !== undefined || shown.has(seenKey(id)),
    otherAttestations: (revealed && others.length > 0) || others.some(wasSeen) || mine?.saw.otherAttestations === true,
    aiReview: aiReview || mine?.saw.aiReview === true,
  };
}

/** For `--reveal`: what machines and others say, as plain lines. */
export function revealedText(machine: ClaimView, { humans }: ClaimView): string {
  return [
    `Machines say: ${machine.verdict}`,
    ...machine.parts.map(({ id, verdict, because }) => `    ${id}  ${verdict}: ${because}`),
    humans.length === 0 ? 'Nobody answered yet.' : 'Others say:',
    ...humans.map(
      ({ person, decision, note }) =>
        `    ${person.name ?? person.id}  ${decision}${note === undefined ? '' : `: ${note}`}`,
    ),
    '',
  ].join('\n');
}
