import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Folder of reference transcripts, or undefined where it is not installed. */
export function transcriptFolder(): string | undefined {
  const data = process.env['FACTUM_TEST_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');
  const folder = join(data, 'transcripts-dev');
  return existsSync(join(folder, 'manifest.json')) ? folder : undefined;
}

interface Quote {
  readonly file: string;
  readonly line: number;
  readonly quote: string;
  readonly expected: string;
}

/** The hand-labelled claims of the transcripts. */
export function quotesOf(folder: string): readonly Quote[] {
  const { files } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    files: readonly { file: string; claims: readonly Omit<Quote, 'file'>[] }[];
  };
  return files.flatMap(({ file, claims }) =>
    claims.map(({ line, quote, expected }) => ({ file, line, quote, expected })),
  );
}

/** Everything the agent said in a transcript, oldest first; lines that are not JSON are passed over. */
export function messagesOf(folder: string, file: string): readonly string[] {
  const text = readFileSync(join(folder, file), 'utf8');
  if (file.endsWith('.md')) return text.split(/^_\*\*(?:Agent|Assistant|User)[^\n]*$/m);
  return text.split('\n').flatMap((line) => textsOf(parsed(line)));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Claude: message.content[].text; Codex: payload.content[].text or payload.message; Copilot: data.content. */
function textsOf(entry: unknown): readonly string[] {
  const type = field(entry, 'type');
  const message = field(entry, 'message') ?? field(entry, 'payload') ?? field(entry, 'data');
  const role = field(message, 'role') ?? type;
  if (typeof role !== 'string' || !role.includes('assistant')) return [];
  const content = field(message, 'content');
  if (typeof content === 'string') return [content];
  if (!Array.isArray(content)) return [];
  return content.map((piece) => field(piece, 'text')).filter((text) => typeof text === 'string');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
