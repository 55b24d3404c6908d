import { agentOf, type Author, isBot } from './authors.ts';
import { codeownersPlaces, parseCodeowners } from './codeowners.ts';
import { detect, type DetectedCheck, detectSetup } from './detect.ts';

/** What `factum init` finds by looking. */
export interface Survey {
  readonly repository: string;
  readonly checks: readonly DetectedCheck[];
  /** Command that prepares a clean checkout, with the reason. */
  readonly setup?: { readonly command: string; readonly because: string };
  readonly humans: readonly { readonly id: string; readonly name: string; readonly commits: number }[];
  readonly agents: readonly { readonly id: string; readonly because: string }[];
  /** Owners and their globs, from CODEOWNERS. */
  readonly owners: readonly { readonly owner: string; readonly paths: readonly string[] }[];
  readonly ciFiles: readonly string[];
  readonly remote?: string;
  readonly defaultBranch?: string;
}

/** What was read of a repository, before anything is concluded from it. */
export interface Findings {
  readonly repository: string;
  readonly files: readonly string[];
  read(path: string): string | undefined;
  /** Authors and co-authors of the recent commits. */
  readonly authors: readonly Author[];
  readonly remote?: string;
  readonly defaultBranch?: string;
}

const maxHumans = 20;

const ciPlaces =
  /^(?:\.github\/workflows\/[^/]+\.ya?ml|\.gitlab-ci\.yml|\.circleci\/config\.yml|\.travis\.yml|Jenkinsfile|azure-pipelines\.yml|bitbucket-pipelines\.yml|\.buildkite\/[^/]+\.ya?ml|\.cirrus\.yml|\.drone\.yml|\.woodpecker\.yml|appveyor\.yml)$/;

export function surveyOf(findings: Findings): Survey {
  const { repository, files, read, remote, defaultBranch } = findings;
  const setup = detectSetup(files, read);
  const place = codeownersPlaces.find((path) => files.includes(path));
  const busiest = onePerAddress(findings.authors).toSorted(
    (a, b) => b.commits - a.commits || compare(a.email, b.email),
  );
  return {
    repository,
    checks: detect(files, read),
    ...(setup === undefined ? {} : { setup }),
    humans: onePerName(busiest.filter((author) => agentOf(author) === undefined && !isBot(author)))
      .slice(0, maxHumans)
      .map(({ email, name, commits }) => ({ id: email, name, commits })),
    agents: agentsAmong(busiest),
    owners: place === undefined ? [] : parseCodeowners(read(place) ?? '').owners,
    ciFiles: files.filter((path) => ciPlaces.test(path)),
    ...(remote === undefined ? {} : { remote }),
    ...(defaultBranch === undefined ? {} : { defaultBranch }),
  };
}

function agentsAmong(authors: readonly Author[]): Survey['agents'] {
  const found = new Map<string, string>();
  for (const author of authors) {
    const agent = agentOf(author);
    if (agent === undefined || found.has(agent)) continue;
    found.set(agent, `${author.commits} recent commits by or with ${author.name} <${author.email}>`);
  }
  return [...found].map(([id, because]) => ({ id, because }));
}

function onePerAddress(authors: readonly Author[]): readonly Author[] {
  const byAddress = new Map<string, Author>();
  for (const author of authors) {
    const email = author.email.trim().toLowerCase();
    if (email === '') continue;
    const known = byAddress.get(email);
    byAddress.set(email, { name: known?.name ?? author.name, email, commits: author.commits + (known?.commits ?? 0) });
  }
  return [...byAddress.values()];
}

/** One person with two addresses must not fill a quorum alone: the busier address stands for both. */
function onePerName(busiestFirst: readonly Author[]): readonly Author[] {
  const byName = new Map<string, Author>();
  for (const author of busiestFirst) {
    const name = author.name.trim().toLowerCase().replaceAll(/\s+/g, ' ');
    const known = byName.get(name);
    if (known === undefined) byName.set(name, author);
    else byName.set(name, { ...known, commits: known.commits + author.commits });
  }
  return [...byName.values()];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
