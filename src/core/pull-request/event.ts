import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { FactumError } from '../errors.ts';

// What GitHub tells a workflow of the event that started it: https://docs.github.com/en/webhooks/webhook-events-and-payloads

export const ObjectName = deferred(() => z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a full git object name'));
const RepositoryName = deferred(() => z.string().regex(/^[\w.-]{1,100}\/[\w.-]{1,100}$/, 'owner/name'));

/** Of `pull_request`. */
export const PullRequestEvent = deferred(() =>
  z.object({
    pull_request: z.object({
      number: z.int().positive(),
      title: z.string(),
      body: z.string().nullable(),
      user: z.object({ login: z.string().min(1).max(320) }),
      head: z.object({ sha: ObjectName }),
      base: z.object({ sha: ObjectName }),
    }),
  }),
);
export type PullRequest = z.infer<typeof PullRequestEvent>['pull_request'];

/** Of `workflow_run`: GitHub's own word about the run, whatever that run did. */
export const WorkflowRunEvent = deferred(() =>
  z.object({
    repository: z.object({ full_name: RepositoryName }),
    workflow_run: z.object({
      id: z.int().positive(),
      event: z.string(),
      conclusion: z.string().nullable(),
      html_url: z.url({ protocol: /^https?$/ }),
      head_sha: ObjectName,
      head_branch: z.string().nullable(),
      head_repository: z.object({ full_name: RepositoryName }).nullable(),
    }),
  }),
);
export type WorkflowRun = z.infer<typeof WorkflowRunEvent>['workflow_run'];

/** GitHub sends no larger ones. */
export const mostEventBytes = 25 * 1024 * 1024;

/** Throws EVENT_FILE. */
export function eventIn<Event extends z.ZodType>(schema: Event, bytes: Uint8Array, path: string): z.infer<Event> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new FactumError('EVENT_FILE', `${path}: expected JSON, got something else`);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new FactumError('EVENT_FILE', `${path}: ${z.prettifyError(read.error)}`);
}
