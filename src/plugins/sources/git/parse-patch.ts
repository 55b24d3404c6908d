import type { FileChange, Hunk } from './commit.ts';
import { respacing } from './respacing.ts';

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
const noHunk = { oldStart: 0, oldLines: 0, newStart: 0, newLines: 0, isRespaced: false };

/** Reads `-p -U0`: where lines are is told, and of what they say whether it stays the same. */
export function patchReader(): PatchReader {
  let isOpen = false;
  let files: readonly Patched[] = [];
  /** Index of the next raw entry; one whose type changed has two patches. */
  let next = 0;
  let isSecond = false;
  let file: Patched | undefined;
  let hunk = noHunk;
  /** Lines of the hunk that are still to come, and whether one of them was begun in an earlier chunk. */
  let left = 0;
  let isWithinLine = false;
  /** The line is one of a file, not a remark of git's. */
  let isText = false;
  const respaced = respacing();

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
    hunk = {
      oldStart: Number(oldStart),
      oldLines: Number(oldLines),
      newStart: Number(newStart),
      newLines: Number(newLines),
      isRespaced: false,
    };
    respaced.begin(hunk.oldLines > 0);
    left = hunk.oldLines + hunk.newLines;
    if (file?.hunks === undefined) return;
    file.hunks.push(hunk);
    file.added = (file.added ?? 0) + hunk.newLines;
    file.deleted = (file.deleted ?? 0) + hunk.oldLines;
  }

  /** Of a line that the chunk ends within, however long, the rest is passed with the next one. */
  function passLine(text: string, from: number): number {
    if (!isWithinLine) {
      isText = text.charCodeAt(from) !== backslash;
      if (isText) left--;
    }
    const end = text.indexOf('\n', from);
    isWithinLine = end < 0;
    return isWithinLine ? text.length : end + 1;
  }

  function passLines(text: string, from: number): number {
    const { newLines } = hunk;
    let at = from;
    while (at < text.length && (left > newLines || (left === newLines && isWithinLine && isText)))
      at = passLine(text, at);
    if (at > from) respaced.remove(text.slice(from, at));
    while (at < text.length && (left > 0 || isWithinLine)) {
      const start = isWithinLine ? at : at + 1;
      at = passLine(text, at);
      if (isText) respaced.add(text, start, at);
    }
    if (left === 0 && !isWithinLine) hunk.isRespaced = respaced.end();
    return at;
  }

  function read(text: string, from: number): number {
    let at = from;
    while (at < text.length) {
      if (left > 0 || isWithinLine) {
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
