import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';
import { eventIn, mostEventBytes, type WorkflowRun, WorkflowRunEvent } from '../core/pull-request/event.ts';
import type { Forge, PullRequestNow } from '../core/pull-request/forge.ts';
import {
  isContradicted,
  mostResultBytes,
  partsOf,
  type PullRequestResult,
  resultIn,
  resultName,
  summaryOf,
} from '../core/pull-request/result.ts';

export const pullRequestTell = defineOperation({
  id: 'pull-request tell',
  summary: 'Tell GitHub what a run of pull-request check found, as status and comment; believes nothing that it left',
  scope: 'setup',
  opensItself: true,
  positional: ['event'],
  input: z.strictObject({
    event: z.string().min(1).describe("file of the forge's workflow_run event, as GITHUB_EVENT_PATH names it"),
    author: z.string().min(1).default('github-actions[bot]').describe('login under which GITHUB_TOKEN comments'),
  }),
  output: z.object({
    status: z.enum(['success', 'failure', 'error', 'none']),
    commented: z.boolean(),
    said: z.string(),
  }),
  async run({ setup, readFile }, { event: path, author }) {
    const { workflow_run: run, repository } = eventIn(WorkflowRunEvent, await readFile(path, mostEventBytes), path);
    const untold = whyUntold(run);
    if (untold !== undefined) return { status: 'none' as const, commented: false, said: untold };
    const forge = await setup.pullRequests.forge(repository.full_name);
    const heard = await hear(forge, run);
    if ('fault' in heard) {
      const said = `No valid result: ${heard.fault}`;
      await forge.setStatus(run.head_sha, { state: 'error', description: said, url: run.html_url });
      return { status: 'error' as const, commented: false, said };
    }
    const { result, isCurrent } = heard;
    const status = partsOf(result).some(isContradicted) ? ('failure' as const) : ('success' as const);
    const said = summaryOf(result);
    await forge.setStatus(run.head_sha, { state: status, description: said, url: run.html_url });
    if (!isCurrent) return { status, commented: false, said };
    const { mark, text } = await setup.pullRequests.comment(result, run.html_url);
    const isNews = partsOf(result).length > 0;
    return { status, commented: await forge.comment(result.pullRequest.number, { text, mark, author, isNews }), said };
  },
  answersNo: ({ status }) => status === 'error',
});

/** A run that was ended by a newer one, or that had nothing to do, says nothing. */
function whyUntold({ event, conclusion }: WorkflowRun): string | undefined {
  if (event !== 'pull_request') return `nothing to tell: the run was of ${event}`;
  const isDone = conclusion !== 'cancelled' && conclusion !== 'skipped' && conclusion !== 'action_required';
  return isDone ? undefined : `nothing to tell: the run was ${conclusion}`;
}

type Heard =
  | { readonly result: PullRequestResult; /** Nothing was pushed since. */ readonly isCurrent: boolean }
  | { readonly fault: string };

/** The run had code of strangers in it: what it says of itself counts only where the forge says the same. */
async function hear(forge: Forge, run: WorkflowRun): Promise<Heard> {
  const left = await forge.artifact(run.id, { name: resultName, mostBytes: mostResultBytes });
  if (!left.ok) return { fault: left.message };
  const result = resultIn(left.value);
  if (result === undefined) return { fault: 'what the run left has another form' };
  if (result.pullRequest.head !== run.head_sha) return { fault: 'it is about another commit than the run' };
  const now = await forge.pullRequest(result.pullRequest.number);
  if (now === undefined || !isOfRun(now, run)) return { fault: 'it names a pull request that the run is not of' };
  return { result, isCurrent: now.isOpen && now.head.sha === run.head_sha };
}

function isOfRun({ head }: PullRequestNow, { head_branch, head_repository }: WorkflowRun): boolean {
  return head.branch === head_branch && head_repository !== null && head.repository === head_repository.full_name;
}
