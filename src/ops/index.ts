import type { Operation } from '../core/operation.ts';

/** Every verb, in the order in which help shows them. A command loads its own only: schemas are most of the start-up time. */
export const operations = {
  init: async () => (await import('./init.ts')).init,
  check: async () => (await import('./check.ts')).check,
  claim: async () => (await import('./claim.ts')).claim,
  follow: async () => (await import('./follow.ts')).follow,
  verify: async () => (await import('./verify.ts')).verify,
  gate: async () => (await import('./gate.ts')).gate,
  list: async () => (await import('./list.ts')).list,
  show: async () => (await import('./show.ts')).show,
  attest: async () => (await import('./attest.ts')).attest,
  inbox: async () => (await import('./inbox.ts')).inbox,
  withdraw: async () => (await import('./withdraw.ts')).withdraw,
  submit: async () => (await import('./submit.ts')).submit,
  ask: async () => (await import('./ask.ts')).ask,
  explain: async () => (await import('./explain.ts')).explain,
  diagnose: async () => (await import('./diagnose.ts')).diagnose,
  audit: async () => (await import('./audit.ts')).audit,
  signals: async () => (await import('./signals.ts')).signals,
  trust: async () => (await import('./trust.ts')).trust,
  sync: async () => (await import('./sync.ts')).sync,
  export: async () => (await import('./export.ts')).exportRequest,
  import: async () => (await import('./import.ts')).importRequest,
  erase: async () => (await import('./erase.ts')).erase,
  leads: async () => (await import('./leads.ts')).leads,
  'otel receive': async () => (await import('./otel-receive.ts')).otelReceive,
  'otel export': async () => (await import('./otel-export.ts')).otelExport,
  mcp: async () => (await import('./mcp.ts')).mcp,
  'pull-request check': async () => (await import('./pull-request-check.ts')).pullRequestCheck,
  'pull-request tell': async () => (await import('./pull-request-tell.ts')).pullRequestTell,
  'agents install': async () => (await import('./agents-install.ts')).agentsInstall,
  'agents uninstall': async () => (await import('./agents-uninstall.ts')).agentsUninstall,
  'agents doctor': async () => (await import('./agents-doctor.ts')).agentsDoctor,
  'key new': async () => (await import('./key-new.ts')).keyNew,
  'key enroll': async () => (await import('./key-enroll.ts')).keyEnroll,
  'key list': async () => (await import('./key-list.ts')).keyList,
  'key remove': async () => (await import('./key-remove.ts')).keyRemove,
  'key allowed-signers': async () => (await import('./key-allowed-signers.ts')).keyAllowedSigners,
  'ledger check': async () => (await import('./ledger-check.ts')).ledgerCheck,
  'ledger prove': async () => (await import('./ledger-prove.ts')).ledgerProve,
  'ledger export': async () => (await import('./ledger-export.ts')).ledgerExport,
  'ledger publish': async () => (await import('./ledger-publish.ts')).ledgerPublish,
  'ledger serve': async () => (await import('./ledger-serve.ts')).ledgerServe,
  'ledger witness add': async () => (await import('./ledger-witness-add.ts')).ledgerWitnessAdd,
  'ledger witness list': async () => (await import('./ledger-witness-list.ts')).ledgerWitnessList,
  'ledger witness remove': async () => (await import('./ledger-witness-remove.ts')).ledgerWitnessRemove,
  'witness serve': async () => (await import('./witness-serve.ts')).witnessServe,
} satisfies Readonly<Record<string, () => Promise<Operation>>>;

export async function allOperations(): Promise<readonly Operation[]> {
  return Promise.all(Object.values(operations).map((load) => load()));
}

/** First words of operations with two, and what they are about. */
export const groups: Readonly<Record<string, string>> = {
  agents: "The gate in agents' own settings",
  key: 'Keys of persons and machines: who may speak for whom',
  ledger: 'The log of everything that was claimed, seen and attested',
  'ledger witness': 'Witnesses that cosign the checkpoints of this ledger',
  otel: "OpenTelemetry: agents' own telemetry in, verdicts out",
  'pull-request': 'What pull requests claim, in CI',
  witness: 'A witness for the ledgers of other teams',
};
