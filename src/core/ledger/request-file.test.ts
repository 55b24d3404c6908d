import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { claimId } from '../../../test/make/claim-values.ts';
import { sha256Hex } from '../../../test/make/envelope-ref.ts';
import { entryMaker, machineKey } from '../../../test/make/ledger-entries.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { formatRequest, parseRequest, type RequestFile } from './request-file.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (text: string): RequestFile | string => parseRequest(encode(text), sha256);
let lines: readonly [string, string, string];
let request: RequestFile;
let text: string;

beforeAll(async () => {
  const { entries, claim, look } = entryMaker();
  const machine = machineKey();
  await claim(machine);
  await claim(machine, { id: claimId(2) });
  await look(machine);
  const [first = encode(''), second = encode(''), third = encode('')] = entries;
  const named = new Map(entries.map((entry) => [sha256Hex(entry), entry]));
  request = { claim: claimId(1), envelope: sha256Hex(first), envelopes: named };
  text = formatRequest(request);
  const decoder = new TextDecoder();
  lines = [decoder.decode(first), decoder.decode(second), decoder.decode(third)];
});

const head = (change: object): string =>
  text.replace(/^.*/, (first) => JSON.stringify({ ...JSON.parse(first), ...change }));

test('what was written is read', () => {
  const read = parse(text);
  if (typeof read === 'string') throw new Error(read);
  expect({ ...read, envelopes: [...read.envelopes.keys()] }).toEqual({
    ...request,
    envelopes: [...request.envelopes.keys()],
  });
  expect(formatRequest(read)).toBe(text);
});

test('law: cut anywhere it is refused', () => {
  fc.assert(fc.property(fc.nat(text.length - 1), (at) => typeof parse(text.slice(0, at)) === 'string'));
});

describe('refused whole', () => {
  test.each<[string, string, () => string]>([
    ['nothing', 'first line', () => ''],
    ['another format', 'first line', () => head({ format: 'factum-request/v9' })],
    ['a count that is too large', 'expected 4 different envelopes, got 3', () => head({ count: 4 })],
    ['a count that is too small', 'expected 2 different envelopes, got 3', () => head({ count: 2 })],
    ['a line twice', 'expected 4 different envelopes, got 3 in 4', () => `${head({ count: 4 })}${lines[1]}\n`],
    ['an empty line', 'expected 3 different envelopes, got 4', () => `${text}\n`],
    ['a claim that is not in it', 'got none', () => head({ envelope: 'a'.repeat(64) })],
    ['an envelope of another kind', 'got none', () => head({ envelope: sha256Hex(encode(lines[2])) })],
    ['the id of another claim', 'got another', () => head({ claim: claimId(2) })],
  ])('%s', (_, why, made) => {
    expect(parse(made())).toContain(why);
  });
});
