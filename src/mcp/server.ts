import { McpServer, ResourceTemplate } from '@modelcontextprotocol/sdk/server/mcp.js';
import { CallToolRequestSchema, ListToolsRequestSchema, type Tool } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { Actor } from '../core/actor.ts';
import { printableJson } from '../core/claim/redact.ts';
import { FactumError, messageOf } from '../core/errors.ts';
import type { Operation } from '../core/operation.ts';
import type { ToolForm } from './tools.ts';

export interface LoadedTool extends ToolForm {
  readonly operation: string;
  readonly does: Operation;
}

export interface Door {
  readonly version: string;
  readonly tools: readonly LoadedTool[];
  /** Runs an operation for a client on what its schema read. Throws FactumError. */
  call(operation: Operation, input: Record<string, unknown>, speaker: Actor): Promise<unknown>;
  /** What may be told of something that went wrong. */
  redact(text: string): string;
}

/** A server for one client; without the right to write it has no tool that writes. */
export function mcpServer(door: Door, mayWrite: boolean): McpServer {
  const mcp = new McpServer({ name: 'factum', version: door.version }, { capabilities: { tools: {} } });
  const { server } = mcp;
  const tools = door.tools.filter(({ does }) => mayWrite || does.scope === 'read');
  const speaker = (): Actor => ({ kind: 'agent', id: clientName(server.getClientVersion()?.name) });
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: tools.map(described) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const tool = tools.find(({ name }) => name === params.name);
    try {
      if (tool === undefined)
        throw new FactumError('USAGE', `no tool ${params.name}; tools: ${tools.map(({ name }) => name).join(', ')}`);
      const answer = await door.call(tool.does, inputFor(tool, params.arguments ?? {}), speaker());
      const structuredContent = JSON.parse(JSON.stringify(answer)) as Record<string, unknown>;
      return { content: [{ type: 'text', text: printableJson(structuredContent) }], structuredContent };
    } catch (thrown) {
      return { isError: true, content: [{ type: 'text', text: door.redact(wordsOf(thrown)) }] };
    }
  });
  const resource = (name: string, uri: string, read: Read): void => {
    mcp.registerResource(
      name,
      new ResourceTemplate(uri, { list: undefined }),
      { mimeType: 'application/json' },
      async (at, given) => {
        const { operation, input } = read(String(given['id']));
        const does = door.tools.find((tool) => tool.operation === operation)?.does;
        if (does === undefined) throw new FactumError('INTERNAL', `no operation ${operation}`);
        const text = printableJson(await door.call(does, parsed(name, does, input), speaker()));
        return { contents: [{ uri: at.href, mimeType: 'application/json', text }] };
      },
    );
  };
  resource('claim', 'claim://{id}', (claim) => ({ operation: 'show', input: { claim } }));
  resource('pod', 'pod://{id}/state', (pod) => ({ operation: 'list', input: { pod } }));
  return mcp;
}

type Read = (id: string) => { readonly operation: string; readonly input: Record<string, unknown> };

function described({ name, takes, does }: LoadedTool): Tool {
  const { properties = {}, required = [] } = z.toJSONSchema(does.input, { io: 'input' });
  const isTaken = (field: string): boolean => takes.includes(field);
  return {
    name,
    description: does.summary,
    inputSchema: {
      type: 'object',
      properties: Object.fromEntries(Object.entries(properties).filter(([field]) => isTaken(field))) as Record<
        string,
        object
      >,
      required: required.filter(isTaken),
      additionalProperties: false,
    },
    annotations: { readOnlyHint: does.scope === 'read', destructiveHint: false, idempotentHint: does.scope === 'read' },
  };
}

/** The operation's own schema has the last word. Throws USAGE. */
function inputFor({ name, takes, does }: LoadedTool, given: Record<string, unknown>): Record<string, unknown> {
  const other = Object.keys(given).find((field) => !takes.includes(field));
  if (other !== undefined) throw new FactumError('USAGE', `${name} takes ${takes.join(', ')}; got ${other}`);
  return parsed(name, does, given);
}

/** Throws USAGE. */
function parsed(name: string, { input }: Operation, given: Record<string, unknown>): Record<string, unknown> {
  const read = input.safeParse(given);
  if (!read.success) throw new FactumError('USAGE', `${name}: ${z.prettifyError(read.error)}`);
  return read.data as Record<string, unknown>;
}

/** What a client calls itself: nobody vouches for it. */
function clientName(name = ''): string {
  const clean = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .slice(0, 100);
  return clean === '' ? 'mcp-client' : clean;
}

function wordsOf(thrown: unknown): string {
  if (!(thrown instanceof FactumError)) return `INTERNAL: ${messageOf(thrown)}`;
  return `${thrown.code}: ${thrown.message}\nnext: ${thrown.entry.fix}`;
}
