/** One place where a file changed: the lines it lost and the lines it got. */
export interface Hunk {
  /** What git shows after the second @@: usually the function around the change. */
  readonly around: string;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export interface FilePatch {
  /** Undefined: the file is new. */
  readonly from?: string;
  /** Undefined: the file is gone. */
  readonly to?: string;
  readonly hunks: readonly Hunk[];
}

/** Flags for patches that `readPatch` reads, whatever the user's configuration of diffs. */
export const patchFlags = [
  '-p',
  '--unified=0',
  '--inter-hunk-context=0',
  '--diff-algorithm=myers',
  '--no-indent-heuristic',
  '--no-color',
  '--no-relative',
  '--src-prefix=a/',
  '--dst-prefix=b/',
  '--full-index',
  '-M',
] as const;

/** One file of a patch whose places of change are not read yet. */
export interface PatchSection {
  readonly from?: string;
  readonly to?: string;
  /** The lines between `diff --git` and the first @@. */
  readonly head: readonly string[];
  /** From behind each @@ on. */
  readonly places: readonly string[];
}

/** Reads a patch without context lines. */
export function readPatch(text: string): readonly FilePatch[] {
  return patchSections(text).map(readFilePatch);
}

export function patchSections(text: string): readonly PatchSection[] {
  // Not by a pattern with ^: that also matches behind a carriage return inside a line.
  return `\n${text}`.split('\ndiff --git ').slice(1).map(readSection);
}

function readSection(section: string): PatchSection {
  const [text = '', ...places] = section.split('\n@@ ');
  const head = text.split('\n');
  const from = nameIn(head, '--- ', 'rename from ');
  const to = nameIn(head, '+++ ', 'rename to ');
  return { head, places, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readFilePatch({ from, to, head, places }: PatchSection): FilePatch {
  // A binary file has no lines; its object names tell one content from another.
  const isBinary = places.length === 0 && head.some((line) => line.startsWith('Binary files'));
  const blobs = head.find((line) => line.startsWith('index ')) ?? '';
  const [before = '', after = ''] = blobs.slice('index '.length).split(/\.\.| /);
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    hunks: isBinary ? [{ around: '', removed: [before], added: [after] }] : places.map(readHunk),
  };
}

function nameIn(lines: readonly string[], marker: string, renamed: string): string | undefined {
  const moved = lines.find((line) => line.startsWith(renamed));
  if (moved !== undefined) return moved.slice(renamed.length);
  const name = lines
    .find((line) => line.startsWith(marker))
    ?.slice(marker.length)
    .replace(/\t$/, '');
  if (name !== undefined) return name === '/dev/null' ? undefined : unquoted(name).slice(2);
  // Without lines (empty or binary files, modes) only the first line has the names, twice the same.
  if (lines.some((line) => line.startsWith(marker === '--- ' ? 'new file' : 'deleted file'))) return undefined;
  const both = lines[0] ?? '';
  return unquoted(both.slice(0, (both.length - 1) / 2)).slice(2);
}

/** Names with odd bytes come as C strings; what matters is that equal names stay equal. */
function unquoted(name: string): string {
  return name.startsWith('"') && name.endsWith('"') ? name.slice(1, -1) : name;
}

function readHunk(section: string): Hunk {
  const [header = '', ...lines] = section.split('\n');
  const body = lines.filter((line) => !line.startsWith('\\'));
  return {
    around: header.replace(/^[^@]*@@ ?/, ''),
    removed: body.filter((line) => line.startsWith('-')).map((line) => line.slice(1)),
    added: body.filter((line) => line.startsWith('+')).map((line) => line.slice(1)),
  };
}

/**
 * The same for two patches that do the same to the same files, wherever the lines are and whatever is around them:
 * git's patch id, but without the context, which a rebase changes. Undefined when there is nothing to compare.
 */
export function patchKey(patch: readonly FilePatch[]): string | undefined {
  if (patch.length === 0) return undefined;
  const files = patch.map(({ from, to, hunks }) =>
    JSON.stringify([from ?? null, to ?? null, hunks.map(({ removed, added }) => [removed, added])]),
  );
  return files.toSorted().join('\n');
}

/** What undoes a patch. */
export function inverse(patch: readonly FilePatch[]): readonly FilePatch[] {
  return patch.map(({ from, to, hunks }) => ({
    ...(to === undefined ? {} : { from: to }),
    ...(from === undefined ? {} : { to: from }),
    hunks: hunks.map(({ around, removed, added }) => ({ around, removed: added, added: removed })),
  }));
}

export interface CommitPatch {
  readonly commit: string;
  readonly patch: readonly FilePatch[];
}

/** For `git log` with `patchFlags`: marks where a commit begins. */
export const commitMark = '--format=%x00%H';

export function readCommitPatches(log: string): readonly CommitPatch[] {
  return log
    .split('\0')
    .slice(1)
    .map((section) => {
      const end = section.indexOf('\n');
      return { commit: end < 0 ? section : section.slice(0, end), patch: end < 0 ? [] : readPatch(section.slice(end)) };
    });
}
