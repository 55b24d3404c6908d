import type { BlobCounts } from '../../claim/evidence.ts';
import { type AnchorPorts, type AnchorRequest, anchorsOf, holds } from './anchors.ts';
import { checkArtifacts } from './artifacts.ts';
import { bundlesOf, type CheckedBundle, heardLater } from './bundles.ts';
import { checkEntries, type EntryPorts, type SignedErasure } from './entries.ts';
import { collectFindings, type Finding } from './finding.ts';
import { entryReader, type ReadEntries, type ReadEntry } from './read-entry.ts';
import { type LedgerReader, pathsOf } from './reader.ts';
import type { SignedCheckpoint } from './signed-checkpoint.ts';
import { checkTiles } from './tiles.ts';
import { growingTree } from './tree.ts';

export interface LedgerCheck {
  /** The first of them. */
  readonly findings: readonly Finding[];
  readonly faults: number;
  readonly notices: number;
  /** Absent when there is none that the log's key signed. */
  readonly checkpoint?: SignedCheckpoint;
  readonly vkeys: readonly string[];
  readonly envelopes: number;
  readonly twins: number;
  /** Entries of a store that are behind its checkpoint. */
  readonly unpublished: number;
  /** Checkpoints seen before that this log continues. */
  readonly continues: number;
  /** Of what looks kept; absent for a log, which serves none of it. */
  readonly artifacts?: BlobCounts;
  /** Who says when that they deleted what a look kept. */
  readonly erasures: readonly SignedErasure[];
}

/** Reads a whole ledger and believes nothing in it. Throws only what the reader throws. */
export async function checkLedger(request: AnchorRequest, ports: AnchorPorts & EntryPorts): Promise<LedgerCheck> {
  const { reader } = request;
  const findings = collectFindings();
  const { all: anchors, newest, vkeys } = await anchorsOf(request, findings, ports);
  const size = newest?.size ?? 0;
  const wanted = new Set(anchors.map(({ checkpoint }) => checkpoint.size));
  const tree = growingTree(ports.sha256);
  const roots = new Map([[0, tree.root()]]);
  const tiles = checkTiles(reader, size, findings);
  const entries = checkEntries(findings, placesIn(reader, size));
  let count = 0;
  const bundles = bundlesOf(reader, size, findings);
  for await (const { bundle, read } of readAhead(bundles, ports.readEntries ?? entryReader(ports))) {
    await tiles.bundle(bundle);
    for (const entry of bundle.entries.slice(0, Math.max(0, size - count))) {
      await tiles.grown(tree.add(entry));
      if (wanted.has(tree.size)) roots.set(tree.size, tree.root());
    }
    entries.take(await read, count);
    count += bundle.entries.length;
  }
  if (tree.size === size) await tiles.grown(tree.edge());
  entries.end();
  const held = anchors.filter((anchor) => holds(anchor, roots.get(anchor.checkpoint.size), findings));
  const artifacts =
    reader.layout === 'store' ? await checkArtifacts(reader, entries, { findings, ...ports }) : undefined;
  return {
    findings: findings.kept,
    faults: findings.faults,
    notices: findings.notices,
    ...(newest === undefined ? {} : { checkpoint: newest }),
    vkeys,
    envelopes: entries.envelopes,
    twins: entries.twins,
    unpublished: Math.max(0, count - size),
    continues: held.filter(({ otherwise }) => otherwise === 'fork').length,
    ...(artifacts === undefined ? {} : { artifacts }),
    erasures: [...entries.erasures.values()],
  };
}

const bundlesAhead = 8;

interface ReadBundle {
  readonly bundle: CheckedBundle;
  readonly read: Promise<readonly ReadEntry[]>;
}

/** In their order, the entries of the next ones being read while one is judged. */
async function* readAhead(bundles: AsyncIterable<CheckedBundle>, readEntries: ReadEntries): AsyncGenerator<ReadBundle> {
  const ahead: ReadBundle[] = [];
  let before: Uint8Array | undefined;
  for await (const bundle of bundles) {
    ahead.push({ bundle, read: heardLater(readEntries(bundle.entries, before)) });
    before = bundle.entries.at(-1);
    if (ahead.length > bundlesAhead) yield* ahead.splice(0, 1);
  }
  yield* ahead;
}

/** The file that an entry stands in. */
function placesIn(reader: LedgerReader, size: number): (entry: number) => string {
  const paths = pathsOf(reader);
  return (entry) => {
    const bundle = Math.floor(entry / 256);
    if (reader.layout === 'store') return paths.journal(bundle);
    return paths.tile('entries', bundle, Math.min(256, size - bundle * 256));
  };
}
