/**
 * A word of a clause, reduced to what reading needs: lower-case for words, an upper-case class for the rest
 * (FILE, SYMBOL, COMMAND, CODE, URL, ENDPOINT, BRANCH, PACKAGE, VERSION, SHA, ISSUE, N, RATIO, AMOUNT, YES, NO, WARN). The number 0 stays itself.
 */
export interface Token {
  readonly word: string;
  /** As written, without backticks and emphasis. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Inside quotation marks: somebody else's words. */
  readonly quoted: boolean;
  /** The first token of its line. */
  readonly opensLine: boolean;
}

const longestCode = 300;
/** Longer runs without a blank name nothing; the limit keeps reading linear. */
const longestWord = 500;
const separators = new Set([',', ';', '(', ')', '[', ']', '{', '}', '|', '—', '–', '…', '&', '→', '=']);
const marks: Readonly<Record<string, string>> = {
  '✅': 'YES',
  '✓': 'YES',
  '✔': 'YES',
  '☑': 'YES',
  '🟢': 'YES',
  '❌': 'NO',
  '✗': 'NO',
  '✘': 'NO',
  '🔴': 'NO',
  '⚠': 'WARN',
  '⏳': 'WARN',
};
const quotes = new Set(['"', '“', '”']);
const singles = new Set(["'", '‘', '’']);

