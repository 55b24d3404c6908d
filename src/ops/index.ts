import type { Operation } from '../core/operation.ts';
import { check } from './check.ts';
import { claim } from './claim.ts';
import { explain } from './explain.ts';
import { init } from './init.ts';
import { ledgerCheck } from './ledger-check.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { trust } from './trust.ts';
import { verify } from './verify.ts';
import { withdraw } from './withdraw.ts';

/** Every verb, in the order in which help shows them. */
export const operations: readonly Operation[] = [
  init,
  check,
  claim,
  verify,
  list,
  show,
  withdraw,
  explain,
  trust,
  ledgerCheck,
];

/** First words of operations with two, and what they are about. */
export const groups: Readonly<Record<string, string>> = {
  ledger: 'The log of everything that was claimed, seen and attested',
};
