import { hash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { entryMaker, humanKey, machineKey } from '../../../test/make/ledger-entries.ts';
import { envelopeSigner } from '../../host/envelope-signer.ts';
import { emptyTree } from '../../core/ledger/growing-tree.ts';
import { writeGrowth } from './growth.ts';
import { vouchBy } from './vouch.ts';

// What is about to be signed is an envelope that verifies, or the twin leaf of the entry before it. All else is refused.

const vouch = vouchBy({
  sha256: (bytes) => hash('sha256', bytes),
  placeOf: (index) => `entry ${index}`,
  signerOf: envelopeSigner,
});
const [machine, other] = [machineKey(), machineKey()];
let entries: readonly Uint8Array[] = [];

beforeAll(async () => {
  const made = entryMaker();
  await made.claim(machine);
  made.twin();
  await made.look(machine);
  made.twin();
  await made.attest(humanKey(), 'ada');
  await made.look(other);
  entries = made.entries;
});

const text = (entry: Uint8Array | undefined): string => new TextDecoder().decode(entry);
const bytes = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Index and code of the first that is refused. */
async function refused(all: readonly Uint8Array[]): Promise<string | undefined> {
  for (const [index, entry] of all.entries()) {
    const thrown = await vouch(entry, index, all[index - 1]).then(
      () => undefined,
      (why: unknown) => why,
    );
    if (thrown !== undefined) return `${(thrown as { code?: string }).code} ${String(thrown)}`;
  }
  return undefined;
}

test('what was recorded is vouched for: machines, humans, twin leaves', async () => {
  expect(entries).toHaveLength(6);
  expect(await refused(entries)).toBeUndefined();
});

type Change = (all: readonly Uint8Array[]) => readonly (Uint8Array | undefined)[];

/** One entry in the place of another. */
function instead(at: number, make: (entry: string) => string): Change {
  return (all) => all.with(at, bytes(make(text(all[at]))));
}

const faults: readonly (readonly [name: string, index: number, Change])[] = [
  ['other bytes', 2, instead(2, () => 'other bytes')],
  ['JSON that is no envelope', 2, instead(2, () => '{}')],
  ['an empty entry', 2, instead(2, () => '')],
  ['an envelope without signatures', 2, instead(2, (entry) => entry.replace(/"signatures":\[.*\]/, '"signatures":[]'))],
  ['a bit of a payload', 2, instead(2, (entry) => entry.replace(/("payload":"[^"]{40})(.)/, flippedLetter))],
  ['a bit of a signature', 2, instead(2, (entry) => entry.replace(/("sig":"[^"]{40})(.)/, flippedLetter))],
  ["a bit of a human's signature", 4, instead(4, (entry) => entry.replace(/("sig":"[^"]{400})(.)/, flippedLetter))],
  ['an envelope with the signature of another', 2, (all) => all.with(2, signedAs(all[2], all[0]))],
  ['a twin leaf with a byte more', 3, instead(3, (entry) => `${entry} `)],
  ['the twin leaf of another envelope', 3, (all) => all.with(3, all[1] as Uint8Array)],
  ['a twin leaf behind no envelope', 2, (all) => all.toSpliced(2, 0, all[1] as Uint8Array)],
  ['a twin leaf that is the first entry', 0, (all) => all.slice(1)],
  ['a twin leaf that stands behind the next envelope', 2, (all) => [all[0], all[2], all[1]]],
];

test.each(faults)('refused, with its place: %s', async (_name, index, change) => {
  const changed = change(entries).filter((entry) => entry !== undefined);
  expect(changed.map(text)).not.toEqual(entries.map(text));
  expect(await refused(changed)).toMatch(new RegExp(`^JOURNAL_CORRUPT .*: entry ${index}: expected `));
});

function flippedLetter(_all: string, before: string, letter: string): string {
  return before + (letter === 'A' ? 'B' : 'A');
}

function signedAs(entry: Uint8Array | undefined, by: Uint8Array | undefined): Uint8Array {
  const { signatures } = JSON.parse(text(by)) as { signatures: unknown };
  return bytes(JSON.stringify({ ...(JSON.parse(text(entry)) as object), signatures }));
}

/** Writes 256 entries, then the twin leaf of the last of them. */
async function grown(twin: Uint8Array | undefined): Promise<number> {
  const [claim, own] = entries as [Uint8Array, Uint8Array];
  const all = [...Array.from({ length: 255 }, () => entries[4] as Uint8Array), claim, twin ?? own];
  const journal = { read: async (from: number, to: number) => all.slice(from, to), placeOf: String };
  const ports = { place: { write: () => Promise.resolve() }, journal, vouch };
  const full = await writeGrowth(emptyTree, 256, ports);
  return (await writeGrowth(full, 257, ports)).size;
}

test('of a bundle that begins with a twin leaf the envelope is read from the bundle before', async () => {
  expect(await grown(undefined)).toBe(257);
  await expect(grown(entries[3])).rejects.toMatchObject({ code: 'JOURNAL_CORRUPT' });
});
