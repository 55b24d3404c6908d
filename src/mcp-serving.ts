import manifest from '../package.json' with { type: 'json' };
import type { World } from './compose.ts';
import { redact } from './core/claim/redact.ts';
import { FactumError, messageOf } from './core/errors.ts';
import type { McpWanted, Operation, SetupContext } from './core/operation.ts';
import type { InboxPage } from './host/inbox-page.ts';
import { secretsOf } from './host/secrets.ts';
import type { Inbox } from './report/html/inbox.ts';
import { serveHttp } from './mcp/http.ts';
import { type Door, mcpServer } from './mcp/server.ts';
import { serveStdio } from './mcp/stdio.ts';
import { toolForms } from './mcp/tools.ts';
import { operations } from './ops/index.ts';
import { openSession, type SessionOptions } from './session.ts';

type Served = Awaited<ReturnType<SetupContext['setup']['serveMcp']>> & { close(): Promise<void> };

/** Serves operations to MCP clients until it is ended. Throws USAGE, SERVE_PORT. */
export async function startMcp(world: World, wanted: McpWanted & { readonly repo?: string }): Promise<Served> {
  // Nobody sits at this terminal: it belongs to the client. And each call sees the repository as it is by then.
  const { ask: _nobody, opening: _earlier, ...quiet } = world;
  const { repo } = wanted;
  const where = repo === undefined ? {} : { repo };
  let turn: Promise<unknown> = Promise.resolve();
  let inbox: Promise<InboxPage> | undefined;
  const inboxUrl = async (): Promise<string> => (await (inbox ??= openInbox(quiet, where))).url;
  const asked = isOnThisMachine(wanted) ? { ...where, inboxUrl } : where;
  // Whoever asked for one that did not open has heard why.
  const closeInbox = async (): Promise<void> => (await inbox?.catch(() => undefined))?.close();
  const door: Door = {
    version: manifest.version,
    tools: await Promise.all(toolForms.map(async (form) => ({ ...form, does: await operations[form.operation]() }))),
    redact: (text) => redact(text, secretsOf(world.env)),
    call(operation, input, speaker) {
      // One after the other: a browser and the place of local runs are the process's own.
      const next = turn.then(() => callOnce(quiet, { operation, input }, { ...asked, speaker, via: 'mcp' }));
      turn = next.catch(() => undefined);
      return next;
    },
  };
  if (!wanted.http) {
    const { ended, close } = await serveStdio(mcpServer(door, !wanted.readOnly));
    // What was asked before the client went is done and answered.
    return { url: 'stdio', ended: ended.then(() => turn).then(closeInbox), close };
  }
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const tokens = tokensIn(world.env, wanted.readOnly);
  const { url, close } = await serveHttp((mayWrite) => mcpServer(door, mayWrite), {
    ...wanted,
    tokens,
    redact: door.redact,
  });
  return { url, ended, close: () => close().then(closeInbox).then(end) };
}

/** A page for people elsewhere would need a name and a right of its own; a further name means a proxy, and clients elsewhere. */
function isOnThisMachine({ http, host, allowHosts }: McpWanted): boolean {
  return !http || (allowHosts.length === 0 && ['127.0.0.1', '::1', 'localhost'].includes(host));
}

/** What waits for each human of each pod, as of when the page is opened. */
async function openInbox(world: World, where: { readonly repo?: string }): Promise<InboxPage> {
  const { openInboxPage } = await import('./host/inbox-page.ts');
  const { inboxHtml } = await import('./report/html/inbox.ts');
  const { run } = await operations.inbox();
  return openInboxPage(async () => {
    const { context, close } = await openSession(world, 'read', { ...where, via: 'mcp' });
    try {
      const { pods } = context.settings.config;
      const people = new Set(pods.flatMap(({ members }) => members.humans.map(({ id }) => id)));
      return inboxHtml(await Promise.all([...people].map(async (as) => (await run(context, { as })) as Inbox)));
    } finally {
      await close();
    }
  });
}

interface Call {
  readonly operation: Operation;
  readonly input: Record<string, unknown>;
}

async function callOnce(world: World, { operation, input }: Call, options: SessionOptions): Promise<unknown> {
  const session = await openSession(world, operation.scope, options);
  try {
    return await operation.run(session.context, input);
  } finally {
    // What was recorded stands, and a later command publishes it, too.
    await session.publish().catch((thrown: unknown) => world.terminal.err(`${messageOf(thrown)}\n`));
    await session.close();
  }
}

/** Shorter ones can be guessed. */
const leastToken = 16;

function tokensIn(env: World['env'], readOnly: boolean) {
  const [write, read] = ['FACTUM_MCP_TOKEN', 'FACTUM_MCP_READ_TOKEN'].map((name) => {
    const token = env[name] || undefined;
    if (token !== undefined && token.length < leastToken)
      throw new FactumError('USAGE', `${name} has ${token.length} characters; expected ${leastToken} at least`);
    return token;
  });
  if (write === undefined && read === undefined)
    throw new FactumError(
      'USAGE',
      'set FACTUM_MCP_TOKEN (may write) or FACTUM_MCP_READ_TOKEN: --http answers nobody without',
    );
  return { write: readOnly ? undefined : write, read };
}
