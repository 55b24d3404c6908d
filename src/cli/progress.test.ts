import { describe, expect, test } from 'vitest';
import { showProgress } from './progress.ts';

function onScreen(width: number) {
  const said: string[] = [];
  const progress = showProgress({
    err: (text) => void said.push(text),
    isInteractive: false,
    paper: { width, colour: false },
  });
  return { progress, lines: () => said.join('').split('\n') };
}

const long = 'recorded, and not published: the log repository-0123abcd.factum.internal is signed with a key of another';

describe.each([80, 120])('at %i columns', (width) => {
  test('a note is broken into lines, and nothing of it is lost', () => {
    const { progress, lines } = onScreen(width);
    progress.note(long);
    expect(Math.max(...lines().map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(lines().join(' ').trim()).toBe(long);
  });

  test('a look that ends has one line, whatever ran', () => {
    const { progress, lines } = onScreen(width);
    progress.begin(long)(`inconclusive, ${long}`);
    progress.begin('short')('supported');
    expect(lines()).toHaveLength(3);
    expect(Math.max(...lines().map(({ length }) => length))).toBeLessThanOrEqual(width);
    expect(lines()[1]).toMatch(/^short: supported \(\d+\.\d s\)$/);
  });

  test('what has to stay whole is shown as it is', () => {
    const { progress, lines } = onScreen(width);
    progress.show(`http://localhost:4711/${'x'.repeat(width)}\n`);
    expect(lines()[0]).toHaveLength(width + 22);
  });
});
