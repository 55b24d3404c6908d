import type { AuditReport, ReportedClaim, Share } from '../../core/audit/report.ts';
import { type ClaimVerdict, claimVerdicts } from '../../core/audit/claims.ts';
import { counted, percent } from './numbers.ts';

/** What each verdict of an audit means; `sign` goes before it. */
export const auditWords: Readonly<Record<ClaimVerdict, { readonly sign: string; readonly means: string }>> = {
  contradicted: { sign: '✗', means: 'a run of what was claimed failed, and nothing was changed before it was claimed' },
  disputed: { sign: '!', means: 'a run failed, and whether that matters for the claim is open' },
  'partly-supported': { sign: '~', means: 'some parts are backed, and others by nothing' },
  stale: { sign: '~', means: 'files were edited after the last run' },
  unsupported: { sign: '?', means: 'nothing in the session backs it' },
  hearsay: { sign: '?', means: 'only a worker or a summary says so' },
  'not-checkable': { sign: '·', means: 'the session cannot tell' },
  'supported-by-human-evidence': { sign: '✓', means: 'a person showed or said it' },
  supported: { sign: '✓', means: 'the last run of it passed' },
};

const ofCommits: Partial<Readonly<Record<ClaimVerdict, string>>> = {
  contradicted: 'the commit does not change it, and nothing did in the days before',
  'not-checkable': 'what the commit changes cannot tell',
  supported: 'the commit changes it',
};

export function meaningOf(verdict: ClaimVerdict, { commits }: AuditReport['read']): string {
  return (commits && ofCommits[verdict]) ?? auditWords[verdict].means;
}

/** Verdicts that a reader may want to look at. */
const looked: readonly ClaimVerdict[] = claimVerdicts.slice(0, claimVerdicts.indexOf('not-checkable'));

/** `96.1 % (94.2 to 97.4, n = 512)` */
export function shareText({ value, lo, hi, n }: Share): string {
  if (value === undefined) return 'not enough data';
  return `${percent(value)} (${(100 * lo).toFixed(1)} to ${(100 * hi).toFixed(1)}, n = ${n})`;
}

export function readText({ commits, ...read }: AuditReport['read']): string {
  if (commits === undefined) return sessionsText(read);
  return commits
    .map(({ name, read: all, agents }) => `${counted(agents, 'commit')} by agents of ${all} of ${name}`)
    .join('; ');
}

function sessionsText({ files, sessions, skippedLines, copies, otherFiles, unread }: AuditReport['read']): string {
  return [
    `${counted(files, 'file')} with ${counted(sessions, 'session')}`,
    ...(copies > 0 ? [`${counted(copies, 'claim')} in copies left out`] : []),
    ...(skippedLines > 0 ? [`${counted(skippedLines, 'line')} damaged, too long or of an unknown kind, not read`] : []),
    ...(unread.length > 0 ? [`${counted(unread.length, 'file')} could not be read`] : []),
    ...(otherFiles > 0 ? [`${counted(otherFiles, 'other file')}`] : []),
  ].join('; ');
}

/** Worst first; what is backed or cannot be told is left out. */
export function worthLooking(claims: readonly ReportedClaim[]): readonly ReportedClaim[] {
  return looked.flatMap((verdict) => claims.filter((claim) => claim.verdict === verdict));
}

export function leadsText({ commits }: AuditReport['read']): string {
  return commits === undefined
    ? 'These are leads, not evidence: nothing was run again, and a session shows only what was written down.'
    : 'Each message is compared with what its own commit changes, in files; nothing was run, and what else it says was not looked at.';
}
