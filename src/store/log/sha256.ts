import { hash } from 'node:crypto';
import type { Sha256 } from '../../core/ledger/hash.ts';

/** A node is hashed per entry and more: raw bytes, without the way through hexadecimal digits. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');
