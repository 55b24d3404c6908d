import type { Comment } from '../../core/pull-request/forge.ts';
import type { CheckedPart, CheckedStatement, PullRequestResult } from '../../core/pull-request/result.ts';
import { isContradicted, partsOf, summaryOf } from '../../core/pull-request/result.ts';
import { md, plain } from './text.ts';

/** By which the comment is found again; it is not shown. */
const mark = '<!-- factum:pull-request -->';
/** GitHub takes 65,536 characters; escaped, one may become ten. */
const mostCharacters = 40_000;
const mostUnread = 5;

const signs: Readonly<Partial<Record<CheckedPart['verdict'], string>>> = {
  contradicted: '❌',
  supported: '✅',
  verified: '✅',
};

/** A comment on a pull request: every word in it that is not Factum's is escaped. */
export function pullRequestComment(result: PullRequestResult, run: string): Pick<Comment, 'mark' | 'text'> {
  const { claims, pullRequest, unread } = result;
  const rows = claims.flatMap((claim) => claim.parts.map((part) => ({ claim, part })));
  const contradictedFirst = [
    ...rows.filter(({ part }) => isContradicted(part)),
    ...rows.filter(({ part }) => !isContradicted(part)),
  ];
  const lines = fitting(contradictedFirst.map(({ claim, part }) => row(claim, part)));
  const more = rows.length - lines.length;
  const table = ['| | claimed | where | seen |', '|---|---|---|---|', ...lines].join('\n');
  const checked = md`Checked at ${pullRequest.head.slice(0, 12)} by `;
  const blocks = [
    mark,
    `**Factum: ${summaryOf(result)}**`,
    ...(partsOf(result).length === 0 ? [] : [table]),
    ...(more > 0 ? [`And ${more} more: see the run.`] : []),
    ...(unread.length === 0
      ? []
      : [
          unread
            .slice(0, mostUnread)
            .map((each) => md`- not looked at: ${each}`)
            .join('\n'),
        ]),
    `${checked}[this run](${encodeURI(run)}). It ran this pull request's own workflow and \`factum.yaml\`: where they are changed, it says what they say.`,
  ];
  return { mark, text: `${blocks.join('\n\n')}\n` };
}

function fitting(lines: readonly string[]): readonly string[] {
  let room = mostCharacters;
  return lines.filter((line) => (room -= line.length + 1) >= 0);
}

function row({ place, commit, agent }: CheckedStatement, { words, verdict, because }: CheckedPart): string {
  const where = place === 'commit' ? `commit ${commit.slice(0, 12)} (${agent ?? 'agent'})` : place;
  const cells = [`${signs[verdict] ?? '❔'} ${verdict}`, words, where, because];
  return `| ${cells.map((cell) => plain(cell).replaceAll('|', String.raw`\|`)).join(' | ')} |`;
}
