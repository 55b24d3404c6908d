import type { BlobCounts } from '../../core/claim/evidence.ts';
import { FactumError } from '../../core/errors.ts';
import { checkLedger } from '../../core/ledger/check/check.ts';
import { frugalReader } from '../../core/ledger/check/frugal-reader.ts';
import type { ReadContext } from '../../core/operation.ts';

/**
 * The same context as if that were the only ledger and nobody had configured anything: policies are those that it
 * records. `most`: MiB. Throws LEDGER_BROKEN for a ledger that the distrustful check finds fault with.
 */
export async function contextFrom<Context extends ReadContext>(
  context: Context,
  where: string,
  most: number,
): Promise<{ readonly context: Context; readonly artifacts?: BlobCounts }> {
  const { ledger, settings } = context;
  const limits = { sha256: ledger.ports.sha256, maxBytes: most * 2 ** 20 };
  const reader = frugalReader(await ledger.reader(where), limits);
  const { faults, findings, artifacts } = await checkLedger({ reader, seen: ledger.lastSeen }, ledger.ports);
  const fault = findings.find(({ level }) => level === 'fault');
  if (fault !== undefined) {
    const first = `${fault.code} (${fault.what}), at ${fault.place}`;
    throw new FactumError('LEDGER_BROKEN', `${reader.place}: ${faults} faults, the first: ${first}`);
  }
  const config = { ...settings.config, pods: [] };
  const there = { ...context, read: await ledger.reading(reader), settings: { ...settings, config } };
  return { context: there, ...(artifacts === undefined ? {} : { artifacts }) };
}
