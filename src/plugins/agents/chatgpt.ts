import { agent } from '../../core/agent/agent.ts';

/** https://platform.openai.com/docs/guides/developer-mode: a client of MCP servers, which nobody can hold at the end of a turn. */
export const chatgpt = agent({
  id: 'chatgpt',
  title: 'ChatGPT',
  summary: 'Has no stop hook.',
  lifecycle: 'experimental',
  instead: 'run factum verify in CI before its work is merged',
});
