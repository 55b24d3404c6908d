import { type Paper, paragraph } from './paper.ts';

export function mcpText(paper: Paper, { url }: { url: string }): string {
  return url === 'stdio' ? '' : paragraph(paper, '', `Served MCP clients at ${url}.`);
}

interface Asked {
  readonly waitsFor: readonly string[];
  readonly confirmations: number;
  readonly quorum: number;
  readonly command: string;
}

export function askText(paper: Paper, { waitsFor, confirmations, quorum, command }: Asked): string {
  const who = waitsFor.length === 0 ? 'nobody who could answer' : waitsFor.join(', ');
  return [
    paragraph(paper, '', `${confirmations} of ${quorum} humans confirmed it; it waits for ${who}`),
    paragraph(paper, 'they answer  ', command),
  ].join('\n');
}
