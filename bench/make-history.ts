import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Random, seededRandom } from '../src/core/stats/random.ts';

const fileCount = 400;
const people = 40;
const start = 1_500_000_000;

/** A bare repository with so many commits: edits of a few lines in one or two files, every tenth change a merge of three. */
export async function writeHistory(dir: string, commits: number): Promise<void> {
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', dir]);
  const child = spawn('git', ['fast-import', '--quiet'], { cwd: dir, stdio: ['pipe', 'ignore', 'inherit'] });
  const closed = once(child, 'close');
  for (const text of history(commits)) if (!child.stdin.write(text)) await once(child.stdin, 'drain');
  child.stdin.end();
  const [status] = (await closed) as [number];
  if (status !== 0) throw new Error(`git fast-import ended with ${status}`);
}

/** Of thirteen commits nine are on the main line, three on a branch, and the last merges it. */
function* history(commits: number): Generator<string> {
  const random = seededRandom(1);
  const files = Array.from({ length: fileCount }, (_, n) => [...Array(60).keys()].map((at) => `file ${n} line ${at}`));
  const onBranch = new Set<number>();
  let tip = 0;
  for (let mark = 1; mark <= commits; mark++) {
    const place = mark % 13;
    const isBranch = place > 9;
    const isMerge = place === 0;
    const touched =
      mark === 1 ? [...files.keys()] : isMerge ? [...onBranch] : [random.below(fileCount), random.below(fileCount)];
    if (mark > 1 && !isMerge) for (const file of touched) files[file] = edited(files[file] ?? [], mark, random);
    if (isBranch) for (const file of touched) onBranch.add(file);
    const from = mark === 1 ? '' : `from :${isBranch && place > 10 ? mark - 1 : tip}\n`;
    const parents = `${from}${isMerge ? `merge :${mark - 1}\n` : ''}`;
    yield commitOf(mark, random.below(people), isBranch ? 'side' : 'main', `${parents}${blobs(touched, files)}`);
    if (!isBranch) tip = mark;
    if (isMerge) onBranch.clear();
  }
}

function commitOf(mark: number, who: number, branch: string, rest: string): string {
  const by = `person ${who} <p${who}@example.org> ${start + mark * 600} +0000\n`;
  const message = `change ${mark}\n\nReviewed-by: person ${who + 1} <p${who + 1}@example.org>\n`;
  return `commit refs/heads/${branch}\nmark :${mark}\nauthor ${by}committer ${by}${data(message)}${rest}\n`;
}

/** A few lines go, a few come. */
function edited(lines: readonly string[], mark: number, random: Random): string[] {
  const fresh = [...Array(random.below(4) + 1).keys()].map((n) => `line ${n} of change ${mark}`);
  return lines.toSpliced(random.below(lines.length), lines.length > 60 ? 4 : 2, ...fresh);
}

function blobs(touched: readonly number[], files: readonly (readonly string[])[]): string {
  const blob = (file: number): string =>
    `M 100644 inline src/f${file}.ts\n${data(`${(files[file] ?? []).join('\n')}\n`)}`;
  return touched.map(blob).join('');
}

const data = (text: string): string => `data ${text.length}\n${text}\n`;
