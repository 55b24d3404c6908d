/** Something about the machine that makes a run fail whatever the work is like. */
interface Fault {
  readonly what: string;
  readonly pattern: RegExp;
}

/** Patterns are what runtimes print when they throw, not the bare words: tests speak about errors too. */
const faults: readonly Fault[] = [
  {
    what: 'a module could not be found',
    pattern:
      /Cannot find (?:module|package) ['"]|ERR_MODULE_NOT_FOUND|ModuleNotFoundError: |No module named |\bImportError: |no required module provides package|cannot find (?:package|module providing package)|is not in (?:GOROOT|std)\b|unresolved import|can't find crate for|no matching package named|Failed to resolve (?:import|entry for package)|Could not resolve "|Error: Can't resolve '|missing go\.sum entry|Cannot find type definition file for|Do you need to install type definitions|error TS6053: File|Cannot find implementation or library stub for module|[Ll]ibrary stubs not installed for|Import "[^"]+" could not be resolved|Unable to resolve path to module|E0401: Unable to import/,
  },
  {
    what: 'a port is in use',
    pattern:
      /\blisten EADDRINUSE\b|\(EADDRINUSE\)|code: 'EADDRINUSE'|(?:bind|OSError|socket\.error|BindException|os error)\b.*address already in use|Address already in use \(os error \d+\)|kind: AddrInUse/i,
  },
  {
    what: 'a service could not be reached',
    pattern:
      /\bconnect ECONNREFUSED\b|\(ECONNREFUSED\)|code: 'ECONNREFUSED'|ConnectionRefused|connect(?:ion)?: connection refused|ConnectException: Connection refused|could not connect to server|getaddrinfo (?:ENOTFOUND|EAI_AGAIN)|dial tcp.*no such host|Temporary failure in name resolution|\bconnect (?:ENETUNREACH|EHOSTUNREACH)\b|Cannot connect to the Docker daemon|[Cc]ould(?:n't| not) resolve host|spurious network error|TLS handshake timeout|npm (?:error|ERR!) (?:network|code E401|code E403|code ENEEDAUTH)/,
  },
  {
    what: 'the toolchain here does not fit',
    pattern:
      /is not supported by the following packages?:|cannot be built because it requires rustc|note: module requires Go \d|requires go >= ?\d|toolchain not available|is not installed for the toolchain|error: no such command: `|error: feature `\w+` is required|The engine "\w+" is incompatible with this module/,
  },
  {
    what: 'what should run is not set up here',
    pattern:
      /npm (?:error|ERR!) (?:Missing script:|could not determine executable)|ERR_PNPM_NO_SCRIPT|npx canceled due to missing packages|This is not the tsc command you are looking for|^error Command "\S+" not found\.|error: Script not found|Couldn't find a script named|error TS(?:18003|505[78]|5083): |^tsc: The TypeScript Compiler - Version|could not find `Cargo\.toml`|does not contain main module|cannot find main module|go\.mod file not found|No rule to make target '[^']+'\. +Stop|No targets specified and no makefile found/m,
  },
  { what: 'the disk is full', pattern: /\bENOSPC: |no space left on device/i },
  { what: 'too many files are open', pattern: /\bE[MN]FILE: |\bspawn E[MN]FILE\b|too many open files/i },
  {
    what: 'memory ran out',
    pattern:
      /JavaScript heap out of memory|java\.lang\.OutOfMemoryError|\bENOMEM\b|Cannot allocate memory|std::bad_alloc|runtime: out of memory|^(?:E +)?MemoryError\b|memory allocation of \d+ bytes failed/im,
  },
  {
    what: 'a program is missing',
    pattern:
      /: (?:command )?not found$|\bspawn \S+ ENOENT\b|executable file not found in \$PATH|Executable doesn't exist at |Could not find (?:Chrome|Chromium)|error: linker `\S+` not found|^g?make(?:\[\d+\])?: \*\*\* \[.*\] Error 12[67]$|is not recognized as an internal or external command|cannot find -l\w/m,
  },
  {
    // A busy machine does it too; a test that hangs for ever cannot be told from it.
    what: 'a time-out',
    pattern:
      /panic: test timed out after|(?:Test|Hook) timed out in \d+ ?ms|Exceeded timeout of \d+ ?ms for a |Timeout of \d+ms exceeded|test timed out after \d+ms/,
  },
];

/** Which fault of the machine a text tells of, if any. */
export function faultIn(text: string): string | undefined {
  return faults.find(({ pattern }) => pattern.test(text))?.what;
}

const assertion =
  /^\W*(?:\w+: )*(?:[\w.]*Assert\w*(?:Error|ion)\b|assert(?:ion)?\b|expect\(|[Ee]xpected\b)|\(ERR_ASSERTION\)|Error Trace:/m;
/** An assertion about an error that was not expected only hands that error on. */
const handsOn = /instead of resolved|unwanted (?:exception|rejection)|not to throw|unexpected(?:ly)? (?:error|threw)/i;
/** Says that something went wrong, not what; the log may know. */
const vague =
  /^\s*$|^(?:\S*Error: )?(?:test failed|fetch failed|socket hang up|connection closed|(?:\w+ )*timed? ?out)/i;

/** What of the machine explains why one test failed: by its own message, or by the log when the message is vague. */
export function faultBehind(message: string, log: string): string | undefined {
  const head = message
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 6)
    .join('\n');
  if (assertion.test(head) && !handsOn.test(head)) return undefined;
  return faultIn(message) ?? (vague.test(head) ? faultIn(log) : undefined);
}
