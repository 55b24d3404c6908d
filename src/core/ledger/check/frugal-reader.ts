import { FactumError } from '../../errors.ts';
import type { Sha256 } from '../hash.ts';
import type { LedgerReader } from './reader.ts';
import { hexOf } from './signed-checkpoint.ts';

export interface ReadingLimits {
  readonly sha256: Sha256;
  readonly maxBytes: number;
}

/** What even an empty answer costs: a log of endless small files ends, too. */
const leastCost = 8_192;

/**
 * A stranger's ledger, of which so much is read and no more, and which says the same when it is asked again.
 * Throws LEDGER_TOO_LARGE, or LEDGER_UNREADABLE for a file that changed meanwhile.
 */
export function frugalReader(reader: LedgerReader, { sha256, maxBytes }: ReadingLimits): LedgerReader {
  const known = new Map<string, string>();
  let read = 0;
  return {
    ...reader,
    async read(path) {
      const bytes = await reader.read(path);
      const digest = bytes === undefined ? '' : hexOf(sha256(bytes));
      const before = known.get(path);
      if (before !== undefined && before !== digest)
        throw new FactumError('LEDGER_UNREADABLE', `${reader.place}: ${path} changed while it was read: ask again`);
      if (before === undefined) read += Math.max(leastCost, bytes?.length ?? 0);
      if (read > maxBytes) {
        const most = `${Math.floor(maxBytes / 2 ** 20)} MiB`;
        throw new FactumError(
          'LEDGER_TOO_LARGE',
          `${reader.place}: it has more than the ${most} that may be read of it`,
        );
      }
      known.set(path, digest);
      return bytes;
    },
  };
}
