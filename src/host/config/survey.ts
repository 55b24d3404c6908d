import type { Author } from '../../core/config/authors.ts';
import { type Survey, surveyOf } from '../../core/config/survey.ts';
import type { Git } from '../git/git.ts';
import { errorOf } from '../git/repository.ts';
import { readSmallFile } from './small-file.ts';

const maxCommits = '5000';
const windowSeconds = 90 * 24 * 3600;

/** Looks at a repository's files and at its last 90 days of commits, counted back from the newest. */
export async function takeSurvey({ name, git }: { readonly name: string; readonly git: Git }): Promise<Survey> {
  const files = await linesOf(git, ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], '\0');
  const remotes = await linesOf(git, ['remote'], '\n');
  const remote = remotes.includes('origin') ? 'origin' : remotes[0];
  const defaultBranch = remote === undefined ? undefined : await headOf(git, remote);
  return surveyOf({
    repository: name,
    files,
    read: (path) => readSmallFile(git.dir, path),
    authors: await recentAuthors(git),
    ...(remote === undefined ? {} : { remote }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
  });
}

async function headOf(git: Git, remote: string): Promise<string | undefined> {
  const [ref] = await linesOf(git, ['symbolic-ref', '--quiet', '--short', `refs/remotes/${remote}/HEAD`], '\n');
  return ref?.startsWith(`${remote}/`) === true ? ref.slice(remote.length + 1) : undefined;
}

const field = '\u001F';
const person = '\u001E';

async function recentAuthors(git: Git): Promise<readonly Author[]> {
  const [newest] = await linesOf(git, ['log', '-1', '--format=%ct'], '\n');
  if (newest === undefined) return []; // no commit yet
  const coauthors = `%(trailers:key=Co-authored-by,valueonly,separator=%x1e)`;
  const commits = await linesOf(
    git,
    [
      'log',
      '-z',
      `--max-count=${maxCommits}`,
      `--since=${Number(newest) - windowSeconds}`,
      `--format=%aN <%aE>%x1f${coauthors}`,
    ],
    '\0',
  );
  const counts = new Map<string, number>();
  for (const commit of commits) {
    const [author = '', others = ''] = commit.split(field);
    const people = new Set([author, ...others.split(person)].map((text) => text.trim()).filter(Boolean));
    for (const one of people) counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts].flatMap(([text, count]) => {
    const [, name, email] = /^(.*?)\s*<([^<>]*)>$/s.exec(text) ?? [];
    return name === undefined || email === undefined ? [] : [{ name, email, commits: count }];
  });
}

/** What git lists; nothing where git says no, as it does about a history that has not begun. */
async function linesOf(git: Git, args: readonly string[], separator: string): Promise<readonly string[]> {
  const answer = await git.run(args);
  if (!answer.ok) throw errorOf(answer);
  return answer.value.exit === 0 ? answer.value.stdout.split(separator).filter((line) => line !== '') : [];
}
