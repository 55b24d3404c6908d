import { couldNotLook } from '../../../core/ports.ts';
import type { GitStream, SourcePorts } from '../../../core/signal/source.ts';
import { type CommitStream, type ListAsked, readListed } from './history.ts';

/** Commits of a stretch: for fewer a git has little use for what it unpacked, and of more one git would have to wait. */
const [fewest, most] = [256, 4096];
/** So many stretches keep both gits at work to the end. */
const enough = 16;

/** All commits of a list, a name a line, in its order: two gits read, taking turns at its stretches. */
export function readStretches(ports: SourcePorts, list: string, { brief = 0, ...asked }: ListAsked): CommitStream {
  const line = list.indexOf('\n') + 1;
  const length = line * Math.min(most, Math.max(fewest, Math.ceil(list.length / line / enough)));
  const turnAt = (place: number): number => Math.floor(place / length) % 2;
  const stretches = Array.from({ length: Math.ceil(list.length / length) }, (_, place) => place * length);
  const gits = stretches.slice(0, 2).map((first) => {
    const own = stretches.filter((place) => turnAt(place) === turnAt(first));
    const ownOf = (text: string): string => own.map((place) => text.slice(place, place + length)).join('');
    return readListed(ports, ownOf(list), { ...asked, brief: ownOf(list.slice(0, brief)).length });
  });
  /** Place in the list of the commit that was asked for last. */
  let at = -line;
  const gitAt = (): CommitStream | undefined => gits[turnAt(Math.min(at, list.length - 1))];

  async function ended(): GitStream['ended'] {
    const answer = await gitAt()?.ended;
    const isWell = answer?.ok === true && answer.value.exit === 0;
    if (answer !== undefined && (!isWell || at === list.length)) return answer;
    return couldNotLook('broken', 'git log told of fewer commits than it was asked for');
  }

  return {
    next() {
      at = Math.min(at + line, list.length);
      return gitAt()?.next() ?? Promise.resolve(undefined);
    },
    get ended() {
      return ended();
    },
    stop() {
      for (const git of gits) git.stop();
    },
  };
}
