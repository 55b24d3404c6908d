import type { Operation } from '../core/operation.ts';
import { attest } from './attest.ts';
import { check } from './check.ts';
import { claim } from './claim.ts';
import { exportRequest } from './export.ts';
import { explain } from './explain.ts';
import { importRequest } from './import.ts';
import { inbox } from './inbox.ts';
import { init } from './init.ts';
import { keyAllowedSigners } from './key-allowed-signers.ts';
import { keyEnroll } from './key-enroll.ts';
import { keyList } from './key-list.ts';
import { keyNew } from './key-new.ts';
import { keyRemove } from './key-remove.ts';
import { ledgerCheck } from './ledger-check.ts';
import { ledgerExport } from './ledger-export.ts';
import { ledgerProve } from './ledger-prove.ts';
import { ledgerPublish } from './ledger-publish.ts';
import { ledgerServe } from './ledger-serve.ts';
import { ledgerWitnessAdd } from './ledger-witness-add.ts';
import { ledgerWitnessList } from './ledger-witness-list.ts';
import { ledgerWitnessRemove } from './ledger-witness-remove.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { signals } from './signals.ts';
import { sync } from './sync.ts';
import { trust } from './trust.ts';
import { verify } from './verify.ts';
import { withdraw } from './withdraw.ts';
import { witnessServe } from './witness-serve.ts';

/** Every verb, in the order in which help shows them. */
export const operations: readonly Operation[] = [
  init,
  check,
  claim,
  verify,
  list,
  show,
  attest,
  inbox,
  withdraw,
  explain,
  signals,
  trust,
  sync,
  exportRequest,
  importRequest,
  keyNew,
  keyEnroll,
  keyList,
  keyRemove,
  keyAllowedSigners,
  ledgerCheck,
  ledgerProve,
  ledgerExport,
  ledgerPublish,
  ledgerServe,
  ledgerWitnessAdd,
  ledgerWitnessList,
  ledgerWitnessRemove,
  witnessServe,
];

/** First words of operations with two, and what they are about. */
export const groups: Readonly<Record<string, string>> = {
  key: 'Keys of persons and machines: who may speak for whom',
  ledger: 'The log of everything that was claimed, seen and attested',
  'ledger witness': 'Witnesses that cosign the checkpoints of this ledger',
  witness: 'A witness for the ledgers of other teams',
};
