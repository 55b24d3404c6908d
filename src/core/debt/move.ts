import type { DebtLevel, InputReading, Move, Score } from './diagnosis.ts';
import type { Toolkit } from './toolkit.ts';

interface Found {
  readonly debts: readonly DebtLevel[];
  readonly score: Score;
  readonly inputs: readonly InputReading[];
  readonly people: number | undefined;
}

/**
 * The toolkit whose inputs make most of the debts and of what the score lacks. Only inputs count that are bad beyond
 * their band; of two toolkits that would move as much, the one whose first input is worse, or that names fewer.
 */
export function moveFor(toolkits: readonly Toolkit[], found: Found): Move | undefined {
  const pull = pullOf(found);
  const weighed = toolkits
    .filter(({ run }) => run({ people: found.people }))
    .map((toolkit) => {
      const because = toolkit.moves.flatMap((input) => {
        const share = pull.get(input) ?? 0;
        return share > 0 ? [{ input: input as string, share }] : [];
      });
      const first = pull.get(toolkit.moves[0] ?? '') ?? 0;
      return { toolkit, because, first, all: because.reduce((sum, { share }) => sum + share, 0) };
    });
  const [best] = weighed.toSorted(
    (a, b) =>
      b.all - a.all ||
      b.first - a.first ||
      a.toolkit.moves.length - b.toolkit.moves.length ||
      (a.toolkit.id < b.toolkit.id ? -1 : 1),
  );
  if (best === undefined || best.all === 0) return undefined;
  const { id, title, when, steps, time, source } = best.toolkit;
  const because = best.because.toSorted((a, b) => b.share - a.share);
  return { toolkit: id, title, when, steps: [...steps], time, source, because };
}

/** A tenth of the way to the bad anchor, beyond the band: less needs no intervention. */
const leastBad = 0.1;

/** What each input makes of everything that could be better, as a share of it. */
function pullOf({ debts, score, inputs }: Found): ReadonlyMap<string, number> {
  const losses = [
    ...debts.map(({ level, shares }) => ({ loss: level.state === 'computed' ? level.value : 0, shares })),
    { loss: score.risk ?? 0, shares: score.shares },
  ];
  const isSure = new Set(
    inputs.flatMap(({ id, badness }) => (badness.state === 'computed' && badness.band.lo > leastBad ? [id] : [])),
  );
  const total = losses.reduce((sum, { loss }) => sum + loss, 0);
  const pull = new Map<string, number>();
  for (const { loss, shares } of losses) {
    for (const { input, ofLevel } of shares) {
      if (isSure.has(input)) pull.set(input, (pull.get(input) ?? 0) + (loss * ofLevel) / total);
    }
  }
  return pull;
}
