import type { AgentCommit } from '../git/agent-commit.ts';
import { type ChangeSaid, changesSaid } from './extract/changes-said.ts';
import { mayComeBack } from './extract/gone.ts';
import type { Part, Span } from './part.ts';

/** What a message says of its own commit, as a part; `doubt`: why a difference without it would not refute it. */
export interface CommitPart {
  readonly part: Part & { readonly span: Span };
  readonly doubt?: string;
  /** What a person calls the files that its pattern means. */
  readonly called?: string;
}

/** Files that are meant, whatever their folder; case as people write it. */
const globs = {
  tests: '**/*{test,Test,TEST,spec,Spec,e2e,.cy.,.feature}*{,/**}',
  readme: '**/*{readme,Readme,README}*{,/**}',
  changelog: '**/*{change,Change,CHANGE,history,HISTORY,news,NEWS,release,RELEASE}*{,/**}',
} as const;

const called = { tests: 'a file of tests', readme: 'a README', changelog: 'a changelog' } as const;

/** Paths whose files can hold tests all the same: languages with tests inside of source files, and words for checks. */
const mayTest =
  /\.(?:rs|zig|nim|d|ml|exs?|jl|ipynb|http|hurl|bats|robot|sol|clj|scala|swift)$|\.github\/|makefile|check|verif|eval|bench|qa|mock|fixture|snap|golden|scenario|cypress|playwright|stor(?:y|ies)|simulat|smoke|demo|example|harness|assert|expect|suite|cases?\b|probe|trial|lint|valid/i;
const code = /\.(?:tsx?|jsx?|[mc][tj]s|py|go|rb|java|kt|cc?|cpp|hpp|h|cs|php|vue|svelte|dart|lua)$/;
const test = /test|spec|e2e|\.cy\.|\.feature/i;

/**
 * In order of appearance. Nothing of merges, whose difference is several, nor of commits that change nothing or
 * that Replit made in the middle of a turn, which claim nothing yet.
 */
export function commitParts(commit: AgentCommit): readonly CommitPart[] {
  const { message, parents, paths, replit } = commit;
  if (parents.length !== 1 || paths.length === 0 || replit?.checkpoint === 'intermediate') return [];
  return changesSaid(message).map((said, at) => {
    const { about, span } = said;
    const names = about === 'files' ? [...said.names] : [globs[about]];
    const doubt = doubtOf(said, commit);
    const gone = said.gone && !names.some((name) => mayComeBack(message, name)) ? { gone: names } : {};
    const part = { id: `p${at + 1}`, kind: 'change-made', span, scope: 'named', names, ...gone, options: {} } as const;
    return { part, ...(doubt === undefined ? {} : { doubt }), ...(about === 'files' ? {} : { called: called[about] }) };
  });
}

function doubtOf({ about, span }: ChangeSaid, { message, paths, submodules }: AgentCommit): string | undefined {
  if (submodules) return 'a submodule was changed, too, and what changed in it is not here';
  if (isOfOneAmongSeveral(message, span.start))
    return 'several commits were made one, and this was said of one of them';
  if (about !== 'tests' || paths.some((path) => test.test(path))) return undefined;
  const holder = paths.find((path) => mayTest.test(path));
  if (holder !== undefined) return `tests may be in ${holder}`;
  return paths.some((path) => code.test(path)) ? undefined : 'no code was changed, so other tests may be meant';
}

/** A forge's squash lists the messages of its commits; what one did the next may have taken back. */
function isOfOneAmongSeveral(message: string, at: number): boolean {
  const subject = message.split('\n', 1)[0] ?? '';
  return at > subject.length && (/^\* \S/m.test(message) || message.includes('\n---------\n'));
}

/** That Replit published what this commit has: its record is a claim, and what answers there can be looked at. */
export function publishedPart({ message, replit }: AgentCommit): Part | undefined {
  if (replit?.deployment === undefined) return undefined;
  const end = message.split('\n', 1)[0]?.length ?? 0;
  return { id: 'p1', kind: 'deployed', span: { start: 0, end }, scope: 'all', options: {} };
}
