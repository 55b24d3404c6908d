import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';
import { readFacts } from './read-facts.ts';

// Compares the lines that are left of each change with `git blame`: `node scripts/validate/survival.ts <clone> ...`.
// Halfway through the first-parent history and at its end. This side asks git alone and has rules of its own for what is left out.

const day = 86_400_000;
const leftOut =
  /(?:^|\/)(?:node_modules|vendor|third_party|dist|build|deps|cache|external|bower_components)\/|(?:lock|lock\.json|\.lock\.hcl|go\.sum|-lock\.yaml|npm-shrinkwrap\.json)$|\.min\.|\.map$|(?:^|\/)(?:gradlew|mvnw)|\.pb\.go$|\.designer\.cs$/i;

interface Counted {
  readonly perChange: ReadonlyMap<string, number>;
  readonly files: number;
}

function ask(dir: string, ...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: dir,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** Text files of a commit, as numstat of everything against nothing lists them. */
function textFiles(dir: string, revision: string): readonly string[] {
  const empty = ask(dir, 'hash-object', '-t', 'tree', '/dev/null').trim();
  const links = new Set(
    ask(dir, 'ls-tree', '-r', '-z', revision)
      .split('\0')
      .filter((entry) => !entry.startsWith('100'))
      .map((entry) => entry.split('\t')[1]),
  );
  const entries = ask(dir, 'diff', '--numstat', '-z', '--no-renames', empty, revision).split('\0').filter(Boolean);
  return entries.flatMap((entry) => {
    const [added = '', , path = ''] = entry.split('\t');
    return added === '-' || links.has(path) || leftOut.test(path) ? [] : [path];
  });
}

function byBlame(dir: string, revision: string): Counted {
  const perChange = new Map<string, number>();
  const files = textFiles(dir, revision);
  for (const path of files) {
    for (const line of ask(dir, 'blame', '--first-parent', '--root', '-l', '-s', revision, '--', path).split('\n'))
      if (line !== '') perChange.set(line.slice(0, 40), (perChange.get(line.slice(0, 40)) ?? 0) + 1);
  }
  return { perChange, files: files.length };
}

async function byFacts(dir: string, revision: string) {
  const { facts, coverage } = await readFacts(dir, { revision, lines: true });
  const [left, born] = [new Map<string, number>(), new Map<string, { at: number; lines: number }>()];
  for (const fact of facts) {
    if (fact.kind === 'lines-born') {
      left.set(fact.id, (left.get(fact.id) ?? 0) + fact.lines);
      born.set(fact.id, { at: fact.at, lines: (born.get(fact.id)?.lines ?? 0) + fact.lines });
    } else if (fact.kind === 'lines-died') left.set(fact.born.id, (left.get(fact.born.id) ?? 0) - fact.lines);
  }
  const notRead = coverage.notes.find(({ code }) => code === 'lines-not-read')?.count;
  return { left, born, asOf: coverage.asOf, notRead };
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, one) => total + one, 0);
const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

async function compare(dir: string, name: string, revision: string): Promise<number | undefined> {
  const facts = await byFacts(dir, revision);
  if (facts.notRead !== undefined) {
    console.log(
      `| ${name} | ${revision.slice(0, 10)} | objects of ${facts.notRead} changes are missing: not compared |`,
    );
    return undefined;
  }
  const blame = byBlame(dir, revision);
  const ids = new Set([...facts.left.keys(), ...blame.perChange.keys()]);
  const off = [...ids].map((id) => Math.abs((facts.left.get(id) ?? 0) - (blame.perChange.get(id) ?? 0)));
  const lines = sum(blame.perChange.values());
  const aged = [...facts.born].filter(([, { at }]) => facts.asOf - at >= 90 * day && facts.asOf - at < 365 * day);
  const added = sum(aged.map(([, one]) => one.lines));
  const shareOf = (counts: ReadonlyMap<string, number>): string =>
    added === 0 ? '-' : percent(sum(aged.map(([id]) => counts.get(id) ?? 0)) / added);
  const differ = off.filter((one) => one > 0).length;
  const share = sum(off) / 2 / lines;
  const row = [
    name,
    revision.slice(0, 10),
    ids.size,
    blame.files,
    lines,
    sum(facts.left.values()),
    differ,
    percent(share),
  ];
  console.log(`| ${[...row, shareOf(blame.perChange), shareOf(facts.left)].join(' | ')} |`);
  return share;
}

const head = 'repository | at | changes | files | lines by blame | by facts | changes that differ | lines that differ';
console.log(`| ${head} | left of 90 to 365 days old: blame | facts |\n|${'---|'.repeat(10)}`);
const shares: number[] = [];
for (const dir of process.argv.slice(2)) {
  const line = ask(dir, 'rev-list', '--first-parent', '--reverse', 'HEAD').trim().split('\n');
  const parts = dir.replace(/\/(?:repo|\.git)?\/?$/, '');
  const name = basename(parts).replace('+', '/');
  for (const revision of [line[Math.floor(line.length / 2)] ?? 'HEAD', line.at(-1) ?? 'HEAD'])
    shares.push(...[await compare(dir, name, revision)].filter((share) => share !== undefined));
}
const worst = Math.max(...shares);
console.log(`${shares.length} comparisons; at most ${percent(worst)} of lines differ`);
// `git blame` takes a copy of a file that the same change renamed for the old one, too: 2.2 % of jedis.
process.exitCode = shares.length > 0 && worst <= 0.03 ? 0 : 1;
