import type { CouldNotLook, RunRequest, RunResult, VerifierPorts, Workspace } from '../ports.ts';
import type { Artifact, Facts, Look } from './evidence.ts';
import { type Baseline, lookAtBaseline } from './local-run-baseline.ts';
import { redact } from './redact.ts';

interface Said {
  /** One sentence or two. */
  readonly message: string;
  /** Lines that go below the message. */
  readonly detail?: string;
  readonly facts: Facts;
}

/** What one run says by itself. A refutation names what failed, so that two runs can be compared. */
export type RunJudgement =
  | (Said & { readonly outcome: 'supported' | 'inconclusive' | 'not-applicable' })
  | (Said & { readonly outcome: 'refuted'; readonly failing: readonly string[] });

type Refutation = RunJudgement & { readonly outcome: 'refuted' };

export interface LocalRun {
  readonly request: RunRequest;
  /** Whether the merge base is run too after a refutation. */
  readonly baseline: boolean;
  /** Pure. Runs that could not be judged by anybody (signals, exit 126, a changed tree) do not come here. */
  judge(result: RunResult, workspace: Workspace): RunJudgement;
}

type Attempt = { readonly result?: RunResult; readonly judgement: RunJudgement | Unseen };
type Unseen = Said & { readonly outcome: 'error' };

/**
 * Runs a command and judges it. Only two runs that agree refute; before that, whatever could explain the failure apart
 * from the work (a changed tree, a signal, a missing program) ends the look as inconclusive.
 */
export async function lookByRunning(run: LocalRun, ports: VerifierPorts): Promise<Look> {
  const first = await attempt(run, ports);
  if (first.judgement.outcome !== 'refuted') return finished(run, first.judgement, await artifactsOf([first], ports));
  const second = await attempt(run, ports);
  const artifacts = await artifactsOf([first, second], ports);
  const agreed = compare(first.judgement, second.judgement);
  if (agreed.outcome !== 'refuted' || !run.baseline) return finished(run, agreed, artifacts);
  const baseline = await lookAtBaseline({ ...run, failing: agreed.failing }, ports);
  return finished(run, withBaseline(agreed, baseline), artifacts, baseline);
}

async function attempt(run: LocalRun, ports: VerifierPorts): Promise<Attempt> {
  const seen = await ports.run(run.request);
  if (!seen.ok) return { judgement: hindered(seen) };
  const result = seen.value;
  const why = whyNotJudged(result);
  const files = result.reports.length;
  const facts: Facts = {
    exit: result.exit,
    durationMs: Math.round(result.durationMs),
    ...(files > 0 && { reportFiles: files }),
  };
  const judgement: RunJudgement =
    why === undefined ? run.judge(result, run.request.workspace) : { outcome: 'inconclusive', message: why, facts };
  return { result, judgement: { ...judgement, facts: { ...facts, ...judgement.facts } } };
}

function hindered({ why, message }: CouldNotLook): RunJudgement | Unseen {
  const facts = { hindrance: why };
  return why === 'time-out' ? { outcome: 'inconclusive', message, facts } : { outcome: 'error', message, facts };
}

function whyNotJudged({ exit, signal, changedPaths }: RunResult): string | undefined {
  if (changedPaths.length > 0) {
    const paths = `${changedPaths.slice(0, 5).join(', ')}${changedPaths.length > 5 ? ', ...' : ''}`;
    return `the tree changed while it ran (${paths}): ignore these files in git, or set run.isolation: worktree`;
  }
  if (exit === null) return `the command was ended by ${signal ?? 'a signal'}`;
  if (exit === 126) return 'the command could not be executed (exit code 126)';
  if (exit === 127) return 'the command, or a program it calls, was not found (exit code 127)';
  return undefined;
}

