import { checkText, claimText, listText, showText, verifyText, withdrawText } from '../report/terminal/answers.ts';
import { explainText, initText, trustText } from '../report/terminal/setup.ts';
import { ledgerCheckText } from '../report/terminal/ledger-check.ts';
import type { Paper } from '../report/terminal/paper.ts';

/** How the answer of each operation is shown on a terminal. */
export const texts = {
  check: checkText,
  claim: claimText,
  explain: explainText,
  init: initText,
  'ledger check': ledgerCheckText,
  list: listText,
  show: showText,
  trust: trustText,
  verify: verifyText,
  withdraw: withdrawText,
} satisfies Readonly<Record<string, (paper: Paper, answer: never) => string>>;
