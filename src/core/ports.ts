import type { Artifact, Environment } from './claim/evidence.ts';

/** Why Factum could not look. Never evidence against anybody. */
export type Hindrance =
  | 'missing-tool' // the program, browser or driver is not installed
  | 'time-out'
  | 'refused-address' // a private, link-local, loopback or metadata address that the configuration does not allow
  | 'not-allowed' // not trusted, not configured
  | 'unreachable' // connection refused, DNS server failed, TLS handshake failed for a reason that is not the certificate
  | 'too-large'
  | 'broken'; // anything else; the message says what

export interface CouldNotLook {
  readonly ok: false;
  readonly why: Hindrance;
  /** What was tried and what stood in the way. */
  readonly message: string;
}

/** What a port answers: a value that was really seen, or why it could not be seen. Ports do not throw. */
export type Seen<T> = { readonly ok: true; readonly value: T } | CouldNotLook;

export function seen<T>(value: T): Seen<T> {
  return { ok: true, value };
}

export function couldNotLook(why: Hindrance, message: string): CouldNotLook {
  return { ok: false, why, message };
}

/** A folder in which commands run and files are read. */
export interface Workspace {
  /** Absolute path of the checkout's top. */
  readonly dir: string;
  /** `in-place`: the user's own working tree; `worktree`: a clean checkout of a commit that Factum made. */
  readonly place: 'in-place' | 'worktree';
  readonly tree: string;
  /** Absent while the repository has no commit. */
  readonly commit?: string;
}

export interface RunRequest {
  readonly workspace: Workspace;
  /** A shell command line, run by `bash -o pipefail -c`. `{reports}` stands for a fresh folder for machine reports. */
  readonly command: string;
  /** Relative to the workspace. */
  readonly dir?: string;
  readonly timeoutMs?: number;
  /** Globs, relative to the workspace, of report files the command writes there; older files than the run are ignored. */
  readonly collect?: readonly string[];
}

export interface CollectedFile {
  readonly path: string;
  readonly text: string;
}

export interface WorkspaceFile extends CollectedFile {
  /** Hex, of the file's own bytes. */
  readonly sha256: string;
  readonly bytes: number;
  /** False: the bytes are not UTF-8, so `text` is not what the file says. */
  readonly utf8: boolean;
}

export interface RunResult {
  /** The command's own exit code; null when a signal ended it. */
  readonly exit: number | null;
  readonly signal: string | null;
  /** Decoded, bounded: the first and last part when there was more. Standard output and error in order of arrival. */
  readonly output: string;
  /** Bytes that the command printed, kept or not. */
  readonly outputBytes: number;
  /** What it wrote to `{reports}` and to the `collect` globs, bounded. */
  readonly reports: readonly CollectedFile[];
  readonly durationMs: number;
  /** Paths that differ between before and after an in-place run, at most 20; not empty = the tree changed while it ran. */
  readonly changedPaths: readonly string[];
}

export interface GitAnswer {
  readonly exit: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'HEAD' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** Default 10; 0 = answer the redirect itself. */
  readonly maxRedirects?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly bodyBytes: number;
  /** Where the last redirect ended. */
  readonly url: string;
  /** Only for https. `valid` false is an answer, with the reason, not a hindrance. */
  readonly tls?: { readonly valid: boolean; readonly reason?: string; readonly validTo?: string };
}

export interface PageRequest {
  readonly url: string;
  /** CSS selectors that must be visible. */
  readonly visible: readonly string[];
  /** Texts that must be there. */
  readonly texts: readonly string[];
  readonly timeoutMs?: number;
  readonly viewport?: { readonly width: number; readonly height: number };
}

export interface PageAnswer {
  readonly status: number | null;
  readonly url: string;
  readonly title: string;
  readonly missingSelectors: readonly string[];
  readonly missingTexts: readonly string[];
  readonly consoleErrors: readonly string[];
  readonly failedRequests: readonly string[];
  /** Sub-resources that the address guard refused. */
  readonly refusedRequests: readonly string[];
  readonly screenshot: Uint8Array;
}

export interface SqlRequest {
  /** Name of a database in the configuration; the connection string never passes through here. */
  readonly database: string;
  readonly query: string;
  readonly timeoutMs?: number;
}

export interface SqlAnswer {
  readonly rowCount: number;
  readonly columns: readonly string[];
  /** The first rows, values as text; null stays null. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface MatchRequest {
  /** A regular expression that a claim or a configuration gives, so one that may not end. */
  readonly pattern: string;
  readonly flags: string;
  readonly text: string;
}

export type DnsType = 'A' | 'AAAA' | 'CNAME' | 'MX' | 'NS' | 'TXT' | 'CAA' | 'SRV';

/** What one place of npm's configuration says: `registry` and `@scope:registry`, and nothing else. */
export type NpmSettings = Readonly<Record<string, string>>;

/** What a verifier may ask of the world. Each port answers `Seen`, so a failing one is never a "no". */
export interface VerifierPorts {
  run(request: RunRequest): Promise<Seen<RunResult>>;
  /** Reads one file of the workspace as UTF-8; undefined = it is not there. */
  readFile(workspace: Workspace, path: string): Promise<Seen<WorkspaceFile | undefined>>;
  /** Paths of the workspace that match a glob, sorted, at most 1,000. */
  findFiles(workspace: Workspace, glob: string): Promise<Seen<readonly string[]>>;
  /** A read-only git command in the repository, or in a submodule of it, hardened; any exit code is an answer. */
  git(args: readonly string[], submodule?: string): Promise<Seen<GitAnswer>>;
  /** A clean checkout of `commit`, set up as configured, for baselines. Closed when the examination ends. */
  checkout(commit: string): Promise<Seen<Workspace>>;
  http(request: HttpRequest): Promise<Seen<HttpAnswer>>;
  page(request: PageRequest): Promise<Seen<PageAnswer>>;
  sql(request: SqlRequest): Promise<Seen<SqlAnswer>>;
  /** An empty list = the name or the record does not exist. */
  dns(name: string, type: DnsType): Promise<Seen<readonly string[]>>;
  /** Registries that this user's environment and npm configuration name, each place by itself; never a token. */
  npmSettings(): Promise<Seen<readonly NpmSettings[]>>;
  /** Whether a text has a match; a pattern that takes too long is a time-out. */
  matches(request: MatchRequest): Promise<Seen<boolean>>;
  /** Redacts texts, stores the blob under its salted digest. */
  keep(content: string | Uint8Array, name: string, mediaType: string): Promise<Artifact>;
  /** Hex. */
  sha256(content: string | Uint8Array): string;
  /** RFC 3339, UTC. */
  now(): string;
  /** Environment of local runs in this workspace. */
  environment(workspace: Workspace): Promise<Environment>;
}
