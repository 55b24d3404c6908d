import type { z } from 'zod';
import type { Actor } from './actor.ts';
import type { Assurance, Attestation } from './claim/attestation.ts';
import type { Agent } from './agent/agent.ts';
import type { HookFiles } from './agent/hook-file.ts';
import type { Recogniser } from './agent/recogniser.ts';
import type { Claim, Via, Withdrawal } from './claim/claim.ts';
import type { Erasure } from './claim/erasure.ts';
import type { BlobState, Evidence } from './claim/evidence.ts';
import type { Verifier } from './claim/verifier.ts';
import type { Config } from './config/config.ts';
import type { DetectedCheck } from './config/detect.ts';
import type { Survey } from './config/survey.ts';
import type { LedgerAccess } from './ledger/access.ts';
import type { Uncounted } from './ledger/counted.ts';
import type { LedgerReader } from './ledger/check/reader.ts';
import type { ExportedFile } from './ledger/export/folder.ts';
import type { EnvelopeKey } from './ledger/dsse.ts';
import type { PasskeyScope } from './ledger/key-record.ts';
import type { Published } from './ledger/head.ts';
import type { KeyRing } from './ledger/key-ring.ts';
import type { Exchange } from './ledger/peer.ts';
import type { LedgerRecord, PolicyInForce, Receipt } from './ledger/record.ts';
import type { VerifierKey } from './ledger/vkey.ts';
import type { Leads } from './telemetry/lead.ts';
import type { ReceiverWanted, TakeLogs } from './telemetry/receiving.ts';
import type { AgentCommit } from './git/agent-commit.ts';
import type { TranscriptFiles } from './transcript/file.ts';
import type { Transcript } from './transcript/transcript.ts';
import type { Toolkit } from './debt/toolkit.ts';
import type { TellingPullRequests } from './pull-request/forge.ts';
import type { Coverage } from './signal/fact.ts';
import type { Detector } from './signal/detector.ts';
import type { Signal } from './signal/signal.ts';
import type { Reading as SourceReading, Recalled, SourcePorts } from './signal/source.ts';
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
  /** Of what its looks kept, on whichever machine. */
  readonly erasures: readonly Erasure[];
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
  /** By id, whole or as it is shown, or a unique beginning or end of it; throws CLAIM_NOT_FOUND or CLAIM_AMBIGUOUS. */
  claim(id: string): Promise<ClaimRecord>;
  /** Newest supported evidence for the same look in the same tree and environment. */
  reusable(key: LookKey & { readonly tree: string; readonly environment: string }): Promise<Evidence | undefined>;
  /** Newest supported evidence of the same look anywhere. */
  lastSupported(key: LookKey): Promise<Evidence | undefined>;
  /** The last policy written for this pod. */
  policyInForce(pod: string): Promise<PolicyInForce | undefined>;
  /** Indexes of all entries that a verdict on it is made of: its own, what was said about it, its pod's policies and keys. */
  entriesAbout(claim: Pick<Claim, 'id' | 'pod'>): Promise<readonly number[]>;
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

/** So many of so many. */
export interface Counted {
  readonly done: number;
  readonly of: number;
}

/** Progress for people, on standard error. */
export interface Progress {
  /** A look has begun; the returned function ends it with one line. `counted` tells how far a long one is. */
  begin(what: string, counted?: () => Counted): (how: string) => void;
  note(text: string): void;
  /** Lines as they are. */
  show(text: string): void;
}

/** What this user was shown of claims before, as keys that mean nothing here. Throws CONFIG_FOLDER. */
export interface SeenAnswers {
  all(): Promise<ReadonlySet<string>>;
  remember(keys: readonly string[]): Promise<void>;
}

/** What of a history is read. */
export interface HistoryAsked {
  readonly revision: string;
  /** Name of its branch, where that is not the one that is checked out. */
  readonly branch: string | undefined;
  readonly pods: readonly { readonly id: string; readonly paths: readonly string[] }[];
  /** No clock is right that says later (milliseconds since 1970). */
  readonly latest: number;
}

export type HistoryReading = Omit<SourceReading<unknown>, 'ports' | 'options'>;

/** Where one repository's reading is kept between commands; what cannot be used or kept is as if nothing had been. */
export interface HistoryMemory {
  /** Nothing was kept, under any circumstances. */
  readonly isEmpty: boolean;
  /** What was kept by this very program under these circumstances. */
  recall(circumstances: string): Recalled | undefined;
  /** Copies at once, and writes when `save` is called. */
  keep(circumstances: string, parts: Readonly<Record<string, unknown>>): void;
  save(): Promise<void>;
}

