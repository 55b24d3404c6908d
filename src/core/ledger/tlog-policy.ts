import type { Sha256 } from './hash.ts';
import { formatVkey, parseVkey, type VerifierKey } from './vkey.ts';

// C2SP tlog-policy: which logs are known, and which witnesses must have cosigned a checkpoint.

export interface PolicyLog {
  readonly key: VerifierKey;
  readonly url?: string;
}

export interface PolicyWitness {
  /** Has no meaning outside of the policy. */
  readonly name: string;
  readonly key: VerifierKey;
  /** Submission prefix of tlog-witness. */
  readonly url?: string;
}

/** A group holds when at least `threshold` of its members do. Each witness and group stands in it once at most. */
export type Quorum =
  | { readonly kind: 'none' }
  | { readonly kind: 'witness'; readonly witness: PolicyWitness }
  | {
      readonly kind: 'group';
      readonly name: string;
      readonly threshold: number;
      readonly members: readonly Quorum[];
    };

export interface TlogPolicy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  readonly quorum: Quorum;
}

const maxPolicyBytes = 1_000_000;
const maxDefinitions = 1_000;

/** Why a line of a policy is refused. */
export const tlogPolicyRefusals = Object.freeze({
  'policy-too-long': `the policy is longer than ${maxPolicyBytes} bytes or defines more than ${maxDefinitions} names and logs`,
  'policy-characters': 'the line has control characters other than tabs, or does not end with a line feed',
  'policy-line': 'the line is no log, witness, group or quorum with the words that it needs',
  'policy-key': 'the key is no vkey, or of a type that neither signs nor cosigns checkpoints',
  'witness-key-type': "the witness's key is not for cosignatures: its type is neither 0x04 nor 0x06",
  'duplicate-key': 'a log, or a witness, with this public key is defined above',
  'duplicate-name': 'the name is defined above, or it is `none`',
  'unknown-name': 'the name is not defined on a line above',
  'used-member': 'the name is a member of a group already',
  threshold: 'the threshold is neither all, any nor a number from 1 to the number of members',
  'quorum-lines': 'the policy has not exactly one quorum line',
});
export type TlogPolicyRefusal = keyof typeof tlogPolicyRefusals;

export interface PolicyRefused {
  readonly refused: TlogPolicyRefusal;
  /** Counts from 1. */
  readonly line: number;
}

/** What the lines read so far define. Names and words are octets, one per character. */
interface Definitions {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly names: Map<string, Quorum>;
  readonly members: Set<string>;
  /** Public keys. */
  readonly logKeys: Set<string>;
  readonly witnessKeys: Set<string>;
  quorum?: Quorum;
}

/** Text is read as its UTF-8. */
export function parseTlogPolicy(source: string | Uint8Array, sha256: Sha256): TlogPolicy | PolicyRefused {
  const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : source;
  if (bytes.length > maxPolicyBytes) return { refused: 'policy-too-long', line: 1 };
  const lines = octets(bytes).split('\n');
  const end = lines.pop();
  const defined = noDefinitions();
  for (const [at, line] of lines.entries()) {
    const refused = readLine(line, defined, sha256);
    if (refused !== undefined) return { refused, line: at + 1 };
  }
  if (end !== '') return { refused: 'policy-characters', line: lines.length + 1 };
  const { logs, witnesses, quorum } = defined;
  return quorum === undefined
    ? { refused: 'quorum-lines', line: Math.max(lines.length, 1) }
    : { logs, witnesses, quorum };
}

function noDefinitions(): Definitions {
  return {
    logs: [],
    witnesses: [],
    names: new Map(),
    members: new Set(),
    logKeys: new Set(),
    witnessKeys: new Set(),
  };
}

