import { agentsDoctorText, agentsInstallText, agentsUninstallText } from '../report/terminal/agents.ts';
import {
  checkText,
  claimText,
  listText,
  showText,
  submitText,
  verifyText,
  withdrawText,
} from '../report/terminal/answers.ts';
import { eraseText } from '../report/terminal/artifacts.ts';
import { auditText } from '../report/terminal/audit.ts';
import { attestText, inboxText } from '../report/terminal/attesting.ts';
import { allowedSignersText, keyEnrollText, keyListText, keyNewText, keyRemoveText } from '../report/terminal/keys.ts';
import { diagnoseText } from '../report/terminal/diagnose.ts';
import { followText } from '../report/terminal/follow.ts';
import { gateText } from '../report/terminal/gate.ts';
import { explainText, initText, trustText } from '../report/terminal/setup.ts';
import { ledgerCheckText } from '../report/terminal/ledger-check.ts';
import { ledgerExportText, ledgerProveText, ledgerServeText } from '../report/terminal/ledger-reading.ts';
import { ledgerPublishText } from '../report/terminal/ledger-publish.ts';
import { askText, mcpText } from '../report/terminal/mcp.ts';
import type { Paper } from '../report/terminal/paper.ts';
import { pullRequestCheckText, pullRequestTellText } from '../report/terminal/pull-request.ts';
import { exportText, importText, syncText } from '../report/terminal/sync.ts';
import { signalsText } from '../report/terminal/signals.ts';
import { leadsText, otelExportText, otelReceiveText } from '../report/terminal/telemetry.ts';
import { witnessAddText, witnessListText, witnessRemoveText, witnessServeText } from '../report/terminal/witness.ts';

/** How the answer of each operation is shown on a terminal. */
export const texts = {
  'agents doctor': agentsDoctorText,
  'agents install': agentsInstallText,
  'agents uninstall': agentsUninstallText,
  ask: askText,
  attest: attestText,
  audit: auditText,
  check: checkText,
  claim: claimText,
  erase: eraseText,
  diagnose: diagnoseText,
  explain: explainText,
  export: exportText,
  import: importText,
  follow: followText,
  gate: gateText,
  inbox: inboxText,
  init: initText,
  'key allowed-signers': allowedSignersText,
  'key enroll': keyEnrollText,
  'key list': keyListText,
  'key new': keyNewText,
  'key remove': keyRemoveText,
  leads: leadsText,
  'ledger check': ledgerCheckText,
  'ledger export': ledgerExportText,
  'ledger prove': ledgerProveText,
  'ledger publish': ledgerPublishText,
  'ledger serve': ledgerServeText,
  'ledger witness add': witnessAddText,
  'ledger witness list': witnessListText,
  'ledger witness remove': witnessRemoveText,
  list: listText,
  mcp: mcpText,
  'otel export': otelExportText,
  'otel receive': otelReceiveText,
  'pull-request check': pullRequestCheckText,
  'pull-request tell': pullRequestTellText,
  show: showText,
  signals: signalsText,
  submit: submitText,
  sync: syncText,
  trust: trustText,
  verify: verifyText,
  withdraw: withdrawText,
  'witness serve': witnessServeText,
} satisfies Readonly<Record<string, (paper: Paper, answer: never) => string>>;
