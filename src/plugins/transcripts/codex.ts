import type { Moment } from '../../core/transcript/moment.ts';
import { callOf, keysAt } from '../../core/transcript/tools.ts';
import {
  at,
  type Entry,
  type Reader,
  recordOf,
  textAt,
  transcript,
  wordsOf,
} from '../../core/transcript/transcript.ts';

/** Rollouts under `~/.codex/sessions`, new and old, and what `codex exec --json` prints. */
export const codex = transcript({
  id: 'codex',
  title: 'Codex CLI',
  summary: 'JSON lines: rollouts of all versions, and the events of codex exec.',
  lifecycle: 'experimental',
  agent: 'codex',
  framing: 'lines',
  fits: ({ lines }) => lines.some(isOurs),
  run: () => new CodexReader(),
});

function isOurs(line: Entry): boolean {
  const type = textAt(line, 'type') ?? '';
  if (recordOf(line['payload']) !== undefined)
    return /^(?:session_meta|turn_context|response_item|event_msg|compacted)$/.test(type);
  if ('record_type' in line) return true;
  return /^(?:thread\.started|item\.completed)$/.test(type) || (type.startsWith('function_call') && 'call_id' in line);
}

class CodexReader implements Reader {
  /** Shells that still run, and the calls that wrote to them. */
  private readonly running = new Map<string, string>();
  private readonly aliases = new Map<string, string>();
  /** Calls that answer with what a worker says. */
  private readonly workers = new Set<string>();
  private said = { text: '', by: '' };

  *take(entry: unknown): Iterable<Moment> {
    const line = recordOf(entry);
    if (line === undefined) return;
    const payload = recordOf(line['payload']);
    const type = textAt(line, 'type');
    if (type === 'session_meta' || (type === undefined && 'instructions' in line)) return yield* begin(payload ?? line);
    if (type === 'turn_context') return yield* begin({ model: payload?.['model'] });
    if (type === 'thread.started') return yield* begin({ id: line['thread_id'] });
    if (type === 'item.completed') return yield* this.executed(recordOf(line['item']) ?? {});
    yield* this.item(payload ?? line);
  }

  private *item(item: Entry): Iterable<Moment> {
    const type = textAt(item, 'type') ?? '';
    if (type === 'message') yield* this.message(item);
    else if (type === 'agent_message') yield* this.words(textAt(item, 'message'), 'event');
    else if (type === 'user_message') yield* person(textAt(item, 'message'));
    else if (/^(?:function_call|custom_tool_call|local_shell_call)$/.test(type)) yield* this.call(item);
    else if (/^(?:function_call|custom_tool_call|local_shell_call)_output$/.test(type)) yield* this.result(item);
    else if (type === 'patch_apply_end') yield* patched(item);
  }

  private *message(item: Entry): Iterable<Moment> {
    const text = wordsOf(item['content']);
    if (item['role'] === 'assistant') yield* this.words(text, 'item');
    else if (item['role'] === 'user') yield* person(text);
  }

  /** New versions write what the agent says twice: as an event, and as an item. */
  private *words(text: string | undefined, by: string): Iterable<Moment> {
    if (text === undefined || text === '') return;
    const isTwin = text.trim() === this.said.text && by !== this.said.by;
    this.said = isTwin ? { text: '', by: '' } : { text: text.trim(), by };
    if (!isTwin) yield { kind: 'words', text };
  }

  private *call(item: Entry): Iterable<Moment> {
    const id = textAt(item, 'call_id') ?? textAt(item, 'id') ?? '';
    const name = textAt(item, 'name') ?? 'local_shell';
    const input = argumentsOf(item);
    if (/^(?:wait|wait_agent|spawn_agent)$/.test(name)) return void this.workers.add(id);
    const session = at(input, 'session_id');
    const first = session === undefined ? undefined : this.running.get(String(session));
    if (first !== undefined) this.aliases.set(id, first);
    else yield callOf(id, name, input);
  }

