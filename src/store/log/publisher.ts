import { FactumError } from '../../core/errors.ts';
import { parseCheckpoint } from '../../core/ledger/checkpoint.ts';
import { type GrowingTree, rootOfTree } from '../../core/ledger/growing-tree.ts';
import type { Head, Published } from '../../core/ledger/head.ts';
import { parseNote } from '../../core/ledger/note.ts';
import { toHex } from '../../core/ledger/octets.ts';
import { formatTlogProof } from '../../core/ledger/tlog-proof.ts';
import { treeProofs } from '../../core/ledger/tree-proof.ts';
import { formatVkey } from '../../core/ledger/vkey.ts';
import type { Witness } from '../../core/ledger/witnessing.ts';
import type { Journal } from '../journal/journal.ts';
import { pauseBefore } from '../patience.ts';
import { proveGrowth, supersededTiles, tileReader, type Vouch, writeGrowth } from './growth.ts';
import type { PublicFile } from './log-place.ts';
import { ownLog, type OwnLog, type OwnLogOptions } from './own-log.ts';
import { sha256 } from './sha256.ts';
import { signedTree } from './signed-tree.ts';
import { type Ahead, aheadAmong, type Asked, askAll, cosigned, silentAmong, type WitnessPorts } from './witnesses.ts';

export interface PublisherOptions extends OwnLogOptions {
  readonly journal: Journal;
  readonly vouch: Vouch;
  readonly witnessing: WitnessPorts;
  /** RFC 3339, UTC. */
  now(): string;
}

/** Shows the journal to others: tiles and a signed checkpoint, cosigned by witnesses. */
export interface Publisher {
  /**
   * All that is recorded; `whole` reads anew what was signed before, too. Undefined when nothing was ever recorded.
   * Nothing is signed when it throws JOURNAL_*, LOG_DAMAGED, LOG_KEY, LOG_WRITE or LEDGER_ROLLED_BACK; WITNESS_MISSING:
   * nothing is shown that no witness cosigned.
   */
  publish(how?: { readonly whole: boolean }): Promise<Published | undefined>;
  /** C2SP tlog-proof of an entry; undefined when the checkpoint that is shown does not cover it. */
  receipt(index: number): Promise<string | undefined>;
}

/** Others may publish at the same time; each turn that is lost to them is one that they won. */
const mostTurns = 100;

export function publisher(options: PublisherOptions): Publisher {
  const { place, journal } = options;

  async function publish({ whole } = { whole: false }): Promise<Published | undefined> {
    if ((await journal.size()) === 0 && (await place.head()) === undefined) return undefined;
    const log = await ownLog(options);
    for (let turn = 0; turn < mostTurns; turn++) {
      const published = await publishOnce({ options, log, whole });
      if (published !== undefined) return published;
      await pauseBefore(turn);
    }
    throw new FactumError('LOCK_TIMEOUT', `other processes published ${log.key.name} ${mostTurns} times meanwhile`);
  }

  return {
    publish,
    async receipt(index) {
      const bytes = await place.read('checkpoint');
      if (bytes === undefined) return undefined;
      const checkpoint = new TextDecoder().decode(bytes);
      const size = sizeOf(checkpoint);
      if (index >= size) return undefined;
      const hashes = await treeProofs(size, tileReader(place), sha256).inclusion(index);
      return formatTlogProof({ index, hashes, checkpoint });
    },
  };
}

interface Turn {
  readonly options: PublisherOptions;
  readonly log: OwnLog;
  readonly whole: boolean;
}

/** Undefined when somebody else published meanwhile. */
async function publishOnce(turn: Turn): Promise<Published | undefined> {
  const { log, options } = turn;
  const { place, witnessing } = options;
  const head = await log.head();
  const tree = await signedTree(head, { ...options, whole: turn.whole });
  // Before anything is signed: a witness that knows more shows that this is an old copy.
  const before = head === undefined ? [] : await asked(head, witnessing.witnesses, { turn, last: head });
  if (before === undefined) return undefined;
  if (head !== undefined && witnessing.required && !before.some(isHeard))
    throw witnessMissing(`none answers whether it knows more than the ${head.size} entries that are signed`, before);
  const grown = await signGrowth(head, tree, turn);
  if (grown === undefined) return undefined;
  const heard = head === undefined ? witnessing.witnesses : before.filter(isHeard).map(({ witness }) => witness);
  const after = grown === head ? before : await asked(grown, heard, { turn, last: head });
  if (after === undefined) return undefined;
  const witnessed = cosigned(grown, after);
  // When somebody else moved the head on, what this one has is part of that.
  if (witnessed !== grown) await place.moveHead(grown, () => Promise.resolve(witnessed));
  if (mayNotBeShown(witnessed, witnessing)) throw witnessMissing(uncosigned(witnessed), after);
  await place.show((now) => (mayNotBeShown(now, witnessing) ? [] : shownOf(now, log)));
  await place.tidy(supersededTiles(turn.whole ? 0 : tree.size, witnessed.size));
  const silent = silentAmong([...before.filter((each) => !isHeard(each)), ...(after === before ? [] : after)]);
  return { ...witnessed, origin: log.key.name, vkey: formatVkey(log.key), added: grown.size - tree.size, silent };
}

