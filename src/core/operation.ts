import type { z } from 'zod';
import type { Actor } from './actor.ts';
import type { Attestation } from './claim/attestation.ts';
import type { Claim, Withdrawal } from './claim/claim.ts';
import type { Evidence } from './claim/evidence.ts';
import type { Verifier } from './claim/verifier.ts';
import type { Config } from './config/config.ts';
import type { DetectedCheck } from './config/detect.ts';
import type { Survey } from './config/survey.ts';
import type { LedgerAccess } from './ledger/access.ts';
import type { Uncounted } from './ledger/counted.ts';
import type { KeyRing } from './ledger/key-ring.ts';
import type { LedgerRecord, PolicyInForce, Receipt } from './ledger/record.ts';
import type { Seen, VerifierPorts, Workspace } from './ports.ts';

/** Everything the ledger says about one claim. */
export interface ClaimRecord {
  readonly claim: Claim;
  /** Index and leaf hash (hex) of the claim's entry. */
  readonly index: number;
  readonly leafHash: string;
  readonly evidence: readonly Evidence[];
  readonly attestations: readonly Attestation[];
  readonly withdrawals: readonly Withdrawal[];
  /** What was said about it by keys that may not. */
  readonly uncounted: readonly Uncounted[];
}

/** Identifies looks that may stand for each other. */
export interface LookKey {
  readonly verifier: string;
  readonly version: string;
  readonly optionsDigest: string;
}

/** Reading of the index, which catches up with the journal first. */
export interface Reading {
  /** Claims, oldest first: all of them, or so many of the newest. */
  claims(newest?: number): Promise<readonly ClaimRecord[]>;
  /** By full id or a unique prefix or suffix of it; throws CLAIM_NOT_FOUND or CLAIM_AMBIGUOUS. */
  claim(id: string): Promise<ClaimRecord>;
  /** Newest supported evidence for the same look in the same tree and environment. */
  reusable(key: LookKey & { readonly tree: string; readonly environment: string }): Promise<Evidence | undefined>;
  /** Newest supported evidence of the same look anywhere. */
  lastSupported(key: LookKey): Promise<Evidence | undefined>;
  /** The last policy written for this pod. */
  policyInForce(pod: string): Promise<PolicyInForce | undefined>;
  /** Who may speak for whom in this pod. */
  keyRing(pod: string): Promise<KeyRing>;
}

/** The repository that a command runs in, as the host found it. */
export interface RepositoryView {
  readonly name: string;
  readonly dir: string;
  /** Absent in a repository without a commit. */
  readonly commit?: string;
  /** Absent on a detached head. */
  readonly branch?: string;
  /** Hash of the working tree, untracked files that are not ignored included; computed once per call. */
  tree(): Promise<string>;
  /** Tree of a commit, undefined when that commit is not here. */
  treeOf(commit: string): Promise<string | undefined>;
}

/** What the configuration file says, or what was detected where there is none. */
export interface Settings {
  readonly config: Config;
  /** False: there is no factum.yaml and `config` has defaults only. */
  readonly configured: boolean;
  /** Found by looking at the repository's own build files; used where the configuration is silent. */
  readonly detected: readonly DetectedCheck[];
}

/** Progress for people, on standard error. */
export interface Progress {
  /** A look has begun; the returned function ends it with one line. */
  begin(what: string): (how: string) => void;
  note(text: string): void;
}

export interface ReadContext {
  readonly read: Reading;
  readonly ports: VerifierPorts;
  readonly verifiers: readonly Verifier[];
  /** Undefined outside a repository. */
  readonly repository: RepositoryView | undefined;
  readonly settings: Settings;
  /** Who gives this command. */
  actor(): Promise<Actor>;
  readonly progress: Progress;
  /** Throws NOT_TRUSTED unless this user trusts these commands and reaches in this repository; asks on a terminal. */
  trust(wanted: readonly string[]): Promise<void>;
  /** The working tree itself, or a prepared clean checkout of a commit; closed when the operation ends. */
  workspace(place: 'in-place' | { readonly commit: string }): Promise<Seen<Workspace>>;
  /** Full object name of a commit-ish; throws USAGE when there is none. */
  resolveCommit(revision: string): Promise<string>;
  /** Ledgers as a stranger reads them. */
  readonly ledger: LedgerAccess;
  /** A UUIDv7. */
  newId(): string;
  /** Takes secrets out of a text before it is recorded or shown. */
  redact(text: string): string;
}

export interface WriteContext extends ReadContext {
  /** Acknowledges only what is on disk. */
  write(records: readonly [LedgerRecord, ...LedgerRecord[]]): Promise<readonly Receipt[]>;
  /** Asks on a terminal before something is recorded; elsewhere the answer is yes. */
  confirm(question: string): Promise<boolean>;
}

/** What only the CLI may do: files outside the ledger. */
export interface SetupContext extends ReadContext {
  /** Asks on a terminal; elsewhere answers the default. */
  ask(question: string, fallback: string): Promise<string>;
  readonly setup: {
    /** Looks at the repository's files, owners and recent authors. */
    survey(): Promise<Survey>;
    writeConfig(text: string, options: { readonly replace: boolean }): Promise<string>;
    /** Remembers the configuration's digest as trusted by this user; returns the digest. */
    recordTrust(): Promise<string>;
  };
}

interface Contexts {
  read: ReadContext;
  write: WriteContext;
  setup: SetupContext;
}
export type OperationScope = keyof Contexts;

export interface OperationForm<
  Scope extends OperationScope = OperationScope,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
> {
  /** The command's name and the last segment of its route. */
  readonly id: string;
  readonly summary: string;
  readonly scope: Scope;
  /** Every field has a description: help, routes and tools are derived from it. */
  readonly input: Input;
  readonly output: Output;
  /** Input fields that the CLI takes by position; an array field takes the rest. */
  readonly positional?: readonly (keyof z.infer<Input> & string)[];
  run(context: Contexts[Scope], input: z.infer<Input>): Promise<z.infer<Output>>;
  /** True when the answer is "no": exit code 1. */
  answersNo?(output: z.infer<Output>): boolean;
}

/** The one way to make a verb. CLI command, HTTP route and MCP tool are derived from the result. */
export function defineOperation<Scope extends OperationScope, Input extends z.ZodObject, Output extends z.ZodType>(
  form: OperationForm<Scope, Input, Output>,
): Operation {
  return Object.freeze(form) as unknown as Operation;
}

export type Operation = Readonly<OperationForm>;
