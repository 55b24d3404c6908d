import { execFileSync } from 'node:child_process';
import { day } from '../../src/core/signal/week.ts';

const people = ['Ada <ada@example.org>', 'Bob <bob@example.org>', 'Cyd <cyd@example.org>'] as const;
const begin = Date.UTC(2024, 9, 7, 9);

/**
 * A small real history of a year and more, in one pass of `git fast-import`: branches that are merged by others, reviews
 * in trailers, links that stop in the last quarter, an agent, and reverts. Always the same commits.
 */
export function makeHistory(dir: string, changes = 200): void {
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', dir]);
  const text = Array.from({ length: changes }, (_, n) => changeAt(n)).join('');
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: dir, input: text });
  execFileSync('git', ['reset', '--quiet', '--hard', 'main'], { cwd: dir });
}

function changeAt(n: number): string {
  const at = begin + n * 2 * day;
  const [author = people[0], reviewer = people[1]] = [
    people[n % 5 === 4 ? 1 : n % 2 === 0 ? 0 : 2],
    people[(n + 1) % 3],
  ];
  const issue = n < 160 ? `\n\nFixes #${n + 1}` : '';
  const agent = n % 4 === 1 ? '\n\nCo-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>' : '';
  const review = `\n\nReviewed-by: ${reviewer}`;
  const message = n % 20 === 19 ? `Revert "change ${n - 2}"` : `change ${n}`;
  const file = `src/part${n % 12}.js`;
  const lines = Array.from({ length: 8 }, (_line, at8) => `// ${n} ${at8}\n`).join('');
  const [side, merge] = [2 * n + 1, 2 * n + 2];
  const from = n === 0 ? '' : `from :${merge - 2}\n`;
  return [
    commit({
      mark: side,
      ref: 'refs/heads/side',
      who: author,
      at: at - day / 2,
      message: `${message}${issue}${agent}`,
      from,
    }),
    `M 100644 inline ${file}\ndata ${lines.length}\n${lines}\n`,
    n === 0 ? `M 100644 inline README.md\ndata 6\nhello\n\n` : '',
    n === 0
      ? `reset refs/heads/main\nfrom :${side}\n\n${commit({ mark: merge, ref: 'refs/heads/main', who: author, at, message: 'begin', from: `from :${side}\n` })}\n`
      : `${commit({ mark: merge, ref: 'refs/heads/main', who: reviewer, at, message: `Merge branch 'side' (${n})${review}`, from: `${from}merge :${side}\n` })}M 100644 inline ${file}\ndata ${lines.length}\n${lines}\n`,
  ].join('');
}

interface Commit {
  readonly mark: number;
  readonly ref: string;
  readonly who: string;
  readonly at: number;
  readonly message: string;
  readonly from: string;
}

function commit({ mark, ref, who, at, message, from }: Commit): string {
  const when = `${Math.floor(at / 1000)} +0000`;
  const bytes = Buffer.byteLength(message);
  return `commit ${ref}\nmark :${mark}\nauthor ${who} ${when}\ncommitter ${who} ${when}\ndata ${bytes}\n${message}\n${from}`;
}
