import { type Examined, examine, type ExaminePorts, type Refused, refused } from '../core/ledger/admission.ts';
import { admissionOrder } from '../core/ledger/admission-order.ts';
import type { Admission, EnvelopeSource, Exchange, Unread } from '../core/ledger/peer.ts';

export interface AdmitPorts extends ExaminePorts {
  /** Hex. */
  sha256(bytes: Uint8Array): string;
  readonly own: Exchange['own'];
  /** Envelope hashes of these claims, as far as they are here. */
  knownClaims(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  append(envelopes: readonly Uint8Array[]): Promise<unknown>;
}

/** Read, and appended, at once: no more than this is in memory, however much there is. */
const atOnce = 256;

/** Appends what is good of envelopes from elsewhere; what is not is named and holds nothing else up. */
export async function admit(source: EnvelopeSource, ports: AdmitPorts): Promise<Admission> {
  const { sha256, own } = ports;
  const here = await own.names();
  const known: string[] = [];
  const refusals: Refused[] = [];
  const examined: Examined[] = [];

  async function look(name: string, bytes: Uint8Array | Unread): Promise<void> {
    if (typeof bytes === 'string') return void refusals.push(refused(name, bytes));
    if (sha256(bytes) !== name) return void refusals.push(refused(name, 'wrong-name'));
    if (here.has(name)) return void known.push(name);
    const found = await examine(name, bytes, ports);
    if (typeof found === 'string') refusals.push(refused(name, found));
    else examined.push(found);
  }

  for (const names of inPieces([...new Set(source.names)])) {
    const read = await source.read(names);
    await Promise.all(names.map((name, at) => look(name, read[at] ?? 'missing')));
  }
  const { order, refused: unplaced } = admissionOrder(examined, await knownClaims(examined, ports));
  const admitted = order.map(({ name }) => name);
  for (const names of inPieces(admitted)) {
    const read = await source.read(names);
    // They were read before and cannot have changed, unless something is broken: then nothing is appended.
    const intact = read.filter(
      (bytes, at): bytes is Uint8Array => typeof bytes !== 'string' && sha256(bytes) === names[at],
    );
    if (intact.length !== names.length) throw new Error('envelopes changed while they were read');
    await ports.append(intact);
  }
  return { admitted, known, refused: [...refusals, ...unplaced] };
}

async function knownClaims(examined: readonly Examined[], ports: AdmitPorts): Promise<ReadonlyMap<string, string>> {
  const named = examined.flatMap(({ claim, about }) => [claim?.id, claim?.relays, about?.claim]);
  const known = new Map<string, string>();
  for (const ids of inPieces([...new Set(named.filter((id) => id !== undefined))])) {
    for (const [id, envelope] of await ports.knownClaims(ids)) known.set(id, envelope);
  }
  return known;
}

function* inPieces<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += atOnce) yield all.slice(at, at + atOnce);
}
