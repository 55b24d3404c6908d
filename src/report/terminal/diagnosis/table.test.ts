import { expect, test } from 'vitest';
import { richScope } from '../../../../test/make/example-scopes.ts';
import { diagnosisMarkdown } from '../../markdown/diagnosis.ts';
import { examples } from '../../../../test/make/example-diagnoses.ts';
import { signalTable } from './table.ts';

const change = { state: 'clear' as const, by: -0.09, band: { lo: -0.22, hi: -0.03, level: 0.8 } };
const [signal] = richScope.signals.filter(({ now, unit }) => now.state === 'measured' && unit === 'share');
if (signal === undefined) throw new Error('no example');

test.each([
  ['ok', 'better', '−9 pts better?', 'points), better, perhaps by chance'],
  ['ok', 'worse', '−9 pts worse?', 'points), worse, perhaps by chance'],
  ['watch', 'worse', '−9 pts worse', 'points), worse'],
] as const)(
  '%s and %s: what may be chance is not told as a fact, on paper or in Markdown',
  (state, reads, inTable, inText) => {
    const scope = { ...richScope, signals: [{ ...signal, state, change: { ...change, reads } }] };
    const lines = signalTable({ width: 80, colour: false }, scope, signal.windows.now)
      .replaceAll('\u00A0', ' ')
      .split('\n');
    expect(lines[1]?.endsWith(inTable)).toBe(true);
    const [one] = examples.rich.repositories;
    if (one === undefined) throw new Error('no example');
    const markdown = diagnosisMarkdown({ ...examples.rich, repositories: [{ ...one, scopes: [scope] }] });
    expect(markdown.replaceAll('\u00A0', ' ')).toContain(`${inText} |`);
  },
);
