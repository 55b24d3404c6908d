import { z } from 'zod';
import { AuditReport, type ReportedClaim, totalsOf } from '../core/audit/report.ts';
import type { SessionClaim } from '../core/audit/session.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import { defineOperation, type ReadContext } from '../core/operation.ts';
import { type AuditedCommits, auditCommits } from './auditing/audit-commits.ts';
import { auditFile } from './auditing/audit-file.ts';

export const audit = defineOperation({
  id: 'audit',
  summary: 'Compare what agents said in old sessions with what the same sessions show; nothing is run again',
  scope: 'read',
  opensItself: true,
  positional: ['paths'],
  formats: ['terminal', 'json', 'html'],
  input: z.strictObject({
    paths: z
      .array(z.string().min(1))
      .min(1)
      .describe('files or folders of sessions, or repositories with checkpoint branches of Entire'),
    commits: z
      .string()
      .regex(/^[^-]/, 'a commit or a range')
      .max(1000)
      .optional()
      .describe(
        'the paths are repositories: what messages of agents in this range say against what each commit changes',
      ),
  }),
  output: AuditReport,
  async run(context, { paths, commits }) {
    if (commits !== undefined) return auditHistories(context, paths, commits);
    const { formats, files } = await context.transcripts();
    const gathered = new Gathered(context);
    for await (const file of files.find(paths)) {
      if ('why' in file) {
        gathered.unread.push(file);
        continue;
      }
      try {
        const read = await auditFile(file, formats, (claim, format) => gathered.claim(file.name, format, claim));
        if (read === undefined) gathered.otherFiles++;
        else gathered.file(file.name, read);
      } catch (thrown) {
        gathered.unread.push({ name: file.name, why: messageOf(thrown) });
      }
    }
    return gathered.report(paths);
  },
  answersNo: ({ totals }) => totals.all.contradicted.k > 0,
});

async function auditHistories(context: ReadContext, paths: readonly string[], range: string): Promise<AuditReport> {
  const claims: ReportedClaim[] = [];
  const commits: AuditedCommits[] = [];
  for (const where of paths) {
    commits.push(await auditCommits(context, { where, range }, (claim) => void claims.push(claim)));
  }
  return { schema: 'factum/audit/v1', read: { ...nothingRead, commits }, totals: totalsOf(claims), claims };
}

const nothingRead = {
  files: 0,
  sessions: 0,
  formats: {},
  skippedLines: 0,
  skippedIn: [],
  copies: 0,
  otherFiles: 0,
  unread: [],
};

/** What all files together yield. */
class Gathered {
  readonly unread: { readonly name: string; readonly why: string }[] = [];
  otherFiles = 0;
  private readonly claims: ReportedClaim[] = [];
  private readonly keys = new Set<string>();
  private readonly sessions = new Set<string>();
  private readonly formats: Record<string, number> = {};
  private readonly skippedIn: { file: string; lines: number }[] = [];
  private files = 0;
  private copies = 0;
  private readonly context: ReadContext;

  constructor(context: ReadContext) {
    this.context = context;
  }

  claim(file: string, format: string, { key, parts, quote, ...claim }: SessionClaim): void {
    if (this.keys.has(key)) {
      this.copies++;
      return;
    }
    this.keys.add(key);
    const clean = this.context.redact;
    const judged = parts.map((part) => ({ ...part, words: clean(part.words), why: clean(part.why) }));
    this.claims.push({ file, format, ...claim, quote: clean(quote), parts: judged });
  }

  file(
    name: string,
    { format, sessions, skipped }: { format: string; sessions: ReadonlySet<string>; skipped: number },
  ): void {
    this.files++;
    this.formats[format] = (this.formats[format] ?? 0) + 1;
    for (const session of sessions.size === 0 ? [name] : sessions) this.sessions.add(session);
    if (skipped > 0) this.skippedIn.push({ file: name, lines: skipped });
  }

  /** Throws NO_TRANSCRIPT. */
  report(paths: readonly string[]): AuditReport {
    const { files, copies, otherFiles, unread } = this;
    if (files === 0) {
      const why = unread.slice(0, 3).map((each) => `${each.name}: ${each.why}`);
      throw new FactumError('NO_TRANSCRIPT', [`no session of a known tool in ${paths.join(', ')}`, ...why].join('; '));
    }
    return {
      schema: 'factum/audit/v1',
      read: {
        files,
        sessions: this.sessions.size,
        formats: this.formats,
        skippedLines: this.skippedIn.reduce((sum, { lines }) => sum + lines, 0),
        skippedIn: this.skippedIn.toSorted((a, b) => b.lines - a.lines).slice(0, 20),
        copies,
        otherFiles,
        unread,
      },
      totals: totalsOf(this.claims),
      claims: this.claims,
    };
  }
}