/** One repository whose history is read; nothing of its code runs. */
export interface OpenHistory {
  readonly name: string;
  /** Of its working tree, else of HEAD; absent where there is no factum.yaml. */
  readonly config?: Config;
  readonly git: SourcePorts['git'];
  /** Absent of one that is cloned for this. */
  readonly memory?: HistoryMemory;
  /** Those of a range in which agents took part; answers how many there are in all. */
  agentCommits(range: string, take: (commit: AgentCommit) => Promise<void>): Promise<Seen<number>>;
  /** Ids of the pods that there are, without reading it; undefined where that commit cannot be read. */
  pods(asked: Pick<HistoryAsked, 'revision' | 'pods'>): Promise<readonly string[] | undefined>;
  read(asked: HistoryAsked, reading: HistoryReading): Promise<Seen<Coverage>>;
  close(): Promise<void>;
}

/** Repositories whose histories are read, and what they are read for. */
export interface Histories {
  readonly signals: readonly Signal[];
  readonly detectors: readonly Detector[];
  readonly toolkits: readonly Toolkit[];
  /**
   * A folder in a repository, or an address that is cloned for as long as it is open; default: where the command runs.
   * Throws NO_FOLDER, NO_REPOSITORY, REPOSITORY_UNREACHABLE, CONFIG_*, TEMPORARY_FOLDER.
   */
  open(where?: string): Promise<OpenHistory>;
  /** It is cloned when it is opened, which takes its time; anything else is opened at once. */
  isAddress(where: string): boolean;
}

export interface ReadContext {
  readonly read: Reading;
  readonly ports: VerifierPorts;
  readonly verifiers: readonly Verifier[];
  /** Loaded when first asked for: few commands need them. */
  signals(): Promise<readonly Signal[]>;
  agents(): Promise<readonly Agent[]>;
  /** Loaded when first asked for. */
  recogniser(): Promise<Recogniser>;
  /** A file that the user names; throws FILE_UNUSABLE, also for one of more than `maxBytes`. */
  readFile(path: string, maxBytes: number): Promise<Uint8Array>;
  /** Sessions of agents, and the formats that they are written in; loaded when first asked for. */
  transcripts(): Promise<{ readonly formats: readonly Transcript[]; readonly files: TranscriptFiles }>;
  /** Histories of this and other repositories, and what they are read with; loaded when first asked for. */
  histories(): Promise<Histories>;
  /** Undefined outside a repository. */
  readonly repository: RepositoryView | undefined;
  readonly settings: Settings;
  /** The door that this was asked at. */
  readonly via: Via;
  /** Who gives this command. */
  actor(): Promise<Actor>;
  readonly progress: Progress;
  /** A person can answer questions. */
  readonly isInteractive: boolean;
  readonly seenAnswers: SeenAnswers;
  /** Where people read what waits for them, while this process runs; absent where it ends with its answer. */
  readonly inboxUrl?: () => Promise<string>;
  /** What agents' own telemetry told on this machine. */
  readonly leads: Pick<Leads, 'newest'>;
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
  /** What became of an artifact here. */
  blobState(digest: string): Promise<BlobState>;
}

/** The SSH key of the human who gives this command; each signature may ask for a passphrase or a touch. */
export interface HumanSigner extends EnvelopeKey {
  /** As in an `authorized_keys` file, without comment. */
  readonly publicKeyLine: string;
  /** What such a key can do; whether it did is seen in each signature. */
  readonly assurance: Assurance;
  /** Only of a passkey. */
  readonly passkey?: PasskeyScope;
}

export interface NewPasskey {
  readonly person: { readonly id: string; readonly name?: string | undefined };
  readonly pod: string;
  /** Of the page on this machine; the passkey is bound to it for good. */
  readonly port: number;
}

export interface PasskeyWanted {
  /** Fingerprints of the passkeys that would do. */
  readonly among: readonly string[];
  /** What the person was shown; the page shows it, too. */
  readonly sheet?: string;
}

export interface WriteContext extends ReadContext {
  /** Envelopes from and for elsewhere. */
  readonly exchange: Exchange;
  /** Acknowledges only what is on disk. Signed by this machine, unless another key is given. */
  write(records: readonly [LedgerRecord, ...LedgerRecord[]], key?: EnvelopeKey): Promise<readonly Receipt[]>;
  readonly keys: {
    /** Of the named file, else as git and ssh would choose. Throws HUMAN_KEY_*, for an agent HUMAN_KEY_REFUSED. */
    human(file?: string): Promise<HumanSigner>;
    /** A new passkey, made by a page in the person's browser. Throws PASSKEY_*, for an agent HUMAN_KEY_REFUSED. */
    createPasskey(wanted: NewPasskey): Promise<HumanSigner>;
    /** One made on this machine. Throws as `createPasskey`. */
    passkey(wanted: PasskeyWanted): Promise<HumanSigner>;
    machine(): Promise<EnvelopeKey>;
  };
  /** Asks on a terminal; elsewhere answers the default. */
  ask(question: string, fallback: string): Promise<string>;
  /** Asks on a terminal before something is recorded; elsewhere the answer is yes. */
  confirm(question: string, how?: Confirming): Promise<boolean>;
}

export interface Confirming {
  /** A person's own word is signed, which no bare Enter gives. Default: false. */
  readonly inWords: boolean;
}

