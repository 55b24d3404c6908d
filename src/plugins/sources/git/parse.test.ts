import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ParsedCommit } from './commit.ts';
import { commitParser } from './parse.ts';

const byte = fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code));
const bytes = fc.string({ unit: byte, maxLength: 400 });
/** What git never lets into a name, a path or a message. */
const without = (...left: readonly string[]) => byte.filter((one) => !left.includes(one));
const name = fc.string({ unit: without('\0', '\n'), maxLength: 30 });
const message = fc.string({ unit: without('\0'), maxLength: 60 });
const path = fc.string({ unit: without('\0'), minLength: 1, maxLength: 20 });

function parsed(chunks: readonly string[]): readonly ParsedCommit[] {
  const parser = commitParser('counts');
  const found = chunks.flatMap((chunk) => parser.push(chunk));
  const last = parser.end();
  return last === undefined ? found : [...found, last];
}

/** Cuts a text at the given places. */
function cut(text: string, places: readonly number[]): readonly string[] {
  const at = [0, ...places.map((place) => place % (text.length + 1)).toSorted((a, b) => a - b), text.length];
  return at.slice(1).map((to, index) => text.slice(at[index], to));
}

const utf8 = (text: string): string => Buffer.from(text, 'latin1').toString();

test('no bytes make it throw, and where they are cut changes nothing', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        bytes,
        bytes.map((text) => `\u0001${text}`),
      ),
      fc.array(fc.nat(), { maxLength: 5 }),
      (text, places) => {
        expect(parsed(cut(text, places))).toEqual(parsed([text]));
      },
    ),
  );
});

const file = fc.record({ path, added: fc.nat(9), deleted: fc.nat(9) });
const commit = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{40}$/),
  name,
  message,
  files: fc.uniqueArray(file, { selector: (one) => one.path, maxLength: 4 }),
});
type Written = typeof commit extends fc.Arbitrary<infer Of> ? Of : never;

const notText = (byteOfNone: string) => ({ path: byteOfNone, added: 1, deleted: 2 });

/** As `git log -z --raw --numstat` writes it. */
function written({ id, name: by, message: text, files }: Written): string {
  const header = `\u0001${id}\n\n${by}\na@b\n1\n${by}\na@b\n2\n${text}\0`;
  const raw = files.map((one) => `:100644 100644 0000001 0000002 M\0${one.path}\0`);
  const counts = files.map((one) => `${one.added}\t${one.deleted}\t${one.path}\0`);
  return header + (files.length === 0 ? '' : `\n${raw.join('')}${counts.join('')}`);
}

test('what was written is what is read, whatever bytes names, paths and messages have', () => {
  fc.assert(
    fc.property(fc.array(commit, { maxLength: 4 }), fc.array(fc.nat(), { maxLength: 5 }), (commits, places) => {
      const found = parsed(cut(commits.map(written).join(''), places));
      expect(found.map(({ id, author, message: text, files }) => [id, author.name, text, files.length])).toEqual(
        commits.map((one) => [one.id, utf8(one.name), utf8(one.message), one.files.length]),
      );
      const counts = found.flatMap(({ files }) => files.map(({ path: at, added, deleted }) => [at, added, deleted]));
      expect(counts).toEqual(
        commits.flatMap(({ files }) => files.map((one) => [utf8(one.path), one.added, one.deleted])),
      );
    }),
    {
      examples: [[[{ id: 'a'.repeat(40), name: '', message: '', files: [notText('\xFE'), notText('\xFF')] }], []]],
    },
  );
});
