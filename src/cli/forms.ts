/** Further forms of an answer, by operation and format; each is loaded when it is asked for. */
export const forms = {
  'audit html': async () => (await import('../report/html/audit.ts')).auditHtml,
  'diagnose html': async () => (await import('../report/html/page.ts')).diagnosisHtml,
  'diagnose markdown': async () => (await import('../report/markdown/diagnosis.ts')).diagnosisMarkdown,
} satisfies Readonly<Record<string, () => Promise<(answer: never) => string>>>;
