import { z } from 'zod';
import { printable } from '../../core/claim/redact.ts';
import { FactumError, messageOf } from '../../core/errors.ts';
import { couldNotLook } from '../../core/ports.ts';
import type { Comment, Forge } from '../../core/pull-request/forge.ts';
import { bodyOf } from './answer.ts';
import { onlyFileIn } from './archive.ts';

const mostAnswerBytes = 32 * 1024 * 1024;
const mostPages = 30;
const perPage = 100;

const Artifacts = z.object({
  artifacts: z.array(z.object({ id: z.int(), name: z.string(), size_in_bytes: z.int(), expired: z.boolean() })),
});
const PullRequest = z.object({
  state: z.string(),
  head: z.object({ sha: z.string(), ref: z.string(), repo: z.object({ full_name: z.string() }).nullable() }),
});
const Comments = z.array(
  z.object({ id: z.int(), body: z.string().nullish(), user: z.object({ login: z.string() }).nullable() }),
);

interface Access {
  /** `owner/name` */
  readonly repository: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

interface Asking {
  readonly method?: 'POST' | 'PATCH';
  readonly body?: object;
}

/** By the REST API, as the documentation of version 2022-11-28 gives it. Throws USAGE without a token or with a strange address. */
export function openGitHub({ repository, env }: Access): Forge {
  const root = `${apiOf(env['GITHUB_API_URL'])}/repos/${repository}`;
  const token = env['GITHUB_TOKEN'];
  if (token === undefined || token === '')
    throw new FactumError('USAGE', 'set GITHUB_TOKEN: nothing is told to GitHub without');

  async function ask(path: string, { method, body }: Asking = {}): Promise<Response> {
    try {
      return await fetch(`${root}${path}`, {
        method: method ?? 'GET',
        signal: AbortSignal.timeout(60_000),
        headers: {
          accept: 'application/vnd.github+json',
          authorization: `Bearer ${token}`,
          'user-agent': 'factum',
          'x-github-api-version': '2022-11-28',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new FactumError('FORGE_FAILED', `${root}${path} cannot be reached: ${messageOf(cause)}`, { cause });
    }
  }

  async function read<Answer extends z.ZodType>(
    schema: Answer,
    path: string,
    asking: Asking = {},
  ): Promise<z.infer<Answer> | undefined> {
    const response = await ask(path, asking);
    const text = Buffer.from((await bodyOf(response, mostAnswerBytes)) ?? []).toString();
    if (response.status === 404 && asking.method === undefined) return undefined;
    const what = `${asking.method ?? 'GET'} ${root}${path}`;
    if (!response.ok)
      throw new FactumError('FORGE_FAILED', `${what}: ${response.status} ${printable(text.slice(0, 300))}`);
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      throw new FactumError('FORGE_FAILED', `${what}: expected GitHub's answer, got another`, { cause });
    }
  }

  /** Of the token's own account only: anybody may write the mark. */
  async function ownComment(number: number, { mark, author }: Comment): Promise<number | undefined> {
    for (let page = 1; page <= mostPages; page++) {
      const comments = (await read(Comments, `/issues/${number}/comments?per_page=${perPage}&page=${page}`)) ?? [];
      const own = comments.find(({ body, user }) => user?.login === author && body?.startsWith(mark) === true);
      if (own !== undefined) return own.id;
      if (comments.length < perPage) return undefined;
    }
    return undefined;
  }

  return {
    async artifact(run, { name, mostBytes }) {
      const query = `name=${encodeURIComponent(name)}&per_page=${perPage}`;
      const listed = (await read(Artifacts, `/actions/runs/${run}/artifacts?${query}`))?.artifacts ?? [];
      const [newest] = listed.filter((each) => each.name === name && !each.expired).toSorted((a, b) => b.id - a.id);
      if (newest === undefined) return couldNotLook('broken', 'the run left no result');
      if (newest.size_in_bytes > mostBytes) return couldNotLook('too-large', 'what the run left is too large');
      const response = await ask(`/actions/artifacts/${newest.id}/zip`);
      const archive = response.ok ? await bodyOf(response, mostBytes) : undefined;
      if (!response.ok) return couldNotLook('broken', `what the run left is not given: ${response.status}`);
      if (archive === undefined) return couldNotLook('too-large', 'what the run left is too large');
      return onlyFileIn(archive, `${name}.json`, mostBytes);
    },
    async pullRequest(number) {
      const found = await read(PullRequest, `/pulls/${number}`);
      if (found === undefined) return undefined;
      const { sha, ref, repo } = found.head;
      return {
        isOpen: found.state === 'open',
        head: { sha, branch: ref, ...(repo === null ? {} : { repository: repo.full_name }) },
      };
    },
    async setStatus(commit, { state, description, url }) {
      const body = { state, description: description.slice(0, 140), target_url: url, context: 'factum' };
      await read(z.object({}), `/statuses/${commit}`, { method: 'POST', body });
    },
    async comment(number, comment) {
      const own = await ownComment(number, comment);
      const body = { body: comment.text };
      if (own !== undefined) await read(z.object({}), `/issues/comments/${own}`, { method: 'PATCH', body });
      else if (comment.isNews) await read(z.object({}), `/issues/${number}/comments`, { method: 'POST', body });
      return own !== undefined || comment.isNews;
    },
  };
}

/** The token goes there: only over TLS, or to this machine. */
function apiOf(address = 'https://api.github.com'): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isHere = url?.protocol === 'http:' && /^(?:127\.0\.0\.1|localhost)$/.test(url.hostname);
  if (url === undefined || (url.protocol !== 'https:' && !isHere))
    throw new FactumError('USAGE', `GITHUB_API_URL: expected an https address, got ${address}`);
  return address.replace(/\/+$/, '');
}
