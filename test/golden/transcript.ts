import { expect } from 'vitest';
import type { Ran, TestWorld } from '../make/world.ts';

/** Records command lines with their answers, errors and exit codes, to be compared with a file. */
export interface Transcript {
  run(line: string, answers?: readonly string[]): Promise<Ran>;
  /** The same transcript, continued by somebody else; `name` stands before the prompt. */
  by(name: string, world: TestWorld): Pick<Transcript, 'run'>;
  /** Compares with `transcripts/<name>.txt`; fails when nothing was recorded. */
  matches(name: string): Promise<void>;
}

/** What was typed, lines of a look sheet, commands in questions, JSON, and lines of an allowed_signers file. */
const isNoProse = /^\w*\$ |^\[err\] {5}|^\[asked\] {3}|^\{"error"|namespaces=/;

export function transcriptIn(world: TestWorld, dir: string, hidden: Readonly<Record<string, string>> = {}): Transcript {
  const blocks: string[] = [];
  const by: Transcript['by'] = (name, who) => ({
    async run(line, answers) {
      const ran = await who.factum(dir, wordsOf(line), answers);
      const asked = ran.asked.flatMap(linesOf).map((each) => `[asked] ${each}`);
      const err = inOrder(linesOf(ran.err)).map((each) => `[err] ${each}`);
      blocks.push([`${name}$ factum ${line}`, ...asked, ...linesOf(ran.out), ...err, `[exit ${ran.exit}]`].join('\n'));
      return ran;
    },
  });
  return {
    ...by('', world),
    by,
    async matches(name) {
      expect(blocks).not.toEqual([]);
      const text = Object.entries({ ...hidden, [dir]: '<repository>' }).reduce(
        (all, [value, shown]) => all.replaceAll(value, shown),
        `${blocks.join('\n\n')}\n`,
      );
      // What a clock or a scheduler decides is no promise.
      const steady = namedKeys(text)
        .replaceAll(/\d+\.\d s\b/g, '<time>')
        .replaceAll(/\(\d+ bytes, [0-9a-f]{8}\)/g, '(<blob>)')
        .replaceAll(/[0-9a-f]{64}/g, '<digest>')
        .replaceAll(/-[0-9a-f]{8}(?=\.factum\.internal)/g, '-<log>');
      for (const line of steady.split('\n'))
        expect(isNoProse.test(line) || line.replace(/^\[(?:asked|err)\] /, '').length <= 80, line).toBe(true);
      await expect(steady).toMatchFileSnapshot(`transcripts/${name}.txt`);
    },
  };
}

/** Keys are new on every run: each has a letter instead, as long as its fingerprint, that lines break alike. */
function namedKeys(text: string): string {
  const found = [...new Set(text.match(/SHA256:[A-Za-z0-9+/]{43}/g))];
  return found
    .reduce((all, each, at) => all.replaceAll(each, `SHA256:${String.fromCharCode(65 + at).repeat(43)}`), text)
    .replaceAll(/AAAA[A-Za-z0-9+/=]{40,}/g, '<key>');
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
