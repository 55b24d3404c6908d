import { expect } from 'vitest';
import type { Ran, TestWorld } from '../make/world.ts';

/** Records command lines with their answers, errors and exit codes, to be compared with a file. */
export interface Transcript {
  run(line: string, answers?: readonly string[]): Promise<Ran>;
  /** Compares with `transcripts/<name>.txt`; fails when nothing was recorded. */
  matches(name: string): Promise<void>;
}

export function transcriptIn(world: TestWorld, dir: string, hidden: Readonly<Record<string, string>> = {}): Transcript {
  const blocks: string[] = [];
  return {
    async run(line, answers) {
      const ran = await world.factum(dir, wordsOf(line), answers);
      const err = inOrder(linesOf(ran.err)).map((each) => `[err] ${each}`);
      blocks.push([`$ factum ${line}`, ...linesOf(ran.out), ...err, `[exit ${ran.exit}]`].join('\n'));
      return ran;
    },
    async matches(name) {
      expect(blocks).not.toEqual([]);
      const text = Object.entries({ ...hidden, [dir]: '<repository>' }).reduce(
        (all, [value, shown]) => all.replaceAll(value, shown),
        `${blocks.join('\n\n')}\n`,
      );
      // What a clock or a scheduler decides is no promise.
      const steady = text
        .replaceAll(/\d+\.\d s\b/g, '<time>')
        .replaceAll(/\(\d+ bytes, [0-9a-f]{8}\)/g, '(<blob>)')
        .replaceAll(/[0-9a-f]{64}/g, '<digest>');
      for (const line of steady.split('\n'))
        expect(/^\[err\]|^\{"error"/.test(line) || line.length <= 80, line).toBe(true);
      await expect(steady).toMatchFileSnapshot(`transcripts/${name}.txt`);
    },
  };
}

function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.trimEnd().split('\n');
}

/** Looks that go on at once end in any order; their lines stand in the order of the alphabet. */
function inOrder(lines: readonly string[]): readonly string[] {
  return [...lines.filter((line) => !tellsAnEnd(line)), ...lines.filter(tellsAnEnd).toSorted()];
}

function tellsAnEnd(line: string): boolean {
  return / \(\d+\.\d s\)$/.test(line);
}

/** Words as a shell splits them, with double and single quotes. */
function wordsOf(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? '',
  );
}
