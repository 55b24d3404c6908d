import type { Depth, FileChange, Hunk, ParsedCommit, Signature } from './commit.ts';
import { isDecisionPath } from './decision-path.ts';
import { patchReader } from './parse-patch.ts';
import { textOf, textTable } from './text.ts';

/** The format that `commitParser` reads; a record begins with a byte that no other field of `git log -z` begins with. */
export const logFormat = '--format=%x01%H%n%P%n%aN%n%aE%n%at%n%cN%n%cE%n%ct%n%B';

/** Only which commit it is, where the rest is read elsewhere. */
export const nameFormat = '--format=%x01%H';

type Status = FileChange['status'];
const statuses: Readonly<Record<string, Status>> = {
  A: 'added',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'retyped',
};

interface FileDraft {
  path: string;
  oldPath?: string;
  status: Status;
  what: FileChange['what'];
  added?: number;
  deleted?: number;
  blob?: string;
  hunks?: Hunk[];
}

export interface CommitParser {
  /** Commits that are whole now. */
  push(chunk: string): readonly ParsedCommit[];
  /** The last one: whole only if git ended well. */
  end(): ParsedCommit | undefined;
}

/** Reads `git log -z --raw`, with `--numstat` or `-p -U0`, and `logFormat`, as it comes. Output is latin1: one character a byte. */
export function commitParser(depth: Depth): CommitParser {
  const path = textTable();
  const name = textTable();
  let rest = '';
  let header = '';
  let files: FileDraft[] = [];
  /** Next raw entry that a count may belong to: git prints both in one order, but no count for some. */
  let counted = 0;
  let file: FileDraft | undefined;
  let blob = '';
  let pathsToCome = 0;
  let countsToCome: readonly [string, string] | undefined;
  const patch = patchReader();

  function finished(): ParsedCommit | undefined {
    if (header === '') return undefined;
    const commit = commitOf(header, name, depth, files);
    header = '';
    files = [];
    counted = 0;
    return commit;
  }

  function rawEntry(field: string, start: number): void {
    // ":100644 100755 bcd1234 0123456 R86"
    const modeAt = field.charCodeAt(start + 8) === 48 /* 0: deleted */ ? start + 1 : start + 8;
    const letterAt = field.lastIndexOf(' ') + 1;
    blob = field.slice(field.lastIndexOf(' ', letterAt - 2) + 1, letterAt - 1);
    const status = statuses[field[letterAt] ?? ''] ?? 'modified';
    file = { path: '', status, what: whatOf(field, modeAt) };
    pathsToCome = status === 'renamed' || status === 'copied' ? 2 : 1;
  }

  function rawPath(field: string): void {
    if (file === undefined) return;
    if (pathsToCome === 2) file.oldPath = path(field);
    else {
      file.path = path(field);
      if (isDecisionPath(file.path)) file.blob = textOf(blob);
      files.push(file);
    }
    pathsToCome--;
  }

  function countEntry(field: string): void {
    const first = field.indexOf('\t');
    const second = field.indexOf('\t', first + 1);
    const counts = [field.slice(0, first), field.slice(first + 1, second)] as const;
    if (second === field.length - 1) {
      countsToCome = counts;
      pathsToCome = 2;
    } else countOf(counts, path(field.slice(second + 1)));
  }

  function countOf([added, deleted]: readonly [string, string], of: string): void {
    while (counted < files.length && files[counted]?.path !== of) counted++;
    // Two names that are not UTF-8 may read the same: each entry is counted once.
    const found = files[counted++];
    if (found === undefined || added === '-') return;
    found.added = Number(added);
    found.deleted = Number(deleted);
  }

  function take(field: string, out: ParsedCommit[]): void {
    if (pathsToCome > 0) {
      if (countsToCome === undefined) return rawPath(field);
      pathsToCome--;
      if (pathsToCome > 0) return;
      countOf(countsToCome, path(field));
      countsToCome = undefined;
      return;
    }
    const start = field.charCodeAt(0) === 10 ? 1 : 0;
    const first = field.charCodeAt(start);
    if (first === 1) {
      const before = finished();
      if (before !== undefined) out.push(before);
      header = field.slice(start + 1);
    } else if (first === 58 /* : */) rawEntry(field, start);
    else if (depth === 'hunks') patch.open(files);
    else if (field.length > start) countEntry(start === 0 ? field : field.slice(start));
  }

  return {
    push(chunk) {
      const text = rest === '' ? chunk : rest + chunk;
      const out: ParsedCommit[] = [];
      let from = 0;
      for (;;) {
        if (patch.isOpen()) from = patch.read(text, from);
        const to = patch.isOpen() ? -1 : text.indexOf('\0', from);
        if (to < 0) break;
        take(text.slice(from, to), out);
        from = to + 1;
      }
      rest = text.slice(from);
      return out;
    },
    end: finished,
  };
}

function whatOf(field: string, modeAt: number): FileChange['what'] {
  if (field.startsWith('16', modeAt)) return 'submodule';
  return field.startsWith('12', modeAt) ? 'link' : 'file';
}

const nobody = { name: '', email: '', at: 0 };
/** Of a commit of which only the name was asked for. */
const untold = { parents: [], author: nobody, committer: nobody, message: '', garbled: false };

function commitOf(
  header: string,
  name: (bytes: string) => string,
  depth: Depth,
  files: readonly FileChange[],
): ParsedCommit {
  if (!header.includes('\n')) return { ...untold, id: textOf(header), depth, files };
  const lines: string[] = [];
  let from = 0;
  for (let count = 0; count < 8; count++) {
    const to = header.indexOf('\n', from);
    lines.push(header.slice(from, to));
    from = to + 1;
  }
  const id = lines[0] ?? '';
  const parents = lines[1] ?? '';
  const message = textOf(header.slice(from));
  const names = textOf(id + parents);
  const author = signatureAt(2, lines, name);
  const committer = signatureAt(5, lines, name);
  const words = message + author.name + author.email + committer.name + committer.email;
  return {
    id: names.slice(0, id.length),
    parents: parents === '' ? [] : names.slice(id.length).split(' '),
    author,
    committer,
    message,
    // Somebody may have written the replacement character itself.
    garbled: words.includes('\uFFFD') && !header.includes('\xEF\xBF\xBD'),
    depth,
    files,
  };
}

/** Name, address and seconds, a line each. */
function signatureAt(line: number, lines: readonly string[], text: (bytes: string) => string): Signature {
  return { name: text(lines[line] ?? ''), email: text(lines[line + 1] ?? ''), at: Number(lines[line + 2] ?? 0) * 1000 };
}
