import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';

/** Serves the client at this process's standard input and output; `ended` when it closes them. */
export async function serveStdio(
  server: McpServer,
): Promise<{ readonly ended: Promise<void>; close(): Promise<void> }> {
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  process.stdin.once('end', end).once('close', end);
  await server.connect(new StdioServerTransport());
  return { ended, close: () => server.close() };
}
