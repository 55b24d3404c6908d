import { z } from 'zod';
import { defineOperation } from '../core/operation.ts';

export const mcp = defineOperation({
  id: 'mcp',
  summary:
    'Serve MCP clients: they file claims, ask for verdicts and take claims back; over stdio, or HTTP with a token',
  scope: 'setup',
  opensItself: true,
  input: z.strictObject({
    http: z.boolean().default(false).describe('streamable HTTP, for bearers of FACTUM_MCP_TOKEN; default: stdio'),
    port: z.int().min(0).max(65_535).default(7381).describe('of --http; 0: one that is free'),
    host: z.string().min(1).default('127.0.0.1').describe('address to listen on; 0.0.0.0: all of this machine'),
    allowHost: z.array(z.string()).default([]).describe('a further name, with its port, that clients reach it by'),
    readOnly: z.boolean().default(false).describe('without the tools that write'),
  }),
  output: z.object({ url: z.string() }),
  async run({ setup, progress }, { allowHost, ...wanted }) {
    const { url, ended } = await setup.serveMcp({ ...wanted, allowHosts: allowHost });
    progress.note(`serving MCP clients at ${url}`);
    await ended;
    return { url };
  },
});
