import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { type LocalServer, startServer } from '../http-server.ts';

// GitHub as its documentation tells of it (REST API, version 2022-11-28): events of workflows and a server on loopback.

export const repositoryName = 'octo-org/octo-repo';
/** Of the second job. */
export const token = 't0ken-of-the-second-job';

interface AskedPullRequest {
  readonly head: string;
  readonly base: string;
  readonly title?: string;
  readonly body?: string | null;
}

function repo(fullName: string, fork: boolean): object {
  return {
    id: fork ? 2 : 1,
    name: fullName.split('/')[1],
    full_name: fullName,
    private: false,
    fork,
    html_url: `https://github.com/${fullName}`,
    default_branch: 'main',
  };
}

/** The event that starts a workflow on a pull request from a fork, in the parts that tell it from others. */
export function pullRequestEvent({ head, base, title = 'Sums', body = null }: AskedPullRequest): object {
  return {
    action: 'opened',
    number: 7,
    pull_request: {
      url: `https://api.github.com/repos/${repositoryName}/pulls/7`,
      id: 279147437,
      node_id: 'MDExOlB1bGxSZXF1ZXN0Mjc5MTQ3NDM3',
      html_url: `https://github.com/${repositoryName}/pull/7`,
      number: 7,
      state: 'open',
      locked: false,
      title,
      user: { login: 'Codertocat', id: 21031067, type: 'User', site_admin: false },
      body,
      created_at: '2026-11-01T15:20:33Z',
      updated_at: '2026-11-01T15:20:33Z',
      draft: false,
      head: { label: 'forker:sums', ref: 'sums', sha: head, repo: repo('forker/octo-repo', true) },
      base: { label: 'octo-org:main', ref: 'main', sha: base, repo: repo(repositoryName, false) },
      author_association: 'NONE',
      merged: false,
      commits: 1,
      additions: 1,
      deletions: 1,
      changed_files: 1,
    },
    repository: repo(repositoryName, false),
    sender: { login: 'Codertocat', id: 21031067, type: 'User' },
  };
}

export interface AskedRun {
  readonly head: string;
  readonly conclusion?: string;
  readonly event?: string;
}

/** The event that starts the second workflow. Runs of forks name no pull request. */
export function workflowRunEvent({ head, conclusion = 'failure', event = 'pull_request' }: AskedRun): object {
  return {
    action: 'completed',
    workflow_run: {
      id: 30433642,
      name: 'Factum',
      node_id: 'MDExOldvcmtmbG93UnVuMzA0MzM2NDI=',
      head_branch: 'sums',
      head_sha: head,
      path: '.github/workflows/factum.yml',
      display_title: 'Sums',
      run_number: 562,
      run_attempt: 1,
      event,
      status: 'completed',
      conclusion,
      workflow_id: 159038,
      html_url: `https://github.com/${repositoryName}/actions/runs/30433642`,
      pull_requests: [],
      head_repository: { id: 2, full_name: 'forker/octo-repo', fork: true },
      repository: { id: 1, full_name: repositoryName, fork: false },
    },
    repository: { id: 1, full_name: repositoryName },
    sender: { login: 'Codertocat', type: 'User' },
  };
}

interface Written {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the archive says of its size; default: the truth. */
  readonly size?: number;
}

/** A ZIP archive as `actions/upload-artifact` makes it: deflated, sizes after the data and in the directory at its end. */
export function archiveOf(...files: readonly Written[]): Buffer {
  const pieces: Buffer[] = [];
  const entries: Buffer[] = [];
  for (const { name, content, size } of files) {
    const [bytes, path] = [Buffer.from(content), Buffer.from(name)];
    const data = deflateRawSync(bytes);
    const sums = Buffer.alloc(12);
    sums.writeUInt32LE(crc32(bytes), 0);
    sums.writeUInt32LE(data.length, 4);
    sums.writeUInt32LE(size ?? bytes.length, 8);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04_03_4b_50, 0);
    local.writeUInt16LE(8, 6);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(path.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02_01_4b_50, 0);
    entry.writeUInt16LE(8, 10);
    sums.copy(entry, 16);
    entry.writeUInt16LE(path.length, 28);
    entry.writeUInt32LE(Buffer.concat(pieces).length, 42);
    entries.push(entry, path);
    pieces.push(local, path, data, Buffer.from('PK\u0007\u0008', 'latin1'), sums);
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06_05_4b_50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(Buffer.concat(pieces).length, 16);
  return Buffer.concat([...pieces, directory, end]);
}

export interface AtGitHub {
  /** Undefined: the run left nothing. */
  readonly archive?: Buffer;
  /** What the API says of its size. */
  readonly size?: number;
  /** The head of pull request 7, by now. */
  readonly head: string;
  readonly comments?: readonly {
    readonly id: number;
    readonly body: string;
    readonly user: { readonly login: string };
  }[];
  readonly headRepository?: string | null;
  readonly state?: string;
}

export interface GitHubServer extends LocalServer {
  /** What was written there: method, path and body. */
  readonly writes: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
  /** Authorization headers that the store of archives got: it is another host. */
  readonly leaked: readonly string[];
}

/** Answers what is asked of one repository with one pull request and one run. */
export async function startGitHub(state: AtGitHub): Promise<GitHubServer> {
  const writes: [string, Record<string, unknown>][] = [];
  const leaked: string[] = [];
  const store = await startServer((request, response) => {
    if (request.headers.authorization !== undefined) leaked.push(request.headers.authorization);
    response.end(state.archive);
  });
  const answers: Readonly<Record<string, unknown>> = {
    '/actions/runs/30433642/artifacts': {
      total_count: state.archive === undefined ? 0 : 1,
      artifacts:
        state.archive === undefined
          ? []
          : [
              {
                id: 11,
                name: 'factum-pull-request',
                size_in_bytes: state.size ?? state.archive.length,
                expired: false,
              },
            ],
    },
    '/pulls/7': {
      number: 7,
      state: state.state ?? 'open',
      head: {
        sha: state.head,
        ref: 'sums',
        repo: state.headRepository === null ? null : { full_name: state.headRepository ?? 'forker/octo-repo' },
      },
    },
    '/pulls/8': {
      number: 8,
      state: 'open',
      head: { sha: state.head, ref: 'other', repo: { full_name: 'victim/octo-repo' } },
    },
    '/issues/7/comments': state.comments ?? [],
  };
  const server = await startServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]?.replace(`/repos/${repositoryName}`, '') ?? '';
    if (request.headers.authorization !== `Bearer ${token}`) return void response.writeHead(401).end('{}');
    if (request.method !== 'GET') {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => void (body += text));
      request.on('end', () => {
        writes.push([`${request.method} ${path}`, JSON.parse(body)]);
        response.writeHead(request.method === 'POST' ? 201 : 200).end('{"id":1}');
      });
      return;
    }
    if (path === '/actions/artifacts/11/zip')
      return void response.writeHead(302, { location: `${store.origin}/archive` }).end();
    const answer = answers[path];
    if (answer === undefined) response.writeHead(404).end('{"message":"Not Found"}');
    else response.end(JSON.stringify(answer));
  });
  onTestFinished(async () => {
    await server.close();
    await store.close();
  });
  return { ...server, writes, leaked };
}
