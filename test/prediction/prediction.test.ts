import { describe, expect, test } from 'vitest';
import { originsOf } from '../../scripts/validate/prediction/origins.ts';
import { deviance, rateOf, slopesOf } from '../../scripts/validate/prediction/poisson.ts';
import { type Case, ranksOf, skillOf } from '../../scripts/validate/prediction/skill.ts';
import type { Fact } from '../../src/core/signal/fact.ts';
import { week } from '../../src/core/signal/week.ts';
import { normalDraw, seededRandom } from '../../src/core/stats/random.ts';
import { climates, history } from '../quiet/histories.ts';

const random = seededRandom(11);
const noise = (): number => normalDraw(random);

describe('Poisson with a level for each group', () => {
  test('finds the slopes that the counts were made of, whatever the levels', () => {
    const rows = ['a', 'b', 'c'].flatMap((group, at) =>
      Array.from({ length: 40 }, () => {
        const by = [noise(), noise()];
        return { group, by, count: 10 ** at * Math.exp(0.7 * (by[0] ?? 0) - 0.3 * (by[1] ?? 0)) };
      }),
    );
    const [first = NaN, second = NaN] = slopesOf(rows);
    expect(first).toBeCloseTo(0.7, 3);
    expect(second).toBeCloseTo(-0.3, 3);
    expect(rateOf({ group: 'a', count: 0, by: [1, 1] }, [first, second])).toBeCloseTo(Math.exp(0.4), 3);
  });

  test('deviance is 0 where it is as expected, and grows on both sides', () => {
    expect(deviance(3, 3)).toBeCloseTo(0);
    expect(deviance(0, 2)).toBeCloseTo(4);
    expect(deviance(5, 3)).toBeGreaterThan(0);
  });
});

/** Twelve repositories of thirty quarters; the count rises with `tried` where that is planted. */
function cases(slope: number): readonly Case[] {
  return Array.from({ length: 12 }, (_, at) => `r${at}`).flatMap((repository, at) =>
    Array.from({ length: 30 }, () => {
      const [known, tried] = [[noise()], noise()];
      const rate = (1 + at) * Math.exp(0.3 * (known[0] ?? 0) + slope * tried + 0.2 * noise());
      return { repository, known, tried, count: Math.round(rate + Math.sqrt(rate) * noise() * 0.5), of: 1 };
    }).map((each) => ({ ...each, count: Math.max(0, each.count) })),
  );
}

describe('skill', () => {
  test('what foretells is found, in deviance and in ranks', () => {
    const found = cases(0.6);
    const { share, better, repositories, origins } = skillOf(found, 1);
    expect({ repositories, origins }).toEqual({ repositories: 12, origins: 12 * 26 });
    expect(share.lo).toBeGreaterThan(0.1);
    expect(better).toBeGreaterThan(9);
    expect(ranksOf(found).lo).toBeGreaterThan(0.2);
  });

  test('what says nothing is not', () => {
    const { share } = skillOf(cases(0), 2);
    expect(share.lo).toBeLessThan(0);
    expect(Math.abs(share.value)).toBeLessThan(0.05);
  });
});

describe('origins', () => {
  const facts = history(climates.constant(100), seededRandom(5));
  const origins = originsOf(facts);

  test('are a quarter apart and count what came after', () => {
    const [first, second, ...others] = origins.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBe(13 * week);
    expect(others).toEqual([]);
    expect(origins.every(({ made, marred, merged }) => made > 0 && marred <= merged && merged > 100)).toBe(true);
    expect(Object.keys(origins[0]?.said ?? {})).toContain('Execution Debt, measured');
  });

  test('hear what was known by then, and nothing of the future', () => {
    const cut = origins[1]?.at ?? NaN;
    const without = (isLater: boolean): readonly Fact[] =>
      facts.filter((fact) => fact.kind !== 'correction' || fact.at >= cut !== isLater);
    const ignorant = originsOf(without(true));
    expect(ignorant[1]).toMatchObject({ made: 0, said: origins[1]?.said });
    expect(originsOf(without(false))[1]?.said).not.toEqual(origins[1]?.said);
  });
});
