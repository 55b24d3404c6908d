import type { FileChange, Hunk } from './commit.ts';

/** What a patch adds to a file's raw entry. */
export interface Patched {
  readonly status: FileChange['status'];
  added?: number;
  deleted?: number;
  hunks?: Hunk[];
}

export interface PatchReader {
  /** The patch of these files, in their order, comes next. */
  open(files: readonly Patched[]): void;
  readonly isOpen: () => boolean;
  /** Reads what it can; answers where what it could not read begins. It closes where the next commit begins. */
  read(text: string, from: number): number;
}

const [atSign, backslash, recordStart] = [64, 92, 1];

/** Reads `-p -U0`: what lines say is passed over, only where they are counts. */
export function patchReader(): PatchReader {
  let isOpen = false;
  let files: readonly Patched[] = [];
  /** Index of the next raw entry; one whose type changed has two patches. */
  let next = 0;
  let isSecond = false;
  let file: Patched | undefined;
  /** Lines of the hunk that are still to come, and whether one of them was begun in an earlier chunk. */
  let left = 0;
  let isWithinLine = false;

  function open(of: readonly Patched[]): void {
    isOpen = true;
    files = of;
    next = 0;
    isSecond = false;
    file = undefined;
  }

  function nextFile(): void {
    isSecond = file?.status === 'retyped' && !isSecond;
    if (!isSecond) file = files[next++];
    if (file === undefined) return;
    file.hunks ??= [];
    file.added ??= 0;
    file.deleted ??= 0;
  }

  function startHunk(line: string): void {
    const [, oldStart, oldLines = '1', newStart, newLines = '1'] =
      /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line) ?? [];
    const hunk = {
      oldStart: Number(oldStart),
      oldLines: Number(oldLines),
      newStart: Number(newStart),
      newLines: Number(newLines),
    };
    left = hunk.oldLines + hunk.newLines;
    if (file?.hunks === undefined) return;
    file.hunks.push(hunk);
    file.added = (file.added ?? 0) + hunk.newLines;
    file.deleted = (file.deleted ?? 0) + hunk.oldLines;
  }

  /** A line of a hunk can be of any length: none is ever kept. */
  function passLines(text: string, from: number): number {
    let at = from;
    while (left > 0 && at < text.length) {
      if (!isWithinLine && text.charCodeAt(at) !== backslash) left--;
      const end = text.indexOf('\n', at);
      isWithinLine = end < 0;
      if (isWithinLine) return text.length;
      at = end + 1;
    }
    return at;
  }

  function endLine(text: string, from: number): number {
    const end = text.indexOf('\n', from);
    if (end < 0) return text.length;
    isWithinLine = false;
    return end + 1;
  }

  function read(text: string, from: number): number {
    let at = isWithinLine ? endLine(text, from) : from;
    while (at < text.length && !isWithinLine) {
      if (left > 0) {
        at = passLines(text, at);
        continue;
      }
      const first = text.charCodeAt(at);
      if (first === recordStart) {
        isOpen = false;
        return at;
      }
      const end = text.indexOf('\n', at);
      if (end < 0) return at;
      if (first === atSign) startHunk(text.slice(at, end));
      else if (text.startsWith('diff --git ', at)) nextFile();
      else if (text.startsWith('Binary files ', at) && file !== undefined) {
        delete file.hunks;
        delete file.added;
        delete file.deleted;
      }
      at = end + 1;
    }
    return at;
  }
  return { open, isOpen: () => isOpen, read };
}