export interface NewHumanKey {
  /** Default: `~/.ssh/id_ed25519`. */
  readonly file?: string;
  readonly comment: string;
  /** Else ssh-keygen asks for one on the terminal. */
  readonly withoutPassphrase: boolean;
}

export interface MadeHumanKey {
  readonly file: string;
  readonly fingerprint: string;
  readonly publicKeyLine: string;
}

export interface WitnessToRun {
  readonly dir: string;
  /** Default: made of its key. */
  readonly name?: string;
  readonly logs: readonly VerifierKey[];
  readonly host: string;
  readonly port: number;
}

export interface McpWanted {
  /** Default: at standard input and output. */
  readonly http: boolean;
  readonly host: string;
  readonly port: number;
  readonly allowHosts: readonly string[];
  readonly readOnly: boolean;
}

/** What only the CLI may do: files outside the ledger. */
export interface SetupContext extends ReadContext {
  readonly exchange: Pick<Exchange, 'own'>;
  readonly leads: Leads;
  /** Asks on a terminal; elsewhere answers the default. */
  ask(question: string, fallback: string): Promise<string>;
  /** Asks on a terminal before something is done; elsewhere the answer is yes. */
  confirm(question: string, how?: Confirming): Promise<boolean>;
  readonly setup: {
    /** Looks at the repository's files, owners and recent authors. */
    survey(): Promise<Survey>;
    writeConfig(text: string, options: { readonly replace: boolean }): Promise<string>;
    /** A new SSH key made by ssh-keygen. Throws HUMAN_KEY_REFUSED, HUMAN_KEY_PLACE, SIGNING_FAILED. */
    newHumanKey(options: NewHumanKey): Promise<MadeHumanKey>;
    /** Changes factum.yaml. It stays trusted when it was, or when nothing else in it asks for trust. */
    editConfig(edit: (text: string) => string): Promise<{ readonly path: string; readonly trusted: boolean }>;
    /** `ended` when the command is told to end. Throws WITNESS_FOLDER, WITNESS_STATE, KEY_UNREADABLE, LOCK_TIMEOUT, USAGE. */
    startWitness(
      witness: WitnessToRun,
    ): Promise<{ readonly vkey: string; readonly url: string; readonly ended: Promise<void> }>;
    /** `ended` when the command is told to end. Throws SERVE_PORT. */
    serveLedger(
      reader: LedgerReader,
      at: { readonly host: string; readonly port: number },
    ): Promise<{ readonly url: string; readonly ended: Promise<void> }>;
    /** `ended` when the client goes or the command is told to end. Throws USAGE, SERVE_PORT. */
    serveMcp(wanted: McpWanted): Promise<{ readonly url: string; readonly ended: Promise<void> }>;
    /** `take` gets the body of each request for logs; `ended` when the command is told to end. Throws USAGE, SERVE_PORT. */
    receiveTelemetry(
      wanted: ReceiverWanted,
      take: TakeLogs,
    ): Promise<{ readonly url: string; readonly ended: Promise<void> }>;
    /** To the collector that the environment names, or another one; answers its address. Throws USAGE, COLLECTOR. */
    sendEvaluations(events: readonly object[], endpoint?: string): Promise<string>;
    /** All that is recorded, read anew. Undefined when nothing is. Throws as `Publisher.publish`. */
    publishLedger(): Promise<Published | undefined>;
    readonly pullRequests: TellingPullRequests;
    /** Into a folder that is new or empty; answers its path. Throws EXPORT_FOLDER. */
    writeFolder(folder: string, files: readonly ExportedFile[]): Promise<string>;
    /** A file that is new; answers its path. Throws EXPORT_FILE. */
    writeFile(path: string, content: string): Promise<string>;
    /** A tool's own settings, which Factum adds its hook to and takes it from. */
    readonly hooks: HookFiles;
    /** Records who erases, then deletes artifacts and their salts; what was signed stays as it is. Throws JOURNAL_WRITE. */
    eraseBlobs(digests: readonly string[], said: readonly Erasure[]): Promise<void>;
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
  /** Forms that the answer has, `terminal` and `json` among them; the CLI then takes --format and --out. */
  readonly formats?: readonly [string, ...string[]];
  /** It opens what it reads by itself, or reads nothing: what stands around the command, such as a broken factum.yaml, is no hindrance. */
  readonly opensItself?: boolean;
  run(context: Contexts[Scope], input: z.infer<Input>): Promise<z.infer<Output>>;
  /** True when the answer is "no": exit code 1. */
  answersNo?(output: z.infer<Output>): boolean;
}

/** What the CLI's own options for the form of an answer mean. */
export const formDescription = 'how the answer is shown; default: that of the file that --out names, else terminal';
export const outDescription = 'file that the answer is written to, over one that is there; default: standard output';

/** The one way to make a verb. CLI command, HTTP route and MCP tool are derived from the result. */
export function defineOperation<Scope extends OperationScope, Input extends z.ZodObject, Output extends z.ZodType>(
  form: OperationForm<Scope, Input, Output>,
): Operation {
  return Object.freeze(form) as unknown as Operation;
}

export type Operation = Readonly<OperationForm>;
