import type { Diagnosis, Funnel } from '../../core/debt/diagnosis.ts';
import type { Definition } from '../../core/signal/signal.ts';
import { ofFunnel } from '../wording/explanations.ts';
import { bare, percent, range, styleOf, type Unit, written } from '../wording/numbers.ts';
import { explained } from './explained.ts';
import { heightOf, placeOf } from './gauge.ts';
import { markup, type Markup } from './markup.ts';

const top = 14;
const bottom = 190;

/** Repositories beside each other: is one unlike all together beyond what its size explains? No order among them. */
export function funnels({ funnels: all, repositories }: Diagnosis): Markup | undefined {
  if (all.length === 0) return undefined;
  return markup`<section class="funnels" id="beside"><h2>Beside each other</h2>
<p class="lede">Each mark is a repository. The fan is where ${percent(levelOf(all[0]))} of repositories would lie by chance if all were alike, or, from ten on, differed no more than most of these do: small ones scatter more. Only a mark outside the fan is unlike the others, and that asks for a reason, not for a rank.</p>
<div class="grid-2">${all.map((funnel) => one(marked(funnel, repositories), definitionIn(repositories, funnel.signal)))}</div></section>`;
}

function levelOf(funnel: Pick<Funnel, 'points'> | Marked | undefined): number {
  return funnel?.points[0]?.limits.level ?? 0;
}

/** Each repository has the same mark in all charts, whether a chart shows those before it or not. */
function marked(funnel: Funnel, repositories: Diagnosis['repositories']): Marked {
  const names = repositories.map(({ repository }) => repository);
  let at = -1;
  const points = funnel.points.map((point) => {
    // In the order of the repositories, of which two may have one name.
    at = names.indexOf(point.repository, at + 1);
    return { ...point, mark: markAt(at) };
  });
  const shown = new Set(points.map(({ mark }) => mark));
  return { ...funnel, points, absent: names.filter((_, each) => !shown.has(markAt(each))) };
}

type Marked = Omit<Funnel, 'points'> & {
  readonly points: readonly (Funnel['points'][number] & { readonly mark: string })[];
  /** Repositories that have no such number. */
  readonly absent: readonly string[];
};
type Known = Pick<Definition, 'unit' | 'definition' | 'citation' | 'worse'> & { readonly title: string };

function definitionIn(repositories: Diagnosis['repositories'], id: string): Known {
  const signals = repositories.flatMap(({ scopes }) => scopes.flatMap((scope) => scope.signals));
  return (
    signals.find((signal) => signal.id === id) ?? {
      unit: 'share',
      definition: '',
      citation: '',
      worse: 'neither',
      title: id,
    }
  );
}

function one(funnel: Marked, known: Known): Markup {
  const { title, definition, citation, unit } = known;
  const outside = funnel.points.filter(({ outside: is }) => is).map(({ repository }) => repository);
  const says = outside.length === 0 ? 'None lies outside the fan.' : `Outside the fan: ${outside.join(', ')}.`;
  return markup`<article class="funnel"><h3>${title}</h3><p>${definition}</p>
${chart(funnel, { title, unit, says })}
<p><b>${says}</b>${funnel.absent.length > 0 && ` Not observed here, or too seldom: ${funnel.absent.join(', ')}.`}</p>
<details class="numbers"><summary>The numbers of the chart</summary><div class="scroll" role="region" tabindex="0" aria-label="Numbers: ${title}"><table><caption>${title}; all together ${text(funnel.pooled, unit)}. Funnel plot: Spiegelhalter 2005, Stat. Med. 24; signal: ${citation}</caption><thead><tr><th scope="col">mark</th><th scope="col">repository</th><th scope="col">value</th><th scope="col">n</th><th scope="col">expected by chance</th></tr></thead><tbody>
${funnel.points.map((point) => markup`<tr><td>${point.mark}</td><td><bdi>${point.repository}</bdi></td><td>${text(point.value, unit)}</td><td>${bare(point.n)}</td><td>${range(point.limits, styleOf(unit, point.value, point.limits))}</td></tr>`)}
</tbody></table></div></details>
${explained(ofFunnel({ ...funnel, level: levelOf(funnel) }, { ...known, outside }))}</article>`;
}

/** Points on a root scale of n: the fan narrows as evenly as chance does. */
function chart(
  funnel: Marked,
  { title, unit, says }: { readonly title: string; readonly unit: Unit; readonly says: string },
): Markup {
  const { points, pooled } = funnel;
  const most = Math.sqrt(Math.max(1, ...points.map(({ n }) => n))) * 1.08;
  const all = points.flatMap(({ value, limits }) => [value, limits.lo, limits.hi]);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const x = (n: number): string => placeOf(Math.sqrt(Math.max(0, n)), 0, most);
  const y = (value: number): number => heightOf(value, [low, high], top, bottom);
  const fan = points.toSorted((a, b) => a.n - b.n);
  const side = (pick: 'lo' | 'hi') => fan.map(({ n, limits }) => `${10 * Number.parseFloat(x(n))},${y(limits[pick])}`);
  return markup`<figure class="weekly"><svg role="img" width="100%" height="226"><title>${title}, by repository and number of observations</title><desc>${says} All together: ${text(pooled, unit)}. The numbers are in the table below.</desc>
<svg x="0" y="0" width="100%" height="226" viewBox="0 0 1000 226" preserveAspectRatio="none"><polygon class="fan" points="${[...side('lo'), ...side('hi').toReversed()].join(' ')}"/></svg>
<line class="level" x1="0" x2="100%" y1="${y(pooled)}" y2="${y(pooled)}"/>
${(text(low, unit) === text(high, unit) ? [low] : [low, high]).map((value) => markup`<text x="-8" y="${y(value) + 4}" text-anchor="end">${text(value, unit)}</text>`)}
${fan.map((point) => markup`<line class="limit" x1="${x(point.n)}" x2="${x(point.n)}" y1="${y(point.limits.lo)}" y2="${y(point.limits.hi)}"/>`)}
${points.map((point) => markup`<g><title>${point.repository}</title><circle class="point${point.outside && ' outside'}" cx="${x(point.n)}" cy="${y(point.value)}" r="9"/><text class="letter" x="${x(point.n)}" y="${y(point.value) + 4}" text-anchor="middle">${point.mark}</text></g>`)}
<text x="0" y="222">few observations</text><text x="100%" y="222" text-anchor="end">${bare(Math.max(0, ...points.map(({ n }) => n)))} observations</text>
</svg></figure>`;
}

/** A, B … Z, then numbers: names do not fit beside marks. */
export function markAt(at: number): string {
  return at < 26 ? String.fromCharCode(65 + at) : String(at + 1);
}

function text(value: number, unit: Unit): string {
  return written(value, styleOf(unit, value, { lo: 0, hi: unit === 'share' ? 0.1 : Math.abs(value) }));
}
