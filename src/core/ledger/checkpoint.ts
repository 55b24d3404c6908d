import { fromStandardBase64, toBase64 } from './octets.ts';

// C2SP tlog-checkpoint, without extension lines: no monitor can audit them, and ML-DSA cosignatures do not cover them.

/** A log's size and root at one moment, as the text of a signed note says them. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

export const checkpointRefusals = Object.freeze({
  'checkpoint-lines': 'the text is not three lines: origin, size, root',
  'checkpoint-size': 'the size is no decimal number without leading zeros, or above 2^53 - 1',
  'checkpoint-root': 'the root is not 32 bytes in standard base64',
});
export type CheckpointRefusal = keyof typeof checkpointRefusals;

const rootBytes = 32;

/** `text` is the text of a note, without its signatures. */
export function parseCheckpoint(text: string): Checkpoint | CheckpointRefusal {
  const [origin = '', sizeLine = '', rootLine = '', end, ...more] = text.split('\n', 6);
  if (origin === '' || end !== '' || more.length > 0) return 'checkpoint-lines';
  const size = parseSize(sizeLine);
  if (size === undefined) return 'checkpoint-size';
  const root = fromStandardBase64(rootLine);
  return root?.length === rootBytes ? { origin, size, root } : 'checkpoint-root';
}

/** The text of a checkpoint, which is still to be signed. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** A count or an index: decimal, no leading zeros, at most 2^53 - 1; undefined for anything else. */
export function parseSize(text: string): number | undefined {
  if (!/^(?:0|[1-9][0-9]{0,15})$/.test(text)) return undefined;
  const size = Number(text);
  return Number.isSafeInteger(size) ? size : undefined;
}