/** The head of all that is recorded, durable with its tiles. Undefined when somebody else moved the head on. */
async function signGrowth(
  head: Head | undefined,
  tree: GrowingTree,
  { log, options }: Turn,
): Promise<Head | undefined> {
  const { place, journal, witnessing, now } = options;
  const size = await journal.size();
  if (head !== undefined && size <= head.size) return head;
  const grown = await writeGrowth(tree, size, options);
  await proveGrowth(tree, grown, place);
  const root = await rootOfTree(grown, sha256);
  return place.moveHead(head, async () => {
    const publishedAt = now();
    return {
      size,
      root: toHex(root),
      checkpoint: await log.sign(size, root),
      publishedAt,
      witnesses: [],
      ...(witnessing.witnesses.length === 0 ? {} : { unwitnessedSince: head?.unwitnessedSince ?? publishedAt }),
    };
  });
}

/** Undefined when a witness is ahead of this head because somebody else published meanwhile. Throws LEDGER_ROLLED_BACK. */
async function asked(
  head: Head,
  witnesses: readonly Witness[],
  { turn, last }: { readonly turn: Turn; readonly last: Head | undefined },
): Promise<readonly Asked[] | undefined> {
  const { log, options } = turn;
  const { ask } = options.witnessing;
  const all = await askAll({ witnesses, ask }, { head, log: log.key, place: options.place }, ({ key }) =>
    last?.witnesses.some(({ name }) => name === key.name) === true ? last.size : 0,
  );
  const ahead = aheadAmong(all);
  if (ahead === undefined) return all;
  const now = await log.head();
  if (now !== undefined && now.size >= ahead.size) return undefined;
  throw rolledBack(head, ahead, turn);
}

function rolledBack({ size, publishedAt }: Head, ahead: Ahead, { log, options: { journal } }: Turn): FactumError {
  const proof = ahead.checkpoint === undefined ? '' : ", and shows that this log's key signed them";
  return new FactumError(
    'LEDGER_ROLLED_BACK',
    `the log ${log.key.name} is an old copy: the witness ${ahead.by} says that it cosigned ${ahead.size} entries${proof}; this copy signed ${size}, at ${publishedAt}: ${journal.placeOf(size)}`,
  );
}

function isHeard({ outcome }: Asked): boolean {
  return outcome.kind !== 'unheard';
}

function mayNotBeShown({ witnesses }: Head, { required, witnesses: configured }: WitnessPorts): boolean {
  return required && !configured.some(({ key }) => witnesses.some(({ name }) => name === key.name));
}

function uncosigned({ size, unwitnessedSince }: Head): string {
  const since = unwitnessedSince === undefined ? '' : ` (unwitnessed since ${unwitnessedSince})`;
  return `none cosigned the ${size} entries${since}`;
}

function witnessMissing(what: string, all: readonly Asked[]): FactumError {
  const why = silentAmong(all).map(({ name, why: said }) => `${name}: ${said}`);
  return new FactumError(
    'WITNESS_MISSING',
    `factum.yaml requires a witness, and ${what}: ${why.join('; ') || 'none is named'}`,
  );
}

function shownOf({ checkpoint }: Head, { key }: OwnLog): readonly PublicFile[] {
  const texts = { vkey: `${formatVkey(key)}\n`, checkpoint };
  return Object.entries(texts).map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
}

function sizeOf(checkpoint: string): number {
  const note = parseNote(checkpoint);
  const parsed = typeof note === 'string' ? note : parseCheckpoint(note.text);
  if (typeof parsed !== 'string') return parsed.size;
  throw new FactumError('LOG_DAMAGED', `public/checkpoint: expected a signed checkpoint, got ${parsed}`);
}