/** What failed in both runs failed; what failed in one of them only is flaky. */
function compare(first: Refutation, second: RunJudgement | Unseen): RunJudgement {
  const again = `first run: ${first.message} Second run: ${second.message}`;
  const facts = { ...first.facts, runs: 2 };
  if (second.outcome === 'error' || second.outcome === 'inconclusive') {
    const message = `it failed, and a second run could not confirm it: ${again}`;
    const runs = second.facts['hindrance'] === undefined ? 2 : 1;
    return { outcome: 'inconclusive', message, facts: { ...facts, runs } };
  }
  const both = second.outcome === 'refuted' ? first.failing.filter((id) => second.failing.includes(id)) : [];
  if (both.length === 0) {
    const message = `flaky: two runs of the same tree disagree; ${again}`;
    return { outcome: 'inconclusive', message, facts: { ...facts, flaky: true } };
  }
  const flaky = first.failing.length - both.length;
  const note = flaky > 0 ? ` ${flaky} of the failures did not come back.` : '';
  return { ...first, message: `${first.message} A second run agrees.${note}`, facts, failing: both };
}

function withBaseline(judgement: Refutation, baseline: Baseline): RunJudgement {
  if (!baseline.looked) return judgement;
  const { commit, alsoFails } = baseline;
  const facts = { ...judgement.facts, alsoFailsAtBase: alsoFails.length > 0, base: commit };
  const base = `the merge base ${commit.slice(0, 8)}`;
  if (alsoFails.length === 0)
    return { ...judgement, facts, message: `${judgement.message} At ${base} it does not fail.` };
  const same = alsoFails.length === judgement.failing.length ? 'The same fails' : `${alsoFails.length} of these fail`;
  return { ...judgement, facts, message: `${judgement.message} ${same} at ${base} too.` };
}

const keptReports = 20;

/** The output of each run, and its first reports: their number is among the facts. */
async function artifactsOf(attempts: readonly Attempt[], ports: VerifierPorts): Promise<readonly Artifact[]> {
  const kept: Artifact[] = [];
  for (const [at, { result }] of attempts.entries()) {
    const run = attempts.length === 1 ? '' : `run-${at + 1}/`;
    for (const { path, text } of result?.reports.slice(0, keptReports) ?? []) {
      kept.push(await ports.keep(text, `${run}${path}`.slice(-500), mediaTypeOf(text)));
    }
    if (result !== undefined) kept.push(await ports.keep(result.output, `${run}output.txt`, 'text/plain'));
  }
  return kept;
}

function mediaTypeOf(text: string): string {
  if (text.startsWith('<')) return 'application/xml';
  return text.startsWith('{') ? 'application/json' : 'text/plain';
}

function finished(
  { request, baseline }: LocalRun,
  { outcome, message, detail, facts }: RunJudgement | Unseen,
  artifacts: readonly Artifact[],
  base?: Baseline,
): Look {
  const { workspace, command, dir } = request;
  const shown = redact(dir === undefined ? command : `${command} (in ${dir})`).slice(0, 1900);
  const runs = Number(facts['runs'] ?? (facts['hindrance'] === undefined ? 1 : 0));
  const ran = Array.from({ length: runs }, () => shown);
  return {
    outcome,
    message: redact(detail === undefined ? message : `${message}\n${detail}`).slice(0, 4000),
    facts: redactedFacts(facts),
    planned: [shown, 'again, if it fails', ...(baseline ? ['at the merge base, if it fails twice'] : [])],
    ran: base?.looked === true ? [...ran, `${shown} (at ${base.commit.slice(0, 8)})`] : ran,
    skipped: base?.looked === false ? [base.skipped] : [],
    artifacts: [...artifacts],
    boundTo: boundTo(workspace),
  };
}

function redactedFacts(facts: Facts): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [
      name,
      typeof value === 'string' ? redact(value).slice(0, 4000) : value,
    ]),
  );
}

function boundTo({ tree, commit }: Workspace): Look['boundTo'] {
  return { ...(tree !== '' && { tree }), ...(commit !== undefined && { commit }) };
}

/** The look of a local run where the target is in no folder. */
export function nowhereToRun(command: string): Look {
  return {
    outcome: 'not-applicable',
    message: 'The claim is not about a repository that is here, so there is nowhere to run the command.',
    facts: {},
    planned: [redact(command)],
    ran: [],
    skipped: [],
    artifacts: [],
    boundTo: {},
  };
}
