import { printable } from '../../core/claim/redact.ts';
import { type Paper, paragraph } from './paper.ts';

interface Place {
  readonly title: string;
  readonly path: string;
}

export function agentsInstallText(
  paper: Paper,
  answer: Place & { command: string; replaced: string[]; shared: boolean; trust?: string | undefined },
): string {
  const { title, path, command, replaced, shared, trust } = answer;
  const done =
    replaced.join() === command ? `${title} has the gate already, in ${path}.` : `${title} runs the gate now: ${path}`;
  return [
    paragraph(paper, '', done),
    paragraph(paper, '  runs  ', command),
    ...(shared
      ? [paragraph(paper, '  note  ', 'the file is for all who work here: each of them needs factum on the PATH')]
      : []),
    ...(trust === undefined ? [] : [paragraph(paper, '  note  ', trust)]),
    paragraph(paper, '  try   ', 'factum agents doctor'),
  ].join('\n');
}

export function agentsUninstallText(paper: Paper, { title, path, removed }: Place & { removed: string[] }): string {
  const done = removed.length === 0 ? `${title} has no gate in ${path}.` : `${title} runs no gate any more: ${path}`;
  return paragraph(paper, '', done);
}

interface Diagnosed {
  readonly found: readonly (Place & { readonly works: boolean; readonly exit: number | null; readonly said: string })[];
  readonly unreadable: readonly string[];
}

export function agentsDoctorText(paper: Paper, { found, unreadable }: Diagnosed): string {
  if (found.length === 0 && unreadable.length === 0)
    return paragraph(paper, '', 'No agent here has the gate: factum agents install <agent>');
  return [
    ...found.flatMap(({ title, path, works, exit, said }) => [
      paragraph(
        paper,
        works ? '✓ ' : '✗ ',
        `${title}: ${works ? 'a false claim is sent back' : 'a false claim goes through'}`,
      ),
      paragraph(paper, '    ', path),
      paragraph(
        paper,
        '    ',
        `exit ${exit ?? 'by a signal'}: ${said === '' ? 'it said nothing' : printable(said).slice(0, 500)}`,
      ),
    ]),
    ...unreadable.map((why) => paragraph(paper, '✗ ', why)),
  ].join('\n');
}
