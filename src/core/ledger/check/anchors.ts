import { acceptCheckpoint } from '../accept-checkpoint.ts';
import type { Sha256 } from '../hash.ts';
import type { SignaturePort } from '../signature-port.ts';
import type { TlogPolicy } from '../tlog-policy.ts';
import { formatVkey } from '../vkey.ts';
import type { Findings } from './finding.ts';
import { type LedgerReader, pathsOf } from './reader.ts';
import { isSignedBy, logKeyOf, readCheckpoint, type SignedCheckpoint } from './signed-checkpoint.ts';

/** A signed checkpoint from elsewhere than the ledger: one that was seen before, or one that a witness has. */
export interface SeenCheckpoint {
  /** Where it comes from, for messages. */
  readonly place: string;
  readonly note: string;
}

export interface AnchorRequest {
  readonly reader: LedgerReader;
  /** Default: the keys of the policy's logs, else the one that the ledger itself shows. */
  readonly vkey?: string;
  readonly policy?: TlogPolicy;
  /** What was seen of a log before, by its origin. */
  seen(origin: string): Promise<readonly SeenCheckpoint[]>;
}

export interface AnchorPorts {
  readonly sha256: Sha256;
  readonly signatures: SignaturePort;
}

/** A checkpoint that the log's key signed: the entries must lead to its root. */
export interface Anchor {
  readonly place: string;
  readonly checkpoint: SignedCheckpoint;
  /** `root-mismatch`: the ledger shows it itself; `fork`: it was seen before. */
  readonly otherwise: 'root-mismatch' | 'fork';
}

export interface Anchors {
  readonly all: readonly Anchor[];
  /** The largest that the ledger itself shows. */
  readonly newest?: SignedCheckpoint;
  readonly vkeys: readonly string[];
}

/** Every true checkpoint of a log. */
export async function anchorsOf(request: AnchorRequest, findings: Findings, ports: AnchorPorts): Promise<Anchors> {
  const vkeys = await keysOf(request, findings, ports);
  const check = { vkeys, findings, ports };
  const published: Anchor[] = [];
  for (const { place, note } of await notesIn(request.reader, findings)) {
    const checkpoint = await opened({ place, note }, check);
    if (checkpoint === undefined) continue;
    published.push({ place, checkpoint, otherwise: 'root-mismatch' });
    if (place !== 'head') await askPolicy(request, { place, note }, check);
  }
  const newest = published.toSorted((a, b) => b.checkpoint.size - a.checkpoint.size)[0]?.checkpoint;
  if (newest === undefined) return { all: [], vkeys };
  const seen: Anchor[] = [];
  for (const each of await request.seen(newest.origin)) {
    const checkpoint = await opened(each, check);
    if (checkpoint === undefined) continue;
    if (checkpoint.size <= newest.size) seen.push({ place: each.place, checkpoint, otherwise: 'fork' });
    else {
      const expected = `at least ${checkpoint.size} entries`;
      findings.report('log-shrank', each.place, { expected, got: `${newest.size} entries` });
    }
  }
  return { all: [...published, ...seen], newest, vkeys };
}

/** The root of more entries than were found is not known: that is another finding. */
export function holds({ place, checkpoint, otherwise }: Anchor, root: string | undefined, findings: Findings): boolean {
  if (root !== undefined && root !== checkpoint.root)
    findings.report(otherwise, place, { expected: `${checkpoint.root} at ${checkpoint.size} entries`, got: root });
  return root === checkpoint.root;
}

async function keysOf(
  { reader, vkey, policy }: AnchorRequest,
  findings: Findings,
  { sha256 }: AnchorPorts,
): Promise<readonly string[]> {
  const place = pathsOf(reader).vkey;
  const shown = textOf(await reader.read(place))?.trim();
  const trusted = vkey === undefined ? (policy?.logs.map(({ key }) => formatVkey(key)) ?? []) : [vkey.trim()];
  if (trusted.length > 0 && shown !== undefined && !trusted.includes(shown))
    findings.report('key-mismatch', place, { expected: trusted.join(' or '), got: shown });
  const vkeys = trusted.length > 0 ? trusted : [shown ?? ''];
  if (vkeys.every((each) => logKeyOf(each, sha256) === undefined))
    findings.report('no-key', place, { got: shown ?? 'no file' });
  return vkeys;
}

async function notesIn(reader: LedgerReader, findings: Findings): Promise<readonly SeenCheckpoint[]> {
  const place = pathsOf(reader).checkpoint;
  const published = textOf(await reader.read(place));
  const head = reader.layout === 'store' ? headNote(textOf(await reader.read('head'))) : undefined;
  // Nothing is published before the head is stored, and a head alone is published next.
  if (published === undefined) findings.report('no-checkpoint', place, { got: 'no file' });
  return [
    ...(published === undefined ? [] : [{ place, note: published }]),
    ...(head === undefined ? [] : [{ place: 'head', note: head }]),
  ];
}

/** A head that cannot be read is no checkpoint, which is found when it is opened. */
function headNote(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const head: unknown = JSON.parse(text);
    const note = typeof head === 'object' && head !== null && 'checkpoint' in head ? head.checkpoint : undefined;
    return typeof note === 'string' ? note : '';
  } catch {
    return '';
  }
}

interface Checking {
  readonly vkeys: readonly string[];
  readonly findings: Findings;
  readonly ports: AnchorPorts;
}

async function opened(
  { place, note }: SeenCheckpoint,
  { vkeys, findings, ports }: Checking,
): Promise<SignedCheckpoint | undefined> {
  const checkpoint = readCheckpoint(note);
  if (checkpoint === undefined) {
    findings.report('checkpoint-form', place);
    return undefined;
  }
  for (const vkey of vkeys) {
    const key = logKeyOf(vkey, ports.sha256);
    if (key?.name === checkpoint.origin && (await isSignedBy(checkpoint, key, ports.signatures))) return checkpoint;
  }
  findings.report('checkpoint-signature', place, {
    expected: `a signature by ${vkeys.join(' or ')}`,
    got: `a checkpoint of ${checkpoint.origin}`,
  });
  return undefined;
}

/** Witnesses are asked after the head is stored, so only what is published must have their signatures. */
async function askPolicy(
  { policy }: AnchorRequest,
  { place, note }: SeenCheckpoint,
  { findings, ports }: Checking,
): Promise<void> {
  if (policy === undefined) return;
  const accepted = await acceptCheckpoint(note, policy, ports.signatures);
  if (typeof accepted === 'string') findings.report('policy-refused', place, { got: accepted });
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
