import { visible } from '../../core/visible.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';

// What the answers of init, trust and explain look like on a terminal.

export function initText(
  paper: Paper,
  answer: { path: string; pod: string; found: readonly { what: string; because: string }[]; notes: readonly string[] },
): string {
  return [
    `Wrote ${answer.path} for pod ${answer.pod}.`,
    ...answer.found.flatMap(({ what, because }) => [
      paragraph(paper, '  ', what),
      ink(paper, 'dim', paragraph(paper, '      ', because)),
    ]),
    ...answer.notes.map((note) => paragraph(paper, 'note  ', note)),
  ].join('\n');
}

export function trustText(
  paper: Paper,
  answer: { trusted: boolean; digest?: string | undefined; grants: readonly { what: string; where: string }[] },
): string {
  const grants = answer.grants.map(({ what, where }) =>
    paragraph(paper, '  ', `${visible(what)}  (${visible(where)})`),
  );
  const head = answer.trusted
    ? `Trusted, as long as it stays the same (${(answer.digest ?? '').slice(0, 12)}):`
    : 'Not trusted; nothing of this will happen:';
  return [head, ...(grants.length === 0 ? ['  it asks for nothing'] : grants)].join('\n');
}

export interface ExplainedTerm {
  readonly term: string;
  readonly definition: string;
  readonly sources: readonly string[];
}

/** One term in full, or all of them with a line each. */
export function explainText(paper: Paper, { terms }: { terms: readonly ExplainedTerm[] }): string {
  if (terms.length > 5) {
    const width = Math.max(...terms.map(({ term }) => term.length));
    return terms
      .map(
        ({ term, definition }) =>
          `${ink(paper, 'bold', term.padEnd(width))}  ${clip(definition, paper.width - width - 2)}`,
      )
      .join('\n');
  }
  return terms
    .map(({ term, definition, sources }) =>
      [
        ink(paper, 'bold', term),
        paragraph(paper, '  ', definition),
        ink(paper, 'dim', paragraph(paper, '  source: ', sources.join('; '))),
      ].join('\n'),
    )
    .join('\n\n');
}
