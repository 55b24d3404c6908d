import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteKey, testLog } from '../../../test/make/note-keys.ts';
import { sha256 } from '../../../test/make/trees.ts';
import { nodeSignatures } from '../../host/signatures.ts';
import { acceptCheckpoint, policyVerdicts } from './accept-checkpoint.ts';
import { formatNote, type NoteSignature, parseNote } from './note.ts';
import { openCheckpoint } from './open-checkpoint.ts';
import { formatTlogPolicy, parseTlogPolicy, type TlogPolicy, tlogPolicyRefusals } from './tlog-policy.ts';
import { formatVkey, verifierKey } from './vkey.ts';

const log = await testLog('log.example');
const [x1, x2, x3, y1, y2] = ['x1', 'x2', 'x3', 'y1', 'y2'].map((name) => noteKey(`${name}.example`, 0x04)) as [
  ReturnType<typeof noteKey>,
  ReturnType<typeof noteKey>,
  ReturnType<typeof noteKey>,
  ReturnType<typeof noteKey>,
  ReturnType<typeof noteKey>,
];
const vkeys = Object.fromEntries(
  Object.entries({ x1, x2, x3, y1, y2 }).map(([name, { key }]) => [name, formatVkey(key)]),
);
const logLine = `log ${formatVkey(log.key)}\n`;
const mlDsa = verifierKey({ name: 'm.example', type: 0x06, publicKey: new Uint8Array(1312) }, sha256);

const two = `# comment
${logLine.replace('\n', ' https://log.example/')}

 witness\tX1 ${vkeys['x1']} https://x1.example/prefix
witness X2 ${vkeys['x2']}
witness X3 ${vkeys['x3']}
group X 2 X1 X2 X3
witness Ÿ1 ${vkeys['y1']}
witness Y2 ${vkeys['y2']}
group Y any Ÿ1 Y2
group both all X Y
quorum both
`;

function policyOf(source: string | Uint8Array): TlogPolicy {
  const policy = parseTlogPolicy(source, sha256);
  if ('refused' in policy) throw new Error(`${policy.refused} in line ${policy.line}`);
  return policy;
}

async function judged(source: string, policy: string): Promise<string> {
  const accepted = await acceptCheckpoint(source, policyOf(policy), nodeSignatures);
  return typeof accepted === 'string' ? accepted : 'accepted';
}

/** A signature line of a key that cannot be checked here. */
function withUncheckable(source: string, key = mlDsa): string {
  const note = parseNote(source);
  if (typeof note === 'string') throw new Error(note);
  const { name, keyId } = key;
  const line: NoteSignature = { name, keyId, signature: new Uint8Array(2428) };
  return formatNote({ ...note, signatures: [...note.signatures, line] });
}

test('two of three and one of two, as in the example of the specification', async () => {
  const answers = [];
  for (const cosigners of [[], [x1, x2], [x1, y1], [x1, x3, y2], [x1, x2, x3, y1, y2], [x1, x1, y1]])
    answers.push(await judged(await log.checkpoint(9, ...cosigners), two));
  expect(answers).toEqual(['quorum-missed', 'quorum-missed', 'quorum-missed', 'accepted', 'accepted', 'quorum-missed']);
});

test('a policy is written as it is read', () => {
  expect(policyOf(formatTlogPolicy(policyOf(two)))).toEqual(policyOf(two));
  expect(policyOf(two)).toMatchObject({
    witnesses: [{ url: 'https://x1.example/prefix' }, {}, {}, { name: 'Ÿ1' }, {}],
  });
  expect(policyOf(formatTlogPolicy(policyOf('quorum none\n')))).toEqual({
    logs: [],
    witnesses: [],
    quorum: { kind: 'none' },
  });
});

test('who signed for the log decides first', async () => {
  const own = `${logLine}quorum none\n`;
  const other = noteKey('log.example');
  expect(await judged(await log.checkpoint(9), own)).toBe('accepted');
  expect(await judged(await log.checkpoint(9), 'quorum none\n')).toBe('unknown-origin');
  expect(await judged(await log.checkpoint(9), `log ${formatVkey(other.key)}\nquorum none\n`)).toBe('log-unsigned');
  expect(await judged(await log.checkpoint(9), `log ${formatVkey(x1.key)}\nquorum none\n`)).toBe('unknown-origin');
  const uncheckable = verifierKey({ ...mlDsa, name: 'log.example' }, sha256);
  const signedByBoth = withUncheckable(await log.checkpoint(9), uncheckable);
  expect(await judged(signedByBoth, own)).toBe('accepted');
  expect(await judged(signedByBoth, `log ${formatVkey(uncheckable)}\nquorum none\n`)).toBe('log-uncheckable');
  const wrong = (await log.checkpoint(9, x1)).replace('\n9\n', '\n8\n');
  expect(await judged(wrong, own)).toBe('bad-signature');
});

test("another log's key, or a witness's, never speaks for a log", async () => {
  const other = await testLog('other.example');
  const keys = { logs: [log.key, other.key], witnesses: [x1.key] };
  const forged = (await other.checkpoint(9, x1)).replace('other.example\n9', 'log.example\n9');
  expect(await openCheckpoint(forged, keys, nodeSignatures)).not.toHaveProperty('checkpoint');
  const cosignedOnly = (await log.checkpoint(9, x1)).replace(/\u2014 log.example .*\n/, '');
  expect(await openCheckpoint(cosignedOnly, keys, nodeSignatures)).toBe('log-unsigned');
  expect(await openCheckpoint(await log.checkpoint(9, x1), keys, nodeSignatures)).toMatchObject({
    checkpoint: { size: 9 },
    cosigned: [{ key: x1.key, cosignedAt: 1_700_000_000 }],
  });
});

