/** Public API: values and pure functions; programs that need more use the command line with `--json`. */
export { Actor } from './core/actor.ts';
export { Attestation } from './core/claim/attestation.ts';
export { Claim, Target, Withdrawal } from './core/claim/claim.ts';
export { Evidence, Look, Outcome } from './core/claim/evidence.ts';
export { explainExtraction, extract } from './core/claim/extract/extract.ts';
export { Part, PartKind, Scope } from './core/claim/part.ts';
export { Policy } from './core/claim/policy.ts';
export { verdictsOf } from './core/claim/relay.ts';
export { type Verdict, type VerdictInput, type VerdictName, verdictOf } from './core/claim/verdict.ts';
export { type Examination, type Verifier, type VerifierForm, verifier } from './core/claim/verifier.ts';
export { ClaimView, PartView } from './core/claim/view.ts';
export { Config } from './core/config/config.ts';
export { parseConfig } from './core/config/parse.ts';
export { errorTable, FactumError } from './core/errors.ts';
export { LedgerRecord } from './core/ledger/record.ts';
export { couldNotLook, type Hindrance, type Seen, seen, type VerifierPorts, type Workspace } from './core/ports.ts';
