import { Document, isMap, isSeq, parseDocument } from 'yaml';
import { FactumError } from '../errors.ts';
import type { Sha256 } from '../ledger/hash.ts';
import { parseVkey, type VerifierKey } from '../ledger/vkey.ts';
import type { Witness } from '../ledger/witnessing.ts';
import type { LedgerConfig, WitnessConfig } from './config.ts';

/** The witnesses that a configuration names. Throws CONFIG_INVALID. */
export function witnessesIn({ witnesses }: LedgerConfig, sha256: Sha256): readonly Witness[] {
  return witnesses.map(({ vkey, url }) => {
    const key = witnessVkey(vkey, sha256);
    if (typeof key === 'string')
      throw new FactumError('CONFIG_INVALID', `factum.yaml: ledger.witnesses: ${vkey}: ${key}`);
    return { key, url };
  });
}

/** The key, or why no witness that can be checked here has it. */
export function witnessVkey(vkey: string, sha256: Sha256): VerifierKey | string {
  const key = parseVkey(vkey, sha256);
  if (key === undefined) return 'not a vkey: its id is not that of its key';
  if (key.type === 0x01) return 'the key of a log (0x01), expected that of a witness (0x04)';
  if (key.type === 0x06) return 'an ML-DSA key (0x06), whose signatures cannot be checked here';
  return key;
}

/** The text of `factum.yaml` with one more witness; everything else in it stays as it is. */
export function withWitness(text: string, witness: WitnessConfig): string {
  const document = parsed(text);
  if (document.has('ledger')) {
    const list: unknown = document.getIn(['ledger', 'witnesses']);
    if (isSeq(list)) list.flow = false;
    if (isSeq(list)) document.addIn(['ledger', 'witnesses'], { ...witness });
    else if (isMap(document.get('ledger'))) document.setIn(['ledger', 'witnesses'], [{ ...witness }]);
    else document.set('ledger', { witnesses: [{ ...witness }] });
    return written(document);
  }
  const block = new Document({ ledger: { witnesses: [witness] } }).toString({ lineWidth: 0 });
  const appended = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${block}`;
  // What ends with a document's end, or is one flow map, is written anew.
  if (parsed(appended).errors.length === 0 && parsed(appended).has('ledger')) return appended;
  document.setIn(['ledger', 'witnesses'], [{ ...witness }]);
  return written(document);
}

/** The text of `factum.yaml` without the witness of this key. */
export function withoutWitness(text: string, vkey: string): string {
  const document = parsed(text);
  const list: unknown = document.getIn(['ledger', 'witnesses']);
  if (!isSeq(list)) return text;
  list.items = list.items.filter((item) => !(isMap(item) && item.get('vkey') === vkey));
  return written(document);
}

function parsed(text: string): Document {
  return parseDocument(text, { schema: 'core', merge: true, logLevel: 'error' });
}

function written(document: Document): string {
  return document.toString({ lineWidth: 0 });
}
