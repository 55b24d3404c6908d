import type { Inquiry } from './inquiry.ts';
import { type FilePatch, patchFlags, readPatch } from './patch.ts';
import { pathsOf } from './same-change.ts';

/** Beyond so many lines only equal ones are looked for; edits leave most of a large change as it was. */
const few = { ours: 50, theirs: 500 } as const;

/**
 * Whether the change may be in what `tip` changed since both parted, with edits: a reviewer's, a formatter's or those of a
 * conflict leave no exact twin of what was squashed or rebased all the same. Of a change of one line that is the line itself.
 */
export async function mayBeIn(inquiry: Inquiry, commit: string, tip: string): Promise<boolean> {
  const parted = await inquiry.git('merge-base', commit, tip);
  if (parted.exit !== 0) return false;
  const fork = parted.stdout.trim();
  const ours = readPatch(await inquiry.text('diff', ...patchFlags, fork, commit, '--'));
  const theirs = readPatch(await inquiry.text('diff', ...patchFlags, fork, tip, '--'));
  const shared = pathsOf(ours).filter((path) => pathsOf(theirs).includes(path));
  if (shared.length === 0) return false;
  return isHalfIn(ours, theirs) || (await isSaidIn(inquiry, { fork, commit, tip, shared }));
}

interface Line {
  readonly path: string;
  readonly text: string;
}

/** Half of the changed lines, or lines like them, in the same files: a replaced line is one that went and one that came. */
function isHalfIn(ours: readonly FilePatch[], theirs: readonly FilePatch[]): boolean {
  const wanted = telling(linesOf(ours));
  // A file that was only renamed, or whose mode changed, has no lines; that both touched it is all there is to compare.
  if (wanted.length === 0) return true;
  const there = linesOf(theirs);
  const equal = new Set(there.map(keyOf));
  const missing = wanted.filter((line) => !equal.has(keyOf(line)));
  const alike = wanted.length > few.ours ? [] : missing.filter((line) => hasAlike(line, there));
  return (wanted.length - missing.length + alike.length) * 2 >= wanted.length;
}

function linesOf(patch: readonly FilePatch[]): readonly Line[] {
  return patch.flatMap(({ from, to, hunks }) =>
    hunks.flatMap(({ added, removed }) =>
      [...added.map((text) => `+${text}`), ...removed.map((text) => `-${text}`)].map((text) => ({
        path: to ?? from ?? '',
        text,
      })),
    ),
  );
}

/** Lines that say something, if there are any; brackets alone are in every change. */
function telling(lines: readonly Line[]): readonly Line[] {
  const long = lines.filter(({ text }) => text.trim().length > 3);
  return long.length > 0 ? long : lines;
}

function keyOf({ path, text }: Line): string {
  return `${path}\0${text}`;
}

function hasAlike({ path, text }: Line, there: readonly Line[]): boolean {
  const ours = pairsOf(text);
  return there
    .filter((line) => line.path === path && line.text[0] === text[0])
    .slice(0, few.theirs)
    .some((line) => likeness(ours, pairsOf(line.text)) >= 0.5);
}

/** Pairs of neighbouring characters, without case and white space. */
function pairsOf(line: string): ReadonlySet<string> {
  const text = line.slice(1, 2000).toLowerCase().replaceAll(/\s/g, '');
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** The coefficient of Dice (1945), as Sorensen used it: from 0 to 1. */
function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size + b.size === 0) return 0;
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}

interface Said {
  readonly fork: string;
  readonly commit: string;
  readonly tip: string;
  /** Paths that both sides changed. */
  readonly shared: readonly string[];
}

/** Forges take the subject of the commit for that of the squash, or list those of several in its message. */
async function isSaidIn(inquiry: Inquiry, { fork, commit, tip, shared }: Said): Promise<boolean> {
  const literal = shared.slice(0, 200).map((path) => `:(top,literal)${path}`);
  const subject = plain(await inquiry.text('log', '--format=%s', '--max-count=1', commit, '--'));
  const messages = await inquiry.text('log', '--format=%B', '--max-count=500', `${fork}..${tip}`, '--', ...literal);
  return subject !== '' && messages.split('\n').some((line) => plain(line) === subject);
}

/** A subject without the mark of a list before it and the number of a request behind it. */
function plain(line: string): string {
  return line
    .trim()
    .replace(/^[*-] /, '')
    .replace(/ \(?[#!][0-9]+\)?$/, '')
    .toLowerCase();
}