test('what only ML-DSA signatures could decide has an answer of its own', async () => {
  const policy = `${logLine}witness M ${formatVkey(mlDsa)}\nwitness X1 ${vkeys['x1']}\ngroup g all M X1\nquorum g\n`;
  expect(await judged(withUncheckable(await log.checkpoint(9, x1)), policy)).toBe('quorum-uncheckable');
  expect(await judged(withUncheckable(await log.checkpoint(9)), policy)).toBe('quorum-missed');
  expect(await judged(await log.checkpoint(9, x1), policy)).toBe('quorum-missed');
  expect(await judged(withUncheckable(await log.checkpoint(9, x1)), policy.replace('all', 'any'))).toBe('accepted');
});

const witness = `witness w ${vkeys['x1']}\n`;
test.each([
  ['quorum-lines', 1, ''],
  ['quorum-lines', 2, 'quorum none\nquorum none\n'],
  ['policy-characters', 1, 'quorum none'],
  ['policy-characters', 1, 'quorum none\r\n'],
  ['policy-characters', 1, 'quorum\u007f none\n'],
  ['policy-characters', 1, '# \u0000\n'],
  ['policy-line', 1, 'Quorum none\n'],
  ['policy-line', 1, 'quorum\u00a0none\n'],
  ['policy-line', 1, 'quorum none none\n'],
  ['policy-line', 1, 'log\n'],
  ['policy-line', 1, `log ${vkeys['x1']} url more\n`],
  ['policy-line', 2, `${witness}group g all\n`],
  ['policy-key', 1, 'log none\n'],
  ['policy-key', 1, `log ${vkeys['x1']?.slice(0, -4)}\n`],
  ['witness-key-type', 1, logLine.replace('log ', 'witness w ')],
  ['duplicate-key', 2, logLine + logLine],
  ['duplicate-key', 2, `${witness}witness v ${formatVkey(verifierKey({ ...x1.key, name: 'else' }, sha256))}\n`],
  ['duplicate-name', 2, `${witness}witness w ${vkeys['x2']}\n`],
  ['duplicate-name', 1, witness.replace(' w ', ' none ')],
  ['duplicate-name', 2, `${witness}group w any w\n`],
  ['unknown-name', 1, `quorum w\n${witness}`],
  ['unknown-name', 2, `${witness}group g all w v\n`],
  ['unknown-name', 1, 'group g all none\n'],
  ['unknown-name', 2, `${witness}quorum W\n`],
  ['used-member', 2, `${witness}group g all w w\n`],
  ['used-member', 3, `${witness}group g all w\ngroup h all w\n`],
  ['threshold', 2, `${witness}group g 2 w\n`],
  ['threshold', 2, `${witness}group g 0 w\n`],
  ['threshold', 2, `${witness}group g 01 w\n`],
  ['policy-too-long', 1, `#${' '.repeat(1_000_000)}\n`],
] as const)('%s in line %i', (refused, line, policy) => {
  expect(parseTlogPolicy(policy, sha256)).toEqual({ refused, line });
});

test('names are octets: no UTF-8 is asked for', () => {
  const bytes = Buffer.from(`witness \u00e9 ${vkeys['x1']}\nquorum \u00e9\n`, 'latin1');
  expect(policyOf(bytes)).toMatchObject({ quorum: { kind: 'witness' } });
});

test('a deep tower of groups is judged', async () => {
  const groups = Array.from({ length: 990 }, (_, at) => `group g${at} all ${at === 0 ? 'w' : `g${at - 1}`}\n`);
  const policy = `${logLine}${witness}${groups.join('')}quorum g989\n`;
  expect(await judged(await log.checkpoint(2, x1), policy)).toBe('accepted');
  expect(await judged(await log.checkpoint(2), policy)).toBe('quorum-missed');
  const more = Array.from({ length: 20 }, (_, at) => `group h${at} all w\n`).join('');
  expect(parseTlogPolicy(policy.replace('quorum', `${more}quorum`), sha256)).toMatchObject({
    refused: 'used-member',
  });
});

test('anything is a policy or a refusal, and any checkpoint is accepted or refused by it', async () => {
  const words = fc.constantFrom(
    'log',
    'witness',
    'group',
    'quorum',
    'w',
    'v',
    'all',
    'any',
    '1',
    'none',
    vkeys['x1'] ?? '',
    vkeys['x2'] ?? '',
    '\t',
    '\n',
    '#',
  );
  const signed = await log.checkpoint(9, x1);
  const sources = fc.oneof(
    fc.array(words).map((each) => `${each.join(' ')}\n`),
    fc.string(),
    fc.uint8Array(),
  );
  let policies = 0;
  await fc.assert(
    fc.asyncProperty(sources, fc.nat({ max: signed.length }), async (source, cut) => {
      const policy = parseTlogPolicy(source, sha256);
      if ('refused' in policy) {
        expect(Object.keys(tlogPolicyRefusals)).toContain(policy.refused);
        return;
      }
      policies += 1;
      const answer = await acceptCheckpoint(signed.slice(0, cut), policy, nodeSignatures);
      if (typeof answer === 'string') expect(Object.keys(policyVerdicts)).toContain(answer);
    }),
    { numRuns: 500, examples: [['quorum none\n', signed.length]] },
  );
  expect(policies).toBeGreaterThan(0);
});
