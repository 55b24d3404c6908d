import { joinBytes } from './octets.ts';

// The data types of SSH, RFC 4251 section 5, in the one encoding that each value has.

export function uint32Bytes(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export function stringBytes(content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return joinBytes(uint32Bytes(bytes.length), bytes);
}

/** `magnitude` is big-endian and unsigned; zeros in front of it are let go. */
export function mpintBytes(magnitude: Uint8Array): Uint8Array {
  const digits = withoutLeadingZeros(magnitude);
  const isNegativeLike = (digits[0] ?? 0) >= 0x80;
  return stringBytes(isNegativeLike ? joinBytes(new Uint8Array(1), digits) : digits);
}

export function withoutLeadingZeros(magnitude: Uint8Array): Uint8Array {
  const first = magnitude.findIndex((byte) => byte !== 0);
  return first === -1 ? new Uint8Array() : magnitude.subarray(first);
}

/** Reads one value after the other. After a value that is not there, all answers are empty and `isDone` is false. */
export interface WireReader {
  byte(): number;
  uint32(): number;
  /** A view into the bytes. */
  string(): Uint8Array;
  /** A string that is UTF-8 without NUL. */
  text(): string;
  /** Big-endian magnitude without zeros in front. Negative numbers are refused. */
  mpint(): Uint8Array;
  /** Everything was read, and everything was well-formed. */
  isDone(): boolean;
}

export function wireReader(bytes: Uint8Array): WireReader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  let failed = false;

  function take(count: number): number | undefined {
    if (failed || count > bytes.length - at) failed = true;
    if (failed) return undefined;
    at += count;
    return at - count;
  }

  function uint32(): number {
    const from = take(4);
    return from === undefined ? 0 : view.getUint32(from);
  }

  function string(): Uint8Array {
    const from = take(uint32());
    return from === undefined ? new Uint8Array() : bytes.subarray(from, at);
  }

  return {
    uint32,
    string,
    byte() {
      const from = take(1);
      return from === undefined ? 0 : view.getUint8(from);
    },
    text() {
      const text = textOf(string());
      failed ||= text === undefined;
      return text ?? '';
    },
    mpint() {
      const magnitude = magnitudeOf(string());
      failed ||= magnitude === undefined;
      return magnitude ?? new Uint8Array();
    },
    isDone: () => !failed && at === bytes.length,
  };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch (thrown) {
    if (thrown instanceof TypeError) return undefined;
    throw thrown;
  }
}

function magnitudeOf(bytes: Uint8Array): Uint8Array | undefined {
  const [first = 1, second = 0] = bytes;
  if (first >= 0x80) return undefined;
  if (first > 0) return bytes;
  return second >= 0x80 ? bytes.subarray(1) : undefined;
}
