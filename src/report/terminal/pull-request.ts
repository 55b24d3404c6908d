import { partsOf, type PullRequestResult, summaryOf } from '../../core/pull-request/result.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';
import { verdictMarks } from './verdict-marks.ts';

export function pullRequestCheckText(paper: Paper, result: PullRequestResult): string {
  const blocks = result.claims.flatMap(({ place, commit, agent, parts }) => {
    const where = place === 'commit' ? `commit ${commit.slice(0, 12)} (${agent ?? 'agent'})` : place;
    return parts.map(({ words, verdict, because }) => {
      const { sign, colour } = verdictMarks[verdict];
      const head = `${sign} ${verdict.padEnd(12)}  `;
      const line = `${ink(paper, colour, head)}${clip(words, paper.width - head.length)}`;
      return [line, paragraph(paper, '    ', `${where}: ${because}`)].join('\n');
    });
  });
  const unread = result.unread.map((each) => paragraph(paper, '  not looked at  ', each));
  const nothing = partsOf(result).length === 0 ? 'nothing was checked' : 'nothing was recorded';
  return [...blocks, ...unread, paragraph(paper, '', `${summaryOf(result)}; ${nothing}.`)].join('\n');
}

interface Told {
  readonly status: string;
  readonly commented: boolean;
  readonly said: string;
}

export function pullRequestTellText(paper: Paper, { status, commented, said }: Told): string {
  if (status === 'none') return paragraph(paper, '', said);
  return paragraph(paper, `status ${status}${commented ? ', and a comment' : ''}: `, said);
}