  private *result(item: Entry): Iterable<Moment> {
    const given = textAt(item, 'call_id') ?? '';
    const id = this.aliases.get(given) ?? given;
    const { output, exit } = answerOf(item['output']);
    if (this.workers.has(given)) return yield { kind: 'report', text: plain(output) };
    const session = /^Process running with session ID (\d+)/m.exec(output.slice(0, 400))?.[1];
    if (session !== undefined) this.running.set(session, id);
    yield {
      kind: 'result',
      id,
      output,
      ...(exit !== undefined && { exit }),
      ...(session !== undefined && { open: true }),
    };
  }

  private *executed(item: Entry): Iterable<Moment> {
    const [type, id] = [textAt(item, 'type') ?? textAt(item, 'item_type'), textAt(item, 'id') ?? ''];
    if (type === 'agent_message' || type === 'assistant_message')
      return yield* this.words(textAt(item, 'text'), 'exec');
    if (type === 'command_execution') {
      yield callOf(id, 'shell', { command: item['command'] });
      const exit = item['exit_code'];
      yield {
        kind: 'result',
        id,
        output: textAt(item, 'aggregated_output') ?? '',
        ...(typeof exit === 'number' && { exit }),
      };
    }
    if (type === 'file_change') {
      const changes = Array.isArray(item['changes']) ? (item['changes'] as readonly unknown[]) : [];
      yield { kind: 'call', id, writes: changes.flatMap((change) => textAt(change, 'path') ?? []) };
      yield { kind: 'result', id, output: '', exit: item['status'] === 'failed' ? 1 : 0 };
    }
  }
}

function* begin(meta: Entry): Iterable<Moment> {
  const [id, model] = [textAt(meta, 'id') ?? textAt(meta, 'session_id'), textAt(meta, 'model')];
  yield { kind: 'session', ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
}

/** The texts of an answer in JSON, each on lines of its own. */
function plain(json: string): string {
  return json.replaceAll(/\\n|[{}"]/g, '\n');
}

/** What the tool itself puts in is in angle brackets. */
function* person(text: string | undefined): Iterable<Moment> {
  if (text !== undefined && text !== '' && !/^\s*(?:<|# AGENTS\.md)/.test(text)) yield { kind: 'person', text };
}

function* patched(item: Entry): Iterable<Moment> {
  if (item['success'] !== true) return;
  const id = `${textAt(item, 'call_id') ?? ''}/patch`;
  yield { kind: 'call', id, writes: keysAt(item['changes']) };
  yield { kind: 'result', id, output: '', exit: 0 };
}

function argumentsOf(item: Entry): unknown {
  if (item['action'] !== undefined) return { command: at(item, 'action', 'command') };
  const given = item['arguments'] ?? item['input'];
  if (typeof given !== 'string' || !given.trimStart().startsWith('{')) return given;
  try {
    return JSON.parse(given);
  } catch {
    return given;
  }
}

/** A text with a head of its own, or JSON around it. */
function answerOf(value: unknown): { readonly output: string; readonly exit?: number } {
  let output = typeof value === 'string' ? value : wordsOf(value);
  let exit: unknown;
  if (recordOf(value) !== undefined) output = textAt(value, 'content') ?? textAt(value, 'output') ?? '';
  if (output.startsWith('{"output"') || output.startsWith('{"metadata"')) {
    try {
      const inner: unknown = JSON.parse(output);
      exit = at(inner, 'metadata', 'exit_code');
      output = textAt(inner, 'output') ?? '';
    } catch {
      // Cut: what is there is read as it is.
    }
  }
  exit ??= codeIn(output.slice(0, 400));
  return { output, ...(typeof exit === 'number' && { exit }) };
}

function codeIn(head: string): number | undefined {
  const found = /^(?:Process exited with code|Exit code:|exit_code:) ?(-?\d+)/m.exec(head)?.[1];
  if (found !== undefined) return Number(found);
  return /^(?:Success\. Updated|Done!)/.test(head) ? 0 : undefined;
}
