import type { Inquiry } from './inquiry.ts';
import type { Range } from './range.ts';

export type ChangeStatus = 'added' | 'deleted' | 'modified' | 'renamed' | 'mode' | 'type' | 'unmerged';

export interface Change {
  readonly status: ChangeStatus;
  readonly path: string;
  /** Where a renamed file was before. */
  readonly from?: string;
  /** True: a rename that left the content alone. */
  readonly sameContent?: boolean;
  /** True: it became executable, or no longer is. */
  readonly modeChanged?: boolean;
  /** True: git does not track it yet. */
  readonly untracked?: boolean;
}

const diffFlags = ['--no-color', '--no-relative', '--no-abbrev', '-z', '--raw', '-M'];

/** What `git diff` compares for a range. */
export function endsOf({ base, commit }: Range): readonly string[] {
  return commit === undefined ? [base] : [base, commit];
}

/** Every path that differs in the range; for a working tree with the untracked files that are not ignored. */
export async function changesIn(inquiry: Inquiry, range: Range): Promise<readonly Change[]> {
  const tracked = readRawDiff(await inquiry.text('diff', ...diffFlags, ...endsOf(range), '--'));
  if (range.commit !== undefined) return tracked;
  const others = await inquiry.text('ls-files', '--others', '--exclude-standard', '-z');
  const untracked = others.split('\0').filter(Boolean);
  return [...tracked, ...untracked.map((path): Change => ({ status: 'added', path, untracked: true }))];
}

/** Reads `git diff --raw -z`: `:mode mode name name status` NUL path NUL (and another path after R or C). */
function readRawDiff(text: string): readonly Change[] {
  const fields = text.split('\0');
  const changes: Change[] = [];
  let at = 0;
  while (at < fields.length - 1) {
    const [oldMode = '', newMode = '', oldName = '', newName = '', status = ''] = (fields[at] ?? '')
      .slice(1)
      .split(' ');
    const letter = status.charAt(0);
    const isPair = letter === 'R' || letter === 'C';
    const first = fields[at + 1] ?? '';
    const path = isPair ? (fields[at + 2] ?? '') : first;
    at += isPair ? 3 : 2;
    const isModeOnly = letter === 'M' && oldMode !== newMode && oldName === newName;
    changes.push({
      path,
      status: isModeOnly ? 'mode' : statusOf(letter),
      ...(letter === 'M' && oldMode !== newMode ? { modeChanged: true } : {}),
      ...(letter === 'R' ? { from: first, sameContent: status === 'R100' } : {}),
    });
  }
  return changes;
}

function statusOf(letter: string): ChangeStatus {
  switch (letter) {
    case 'A':
    case 'C':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'T':
      return 'type';
    case 'U':
      return 'unmerged';
    default:
      return 'modified';
  }
}

/** Both names of a renamed file count as changed. */
export function pathsOf({ path, from }: Change): readonly string[] {
  return from === undefined ? [path] : [path, from];
}
