import type { Band, Measured, Span } from '../../../core/debt/figure.ts';
import type { InputReading, Scope, SignalReading } from '../../../core/debt/diagnosis.ts';
import {
  absenceText,
  bandText,
  differenceStyle,
  effectivePeople,
  isTooWide,
  mayBeChance,
} from '../../wording/figures.ts';
import { bare, brief, chosenStyle, type Style, styleOf, type Unit, written } from '../../wording/numbers.ts';
import { isSameSpan, mustMature } from '../../wording/time.ts';
import { clip, ink, type Paper, paragraph } from '../paper.ts';

/** Every signal that gave a number: now, its band, count, before and the change, where its band leaves one. */
export function signalTable(paper: Paper, { signals }: Scope, current: Span): string {
  const seen = signals.filter(({ now }) => now.state === 'measured');
  const head = cells(['signal', 'now', 'band', 'n', 'before', 'change']);
  const rows = seen.map((signal) => {
    const { title, unit, now, before, shrunk } = signal;
    if (now.state !== 'measured') return '';
    const name = shrunk ? `${clip(title, widths[0] - 2)} *` : title;
    const row = cells([
      name,
      written(now.value, styleIn(now, unit)),
      bandText(unit, now.band, styleIn(now, unit)),
      bare(now.n),
      before.state === 'measured' ? written(before.value, styleIn(before, unit)) : '-',
      changeText(signal),
    ]);
    const people = effectivePeople(now);
    return people === undefined ? row : `${row}\n  ${people.text}`;
  });
  const told = seen.flatMap(({ title, now }) =>
    now.state === 'measured' && now.note !== undefined ? [paragraph(paper, '', `${title}: ${now.note}`)] : [],
  );
  const note = seen.some(({ shrunk }) => shrunk) ? ['* few observations: drawn towards the own history'] : [];
  return [ink(paper, 'dim', head), ...rows, ...note, ...told, ...ofOtherWindows(paper, seen, current)].join('\n');
}

function ofOtherWindows(paper: Paper, seen: readonly SignalReading[], now: Span): readonly string[] {
  const byWindow = new Map<string, string[]>();
  for (const { title, windows } of seen.filter((each) => !isSameSpan(each.windows.now, now))) {
    const span = daysText(windows.now);
    byWindow.set(span, [...(byWindow.get(span) ?? []), title]);
  }
  if (byWindow.size === 0) return [];
  const told = [...byWindow].map(([span, titles]) => `${span}: ${titles.join(', ')}`);
  return [paragraph(paper, '', `A signal ${mustMature}. ${told.join('; ')}`)];
}

/** As days from its begin to its end, which is the first day after it. */
export function daysText({ from, to }: Span): string {
  return `${from.slice(0, 10)} to ${to.slice(0, 10)}`;
}

const widths = [24, 7, 15, 6, 7] as const;

function cells(texts: readonly string[]): string {
  return texts
    .map((text, at) => {
      const width = widths[at];
      if (width === undefined) return text;
      const fitted = clip(text, width);
      return at === 0 ? fitted.padEnd(width) : fitted.padStart(width);
    })
    .join(' ')
    .trimEnd();
}

function styleIn({ value, band }: Measured, unit: Unit): Style {
  return brief(styleOf(unit, value, band));
}

/** As narrow as a column: `?` is what the foot says of it. */
function changeText(signal: SignalReading): string {
  const { change, now, unit } = signal;
  if (change.state !== 'clear' || now.state !== 'measured') return change.state === 'unclear' ? '~' : '';
  const by = written(change.by, brief(differenceStyle(unit, now.value, change.band)));
  const reads = change.reads === 'neither' ? '' : ` ${change.reads}${mayBeChance(signal) ? '?' : ''}`;
  return `${change.by > 0 ? '+' : ''}${by}${reads}`;
}

/** What debts and score are made of: how bad each input is between its anchors. */
export function inputTable(paper: Paper, { inputs, signals }: Scope): string {
  const units = new Map(signals.map(({ id, unit }) => [id, unit]));
  const rows = inputs.flatMap((input) => {
    const { badness } = input;
    if (badness.state !== 'computed') return [];
    const unit = units.get(input.signal) ?? 'index';
    return [
      `${clip(input.title, 40).padEnd(40)} ${isTooWide('badness', badness.band) ? '   -' : bare(badness.value, 2)} ${badnessBand(badness.band).padStart(12)}   ${anchorsText(input, unit)}`,
    ];
  });
  return [
    ink(paper, 'dim', `${'input'.padEnd(40)} ${'bad'.padStart(4)} ${'band'.padStart(12)}   0 at, 1 at`),
    ...rows,
    ...(inputs.some(({ badness }) => badness.state === 'computed' && isTooWide('badness', badness.band))
      ? ['-: its band is too wide for one number']
      : []),
  ].join('\n');
}

export function badnessBand({ lo, hi }: Band): string {
  return lo === hi ? `always ${bare(lo, 2)}` : `${bare(lo, 2)} to ${bare(hi, 2)}`;
}

function anchorsText({ anchors: { good, bad, configured } }: InputReading, unit: SignalReading['unit']): string {
  const style = brief(chosenStyle(unit, [good, bad]));
  return `${written(good, style)}, ${written(bad, style)}${configured ? ' (yours)' : ''}`;
}

/** What cannot be said, and what would make it sayable. */
export function absences(paper: Paper, { inputs, signals }: Scope): string {
  const bySignal = new Map(signals.map((signal) => [signal.id, signal]));
  const missing = inputs.filter(({ signal, badness }) => badness.state !== 'computed' && !bySignal.has(signal));
  const found = [
    ...signals.flatMap(({ title, now }) => (now.state === 'measured' ? [] : [[title, absenceText(now)] as const])),
    ...missing.flatMap(({ title, badness }) =>
      badness.state === 'computed' ? [] : [[title, absenceText(badness)] as const],
    ),
  ];
  const byReason = new Map<string, string[]>();
  for (const [title, why] of found) byReason.set(why, [...(byReason.get(why) ?? []), title]);
  return [...byReason].map(([why, titles]) => paragraph(paper, '  ', `${titles.join(', ')}: ${why}`)).join('\n');
}