function octets(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

/** As UTF-8 where it is, else one character per octet. */
function shown(word: string): string {
  const bytes = Uint8Array.from(word, (octet) => octet.charCodeAt(0));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (thrown) {
    if (thrown instanceof TypeError) return word;
    throw thrown;
  }
}

function readLine(line: string, defined: Definitions, sha256: Sha256): TlogPolicyRefusal | undefined {
  if (hasControl(line)) return 'policy-characters';
  const [keyword = '', ...words] = line.split(/[ \t]+/).filter((word) => word !== '');
  if (keyword === '' || keyword.startsWith('#')) return undefined;
  if (defined.logs.length + defined.names.size >= maxDefinitions && keyword !== 'quorum') return 'policy-too-long';
  switch (keyword) {
    case 'log':
      return readLog(words, defined, sha256);
    case 'witness':
      return readWitness(words, defined, sha256);
    case 'group':
      return readGroup(words, defined);
    case 'quorum':
      return readQuorum(words, defined);
    default:
      return 'policy-line';
  }
}

function hasControl(line: string): boolean {
  for (let at = 0; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return true;
  }
  return false;
}

function readLog(words: readonly string[], defined: Definitions, sha256: Sha256): TlogPolicyRefusal | undefined {
  const [vkey, url, ...more] = words;
  if (vkey === undefined || more.length > 0) return 'policy-line';
  const key = parseVkey(shown(vkey), sha256);
  if (key === undefined) return 'policy-key';
  if (isDuplicate(key, defined.logKeys)) return 'duplicate-key';
  defined.logs.push({ key, ...(url === undefined ? {} : { url: shown(url) }) });
  return undefined;
}

function readWitness(words: readonly string[], defined: Definitions, sha256: Sha256): TlogPolicyRefusal | undefined {
  const [name, vkey, url, ...more] = words;
  if (name === undefined || vkey === undefined || more.length > 0) return 'policy-line';
  if (isTaken(name, defined)) return 'duplicate-name';
  const key = parseVkey(shown(vkey), sha256);
  if (key === undefined) return 'policy-key';
  if (key.type === 0x01) return 'witness-key-type';
  if (isDuplicate(key, defined.witnessKeys)) return 'duplicate-key';
  const witness = { name: shown(name), key, ...(url === undefined ? {} : { url: shown(url) }) };
  defined.witnesses.push(witness);
  defined.names.set(name, { kind: 'witness', witness });
  return undefined;
}

function isTaken(name: string, { names }: Definitions): boolean {
  return name === 'none' || names.has(name);
}

/** By the public key alone: neither its name nor its type makes it another one's. */
function isDuplicate({ publicKey }: VerifierKey, known: Set<string>): boolean {
  const before = known.size;
  return known.add(octets(publicKey)).size === before;
}

function readGroup(words: readonly string[], defined: Definitions): TlogPolicyRefusal | undefined {
  const [name, count, ...members] = words;
  if (name === undefined || count === undefined || members.length === 0) return 'policy-line';
  if (isTaken(name, defined)) return 'duplicate-name';
  const threshold = thresholdOf(count, members.length);
  if (threshold === undefined) return 'threshold';
  const held: Quorum[] = [];
  for (const member of members) {
    const known = defined.names.get(member);
    if (known === undefined) return 'unknown-name';
    if (defined.members.has(member)) return 'used-member';
    defined.members.add(member);
    held.push(known);
  }
  defined.names.set(name, { kind: 'group', name: shown(name), threshold, members: held });
  return undefined;
}

function thresholdOf(count: string, members: number): number | undefined {
  if (count === 'all') return members;
  if (count === 'any') return 1;
  const threshold = /^[1-9][0-9]{0,3}$/.test(count) ? Number(count) : 0;
  return threshold >= 1 && threshold <= members ? threshold : undefined;
}

function readQuorum(words: readonly string[], defined: Definitions): TlogPolicyRefusal | undefined {
  const [name, ...more] = words;
  if (name === undefined || more.length > 0) return 'policy-line';
  if (defined.quorum !== undefined) return 'quorum-lines';
  const quorum: Quorum | undefined = name === 'none' ? { kind: 'none' } : defined.names.get(name);
  if (quorum === undefined) return 'unknown-name';
  defined.quorum = quorum;
  return undefined;
}

/** Reads back as the same policy. Names and URLs are words; groups are written in the order in which they need each other. */
export function formatTlogPolicy({ logs, witnesses, quorum }: TlogPolicy): string {
  const lines = [
    ...logs.map(({ key, url }) => ['log', formatVkey(key), ...wordOf(url)]),
    ...witnesses.map(({ name, key, url }) => ['witness', name, formatVkey(key), ...wordOf(url)]),
    ...groupLines(quorum),
    ['quorum', nameOf(quorum)],
  ];
  return lines.map((words) => `${words.join(' ')}\n`).join('');
}

function wordOf(url: string | undefined): readonly string[] {
  return url === undefined ? [] : [url];
}

function groupLines(quorum: Quorum): readonly (readonly string[])[] {
  if (quorum.kind !== 'group') return [];
  const { name, threshold, members } = quorum;
  return [...members.flatMap(groupLines), ['group', name, `${threshold}`, ...members.map(nameOf)]];
}

function nameOf(quorum: Quorum): string {
  switch (quorum.kind) {
    case 'none':
      return 'none';
    case 'witness':
      return quorum.witness.name;
    case 'group':
      return quorum.name;
  }
}
