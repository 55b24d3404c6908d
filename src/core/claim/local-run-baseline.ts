import type { RunRequest, RunResult, VerifierPorts, Workspace } from '../ports.ts';
import type { Skipped } from './evidence.ts';
import type { RunJudgement } from './local-run.ts';

/** What the same run says at the merge base. Never changes an outcome. */
export type Baseline =
  | { readonly looked: true; readonly commit: string; readonly alsoFails: readonly string[] }
  | { readonly looked: false; readonly skipped: Skipped };

export interface BaselineLook {
  readonly request: RunRequest;
  /** What fails in the work. */
  readonly failing: readonly string[];
  judge(result: RunResult, workspace: Workspace): RunJudgement;
}

/** Runs the same at the commit where the work left the default branch. */
export async function lookAtBaseline(look: BaselineLook, ports: VerifierPorts): Promise<Baseline> {
  const base = await mergeBase(look.request.workspace, ports);
  if (typeof base !== 'string') return base;
  const workspace = await ports.checkout(base);
  if (!workspace.ok) return noBaseline(workspace.message);
  const run = await ports.run({ ...look.request, workspace: workspace.value });
  if (!run.ok) return noBaseline(run.message);
  const judged = look.judge(run.value, workspace.value);
  if (judged.outcome === 'inconclusive') return noBaseline(`${base.slice(0, 8)}: ${judged.message}`);
  const failing = judged.outcome === 'refuted' ? judged.failing : [];
  return { looked: true, commit: base, alsoFails: look.failing.filter((id) => failing.includes(id)) };
}

async function mergeBase({ commit }: Workspace, ports: VerifierPorts): Promise<string | Baseline> {
  if (commit === undefined) return noBaseline('the repository has no commit');
  const branch = await defaultBranch(ports);
  if (branch === undefined) return noBaseline('no default branch was found (origin/HEAD, main, master)');
  const base = await answer(['merge-base', branch, commit], ports);
  if (base === undefined) return noBaseline(`there is no merge base with ${branch}`);
  if (base === commit) return noBaseline(`the commit is on ${branch.replace(/^refs\/(?:heads|remotes)\//, '')} itself`);
  return base;
}

async function defaultBranch(ports: VerifierPorts): Promise<string | undefined> {
  const remote = await answer(['symbolic-ref', '--quiet', 'refs/remotes/origin/HEAD'], ports);
  if (remote !== undefined) return remote;
  for (const name of [
    'refs/remotes/origin/main',
    'refs/remotes/origin/master',
    'refs/heads/main',
    'refs/heads/master',
  ]) {
    if ((await answer(['rev-parse', '--verify', '--quiet', `${name}^{commit}`], ports)) !== undefined) return name;
  }
  return undefined;
}

async function answer(args: readonly string[], ports: VerifierPorts): Promise<string | undefined> {
  const git = await ports.git(args);
  if (!git.ok || git.value.exit !== 0) return undefined;
  return git.value.stdout.trim() || undefined;
}

function noBaseline(why: string): Baseline {
  return { looked: false, skipped: { what: 'comparison with the merge base', why: why.slice(0, 1000) } };
}