/** Words of `text` from `start` to `end`, in one pass. */
export function tokensOf(text: string, start: number, end: number): readonly Token[] {
  const tokens: Token[] = [];
  let quoted = false;
  let singleUntil = start;
  let opensLine = true;
  let at = start;
  // Marks are looked for once, however many quotations wait for one.
  let closing = start;
  const closingMark = (from: number): number => {
    closing = Math.max(closing, from);
    while (closing < end && !closesQuotation(text, closing, end)) closing++;
    return closing;
  };
  const push = (word: string, from: number, to: number, shown = text.slice(from, to)): void => {
    tokens.push({ word, text: shown, start: from, end: to, quoted: quoted || from < singleUntil, opensLine });
    opensLine = false;
    at = to;
  };
  const pushPieces = (stop: number): void => {
    const chunk = text.slice(at, stop);
    // Most chunks are plain words, and most of the time of reading went into finding that out.
    if (/^[a-z]+$/i.test(chunk)) push(chunk.toLowerCase(), at, stop, chunk);
    else for (const piece of piecesOf(text, at, stop)) push(piece.word, piece.start, piece.end);
    at = stop;
  };
  while (at < end) {
    const char = text.charAt(at);
    if (char === '\n' || char === '\r') opensLine = true;
    if (char === ' ' || char === '\n') {
      at++;
      continue;
    }
    const stop = at < singleUntil - 1 ? singleUntil - 1 : end;
    const command = char === 'g' ? goCommand(text, at, stop) : undefined;
    if (command !== undefined) {
      push('COMMAND', at, at + command.length);
      continue;
    }
    if (isPlain(text.charCodeAt(at))) {
      pushPieces(chunkEnd(text, at, stop));
      continue;
    }
    const mark = marks[char] ?? marks[text.slice(at, at + 2)];
    const code = char === '`' ? inlineCode(text, at, end) : undefined;
    if (mark !== undefined) push(mark, at, at + (marks[char] === undefined ? 2 : 1));
    else if (code !== undefined) push(codeClass(code.text), at, code.end, code.text);
    else if (quotes.has(char)) {
      quoted = char === '“' || (char === '"' && !quoted && text.slice(at + 1, end).includes('"'));
      at++;
    } else if (singles.has(char) && (at === singleUntil - 1 || opensQuotation(text, at))) {
      if (at >= singleUntil) {
        const close = closingMark(at + 2);
        singleUntil = close < Math.min(end, at + longestCode) ? close + 1 : at;
      }
      at++;
    } else if (char === ']' && text.charAt(at + 1) === '(') {
      const target = linkTarget(text, at + 2, end);
      if (/^https?:/.test(target)) push('URL', at + 2, at + 2 + target.length);
      at = Math.max(at + 1, at + 2 + target.length);
    } else if (separators.has(char)) push(char, at, at + 1);
    else if (char === '\uFE0F' || /[\s*~`]/.test(char)) at++;
    else pushPieces(chunkEnd(text, at, stop));
  }
  return tokens;
}

/** Written without backticks, its dots would end the sentence: "go test ./... passes". */
function goCommand(text: string, at: number, end: number): string | undefined {
  return /^go (?:test|vet|build) \.\/\.\.\.(?![\w/])/.exec(text.slice(at, Math.min(end, at + 20)))?.[0];
}

/** ASCII letters and digits: most of any text. */
function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}

/** An apostrophe has a letter, code or a bracket before it; a quotation mark has none. */
function opensQuotation(text: string, at: number): boolean {
  return /^[\s([:,—–|=]?$/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at + 1));
}

/** Something other than a blank or a mark before it, and no word goes on after it. */
function closesQuotation(text: string, at: number, end: number): boolean {
  const char = text.charAt(at);
  if (char !== "'" && char !== '’') return false;
  return /[^\s'’]/.test(text.charAt(at - 1)) && (at + 1 >= end || !/^[\p{L}\d]/u.test(text.slice(at + 1, at + 3)));
}

function inlineCode(text: string, at: number, end: number): { text: string; end: number } | undefined {
  let ticks = 1;
  while (ticks < 10 && text.charAt(at + ticks) === '`') ticks++;
  const from = at + ticks;
  const within = text.slice(from, Math.min(end, from + longestCode));
  const close = within.indexOf('`'.repeat(ticks));
  if (close < 1) return undefined;
  return { text: within.slice(0, close).trim(), end: from + close + ticks };
}

function linkTarget(text: string, from: number, end: number): string {
  const within = text.slice(from, Math.min(end, from + longestCode));
  return /^[^\s)]*(?=\))/.exec(within)?.[0] ?? '';
}

/** The end of a run without blanks or separators; brackets stay in `foo()` and commas in 1,346. */
function chunkEnd(text: string, from: number, end: number): number {
  const isUrl = text.startsWith('http', from);
  let at = from;
  while (at < end) {
    if (isPlain(text.charCodeAt(at))) {
      at++;
      continue;
    }
    const char = text.charAt(at);
    const next = at + 1 < end ? text.charAt(at + 1) : ' ';
    if (/[\s*`"“”]/.test(char) || marks[char] !== undefined) break;
    if (char === '(' && next === ')' && at > from) at += 2;
    else if (char === ',' && /\d/.test(next) && /\d/.test(text.charAt(at - 1))) at++;
    else if (isUrl && (char === '=' || char === '&')) at++;
    else if (separators.has(char) && at > from) break;
    else at++;
  }
  return at;
}

interface Piece {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Splits closing punctuation off, and "build/lint/tests" into its words. */
function* piecesOf(text: string, start: number, end: number): Generator<Piece> {
  let stop = end;
  while (stop > start + 1 && /[.!?:_]/.test(text.charAt(stop - 1))) stop--;
  let from = start;
  while (from < stop - 1 && text.charAt(from) === '_') from++;
  const chunk = text.slice(from, stop);
  if (slashedWords.test(chunk)) {
    for (const [index, word] of chunk.split(/[/+]/).entries()) {
      if (index > 0) yield { word: '/', start: from, end: from };
      yield { word: word.toLowerCase(), start: from, end: from + word.length };
      from += word.length + 1;
    }
  } else if (/^(?:e\.g|i\.e|vs|etc)$/.test(chunk)) {
    yield { word: chunk, start: from, end };
    return;
  } else yield { word: wordClass(chunk), start: from, end: stop };
  const closing = text.slice(stop, end).replaceAll('_', '');
  if (closing !== '') yield { word: closing.includes('?') ? '?' : closing.charAt(0), start: stop, end };
}

const slashable = '(?:tests?|lint|build|types|typecheck|format|fmt|clippy|ruff|mypy|eslint|tsc)';
const slashedWords = new RegExp(`^${slashable}(?:[/+]${slashable}){1,6}$`, 'i');
const extensions =
  /\.(?:[cm]?[jt]sx?|json[c5l]?|ya?ml|toml|md|mdx|txt|html?|css|scss|less|svg|png|py|pyi|ipynb|go|rs|rb|java|kts?|swift|cs|fs|cpp|cc|hpp|[ch]|php|ex|exs|erl|hs|ml|scala|clj|lua|sh|bash|zsh|ps1|sql|proto|graphql|vue|svelte|astro|xml|csv|tsv|lock|cfg|ini|conf|env|gradle|tf|dockerfile|pdf|zip|log|snap|prisma|plist|patch)$/i;
const products =
  /^(?:node|next|vue|nuxt|three|d3|express|react|nest|chart|ember|backbone|alpine|p5|socket|moment|discord)\.(?:js|io)$/i;

function wordClass(chunk: string): string {
  if (chunk.length > longestWord) return '…';
  if (chunk.length === 1 && !/\d/.test(chunk)) return chunk.toLowerCase().replace('’', "'");
  if (/^[a-z]+$/i.test(chunk)) return chunk.toLowerCase();
  if (/^https?:\/\/[^\s/]/i.test(chunk)) return 'URL';
  if (chunk === '0') return '0';
  if (/^\d{1,3}(?:,\d{3})+$|^\d+$/.test(chunk)) return 'N';
  if (/^\d{1,9}\/\d{1,9}$/.test(chunk)) return 'RATIO';
  if (/^[≥≤<>~]?\d+(?:\.\d+)?(?:%|ms|s|kb|mb|k)?$/i.test(chunk)) return 'AMOUNT';
  if (/^#\d+$/.test(chunk) || /^[A-Z][A-Z0-9]{1,9}-\d+$/.test(chunk)) return 'ISSUE';
  if (isSha(chunk)) return 'SHA';
  if (/^v?\d+\.\d+\.\d+/.test(chunk)) return 'VERSION';
  if (/^@?[\w./-]+@v?\d+\.\d/.test(chunk)) return 'PACKAGE';
  if (/^(?:origin|upstream)\/\S/.test(chunk)) return 'BRANCH';
  if (isPath(chunk)) return 'FILE';
  if (/^\/[\w/{}:.-]+$/.test(chunk)) return 'ENDPOINT';
  if (/^[\w.$]+\(\)$/.test(chunk)) return 'SYMBOL';
  return chunk.toLowerCase().replaceAll('’', "'");
}

/** Whether a text is a command line of a program that is known. */
export function isCommand(text: string): boolean {
  return programs.test(text);
}

const programs =
  /^(?:\$ )?(?:npm|npx|pnpm|yarn|bun|bunx|deno|node|tsc|eslint|oxlint|biome|prettier|vitest|jest|mocha|playwright|pytest|python3?|tox|nox|ruff|mypy|pyright|flake8|uv|poetry|go|gofmt|golangci-lint|cargo|make|just|mise|gradle|mvn|dotnet|mix|bundle|rake|rspec|rails|swift|xcodebuild|ctest|cmake|git|docker|gh|turbo|nx|\.\/gradlew)(?: |$)/;

function codeClass(code: string): string {
  if (isCommand(code)) return 'COMMAND';
  if (/^(?:GET|HEAD|POST) \/\S*$/.test(code)) return 'ENDPOINT';
  if (code === '' || /^[-"']/.test(code) || code.length > 200 || /\s/.test(code)) return 'CODE';
  const word = wordClass(code);
  if (word === 'N' || word === 'AMOUNT' || word === 'RATIO') return 'CODE';
  if (/^[A-Z]/.test(word) && word !== 'VERSION') return word;
  return /[\p{L}\d]/u.test(code) ? 'SYMBOL' : 'CODE';
}

function isSha(chunk: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(chunk) && /\d/.test(chunk) && /[a-f]/.test(chunk);
}

function isPath(chunk: string): boolean {
  const path = chunk.replace(/:\d+(?:[:-]\d+)*$/, '');
  if (!/^[\w@.~/\\[\]()+-]+$/.test(path) || products.test(path)) return false;
  if (extensions.test(path)) return true;
  if (/^(?:\.{1,2}|~)\/[\w]/.test(path)) return true;
  return /^(?:src|tests?|docs?|lib|packages|apps|cmd|internal|pkg|crates|bin|scripts)\/[\w]/.test(path);
}
