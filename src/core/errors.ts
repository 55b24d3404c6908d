/** How an error is answered: HTTP status, exit code (2 = you asked wrongly, 3 = we broke) and what to do next. */
export interface ErrorEntry {
  readonly http: 400 | 403 | 404 | 409 | 422 | 500 | 503;
  readonly exit: 2 | 3;
  readonly fix: string;
}

function table<const T extends Record<string, ErrorEntry>>(entries: T): Readonly<T> {
  return Object.freeze(entries);
}

/** Every error that Factum raises on purpose. `docs/reference/errors.md` is generated from it. */
export const errorTable = table({
  USAGE: { http: 400, exit: 2, fix: 'factum --help' },
  NODE_TOO_OLD: { http: 500, exit: 3, fix: 'install Node 24 or later, or run npm scripts, which bring their own' },
  CONFIG_EXISTS: { http: 409, exit: 2, fix: 'edit factum.yaml, or factum init --force to replace it' },
  CONFIG_FILE: {
    http: 422,
    exit: 2,
    fix: 'make it a text file in UTF-8, of at most 1 MiB, that you may read; or move it away, then factum init',
  },
  CONFIG_SYNTAX: { http: 422, exit: 2, fix: 'mend the YAML at the line named above' },
  CONFIG_INVALID: { http: 422, exit: 2, fix: 'mend the key named above; docs/reference/config.md lists all keys' },
  NOT_TRUSTED: {
    http: 403,
    exit: 2,
    fix: 'read what is above, then factum trust (in CI, or for one command: --trust)',
  },
  NO_PARTS: { http: 422, exit: 2, fix: 'say what is done ("all tests pass"), or name it: --part tests-pass' },
  PART_INVALID: { http: 422, exit: 2, fix: 'factum claim --help; docs/reference/verifiers.md lists options' },
  CLAIM_NOT_FOUND: { http: 404, exit: 2, fix: 'factum list --all' },
  CLAIM_AMBIGUOUS: { http: 409, exit: 2, fix: 'give more digits of the id' },
  BLOB_NOT_FOUND: { http: 404, exit: 2, fix: 'factum show <claim> names digests; erase where the look was taken' },
  BLOB_AMBIGUOUS: { http: 409, exit: 2, fix: 'give more digits of the digest' },
  NOT_CLAIMANT: { http: 403, exit: 2, fix: 'only the claimant withdraws a claim; others dispute it' },
  TERM_NOT_FOUND: { http: 404, exit: 2, fix: 'factum explain lists all terms' },
  SIGNAL_NOT_FOUND: { http: 404, exit: 2, fix: 'factum signals lists all signals' },
  GIT_MISSING: { http: 503, exit: 3, fix: 'install git 2.34 or later' },
  GIT_FAILED: { http: 500, exit: 3, fix: 'see what git says above; git status and git fsck may tell more' },
  NO_REPOSITORY: {
    http: 404,
    exit: 2,
    fix: 'run factum inside a git repository, or name one: factum diagnose <folder>, else --repo <folder>',
  },
  NO_HISTORY: { http: 409, exit: 2, fix: 'name a repository, branch or time with commits in it' },
  REPOSITORY_UNREACHABLE: {
    http: 503,
    exit: 3,
    fix: 'mend what git says above; a private repository needs your own git credentials, or a clone: factum diagnose <folder>',
  },
  POD_NOT_FOUND: { http: 404, exit: 2, fix: 'factum diagnose lists the pods at its end' },
  REF_NOT_FOUND: { http: 404, exit: 2, fix: 'git branch --all and git tag list names, git log --oneline commits' },
  REPORT_FILE: { http: 409, exit: 2, fix: 'name a file where you may write: --out <file>' },
  NO_FOLDER: { http: 404, exit: 2, fix: 'name a folder that is there and that you may enter' },
  REPOSITORY_PATH: { http: 422, exit: 2, fix: 'rename the folder, or clone to a path without line breaks' },
  BARE_REPOSITORY: { http: 409, exit: 2, fix: 'run factum in a working tree: git worktree add <dir>' },
  NO_REMOTE: { http: 409, exit: 2, fix: 'git remote add origin <address>, or name one: factum sync <remote>' },
  REMOTE_UNREACHABLE: { http: 503, exit: 3, fix: 'mend what git says above, then factum sync again' },
  REMOTE_REFUSED: { http: 503, exit: 3, fix: 'allow pushes to refs/factum/envelopes at the remote, then factum sync' },
  FILE_UNUSABLE: {
    http: 422,
    exit: 2,
    fix: 'name a file that you may read; factum import takes what factum export --request wrote',
  },
  EVENT_FILE: {
    http: 422,
    exit: 2,
    fix: 'name the file of the event, as GITHUB_EVENT_PATH does: docs/guide/pull-requests.md says of which',
  },
  HEAD_MISSING: {
    http: 409,
    exit: 2,
    fix: 'check out the head with its history: docs/guide/pull-requests.md',
  },
  FORGE_FAILED: {
    http: 503,
    exit: 3,
    fix: 'see what GitHub answered above, and the permissions of the job; then run the job again',
  },
  NO_TRANSCRIPT: { http: 404, exit: 2, fix: 'docs/guide/audit.md says where each tool keeps its sessions' },
  AGENT_UNKNOWN: { http: 404, exit: 2, fix: 'docs/reference/agents.md lists all agents' },
  AGENT_UNGATED: { http: 409, exit: 2, fix: 'docs/guide/agents.md tells how it is checked without a hook' },
  HOOK_FILE: { http: 422, exit: 2, fix: 'mend the file named above, or write the hook by hand: docs/guide/agents.md' },
  JOURNAL_CORRUPT: {
    http: 500,
    exit: 3,
    fix: 'restore the file or the row named above from a backup: Factum mends no journal',
  },
  JOURNAL_SHRANK: {
    http: 500,
    exit: 3,
    fix: 'restore the journal from a backup: entries that were acknowledged are gone',
  },
  JOURNAL_UNREADABLE: { http: 503, exit: 3, fix: 'mend the permissions or the owner of the path named above' },
  JOURNAL_WRITE: {
    http: 503,
    exit: 3,
    fix: 'free disk space, or mend the disk or the permissions, then run the command again: nothing was recorded',
  },
  ENTRY_TOO_LARGE: { http: 422, exit: 2, fix: 'shorten the statement or split the claim' },
  KEY_UNREADABLE: { http: 500, exit: 3, fix: 'mend the permissions or the content of the key file named above' },
  HUMAN_KEY_MISSING: { http: 404, exit: 2, fix: 'make one with ssh-keygen -t ed25519-sk, or name yours: --key <file>' },
  HUMAN_KEY_AMBIGUOUS: { http: 409, exit: 2, fix: 'name one of them: --key <file>' },
  HUMAN_KEY_UNUSABLE: { http: 422, exit: 2, fix: 'name the .pub file of a supported key: --key <file>' },
  HUMAN_KEY_REFUSED: { http: 403, exit: 2, fix: 'ask a human to run the command in a terminal of their own' },
  HUMAN_KEY_PLACE: { http: 409, exit: 2, fix: 'name another file: factum key new --file <file>' },
  KEY_NOT_FOUND: { http: 404, exit: 2, fix: 'factum key list' },
  KEY_REFUSED: { http: 403, exit: 2, fix: 'factum key list shows who may vouch for whom' },
  NOT_MEMBER: { http: 403, exit: 2, fix: 'add the person to members.humans of the pod in factum.yaml' },
  OWN_CLAIM: { http: 403, exit: 2, fix: 'ask another human of the pod: theirs to answer is factum inbox' },
  PASSKEY_MISSING: { http: 404, exit: 2, fix: 'factum key enroll --passkey, on this machine' },
  PASSKEY_AMBIGUOUS: { http: 409, exit: 2, fix: 'name one of them: --key <fingerprint>' },
  PASSKEY_PORT: {
    http: 409,
    exit: 2,
    fix: 'end the program that listens there; a new passkey may take another: factum key enroll --passkey --port <n>',
  },
  PASSKEY_UNANSWERED: {
    http: 503,
    exit: 2,
    fix: 'run the command again and open its page in a browser on this machine',
  },
  PASSKEY_DECLINED: { http: 403, exit: 2, fix: 'run the command again if you want to sign after all' },
  PASSKEY_REFUSED: {
    http: 422,
    exit: 2,
    fix: 'use an ES256 authenticator that verifies you by PIN, fingerprint or face, on the page of this command',
  },
  SSH_KEYGEN_MISSING: { http: 503, exit: 3, fix: 'install the OpenSSH client, 8.2 or later' },
  SIGNING_FAILED: { http: 503, exit: 3, fix: 'see what ssh-keygen says above; ssh-add -l shows the keys of the agent' },
  CONFIG_FOLDER: {
    http: 503,
    exit: 3,
    fix: 'set XDG_CONFIG_HOME to a folder that you own and that takes files, or mend the path named above',
  },
  TEMPORARY_FOLDER: {
    http: 503,
    exit: 3,
    fix: 'set TMPDIR to a folder that is there, takes files and has space, or unset it',
  },
  DATABASE_URL: {
    http: 422,
    exit: 2,
    fix: 'set FACTUM_DATABASE_URL to postgresql://user@host:port/database, or unset it to use files',
  },
  DATABASE_LOST: {
    http: 503,
    exit: 3,
    fix: 'start the server or mend FACTUM_DATABASE_URL; factum list tells whether the last command was recorded',
  },
  DATABASE_REFUSED: {
    http: 503,
    exit: 3,
    fix: 'give the user the rights, or the server the space, that the message names',
  },
  WITNESS_FOLDER: { http: 503, exit: 3, fix: 'name a folder that you own and that takes files: --dir <folder>' },
  WITNESS_STATE: {
    http: 500,
    exit: 3,
    fix: 'restore the newest copy of the file named above: a witness that forgets could cosign a fork',
  },
  LEDGER_UNREADABLE: {
    http: 404,
    exit: 2,
    fix: 'name the folder of a ledger or the URL of a log; a private host must stand in network.allow',
  },
  NOT_PUBLISHED: { http: 409, exit: 2, fix: 'factum ledger publish' },
  EXPORT_FOLDER: {
    http: 409,
    exit: 2,
    fix: 'name a folder that is new or empty and that you may write: --out <folder>',
  },
  EXPORT_FILE: { http: 409, exit: 2, fix: 'name a file that is not there yet, where you may write: --out <file>' },
  REQUEST_TOO_LARGE: { http: 422, exit: 2, fix: 'factum sync brings it to other clones through a git remote' },
  LEDGER_TOO_LARGE: { http: 422, exit: 2, fix: 'allow more of it, in MiB: --most <n>' },
  LEDGER_BROKEN: { http: 422, exit: 2, fix: 'factum ledger check tells all that does not hold' },
  LOG_DAMAGED: {
    http: 500,
    exit: 3,
    fix: 'factum ledger check; then restore the file named above from a backup: nothing was signed',
  },
  LOG_WRITE: {
    http: 503,
    exit: 3,
    fix: 'free disk space, or mend the disk or the permissions, then factum ledger publish: what was recorded stays recorded',
  },
  LOG_KEY: {
    http: 403,
    exit: 3,
    fix: 'publish as the user who published first; what was recorded stays recorded',
  },
  LEDGER_ROLLED_BACK: {
    http: 409,
    exit: 3,
    fix: 'restore the newest copy of the folder named above; a copy on purpose begins a log of its own without its log.json, head and public/',
  },
  WITNESS_MISSING: {
    http: 503,
    exit: 3,
    fix: 'factum ledger witness list, then start or replace the witness and factum ledger publish: what was recorded stays recorded',
  },
  LEADS: {
    http: 503,
    exit: 3,
    fix: 'mend the rights of the file named above, or delete it: leads tell where to look, and no verdict rests on them',
  },
  COLLECTOR: {
    http: 503,
    exit: 3,
    fix: 'mend OTEL_EXPORTER_OTLP_ENDPOINT or what the message names, then factum otel export again: nothing is lost',
  },
  SERVE_PORT: { http: 503, exit: 2, fix: 'name a free port and an address of this machine: --port <n> --host <host>' },
  LOCK_TIMEOUT: { http: 503, exit: 3, fix: 'wait for the other factum process, or end it' },
  INTERNAL: { http: 500, exit: 3, fix: 'please report it with the text above' },
});

export type ErrorCode = keyof typeof errorTable;

/** `message` says what, where, expected and got; the next command comes from the table. */
export class FactumError extends Error {
  override readonly name = 'FactumError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }

  get entry(): ErrorEntry {
    return errorTable[this.code];
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
