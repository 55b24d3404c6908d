import type { SourcePorts } from '../../../../core/signal/source.ts';
import { personIn } from '../trailers.ts';
import { notesOf } from './notes.ts';
import type { Reviewer, ReviewRecord, ReviewRecords } from './record.ts';

/**
 * Gerrit's plug-in "reviewnotes": the votes at submission, by name; it does not say when they were given. They repeat what
 * Gerrit's own records say, under other names: where it has any, theirs are not read.
 */
export async function reviewNotes(ports: SourcePorts, gerrit: ReviewRecords['byCommit']): Promise<ReviewRecords> {
  const { notes, skipped } = await notesOf(ports, 'refs/notes/review', (commit) => !gerrit.has(commit));
  const byCommit = new Map<string, ReviewRecord>();
  for (const { commit, text } of notes) {
    const reviewers = text.split('\n').flatMap((line) => voteIn(line) ?? []);
    if (reviewers.length > 0) byCommit.set(commit, { reviewers });
  }
  return { byCommit, requests: [], skipped };
}

/** `Code-Review+2: A <a@b>`; other labels are of machines, or about licences. */
function voteIn(line: string): Reviewer | undefined {
  const [, sign, value = ''] = /^Code-Review([+-])[1-9]: (.+)$/.exec(line.slice(0, 1000)) ?? [];
  const person = personIn(value);
  return sign === undefined || person === undefined
    ? undefined
    : { ...person, voice: sign === '+' ? 'approves' : 'objects', from: 'notes' };
}
