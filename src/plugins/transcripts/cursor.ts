import type { Moment } from '../../core/transcript/moment.ts';
import { callOf, isWorkerTool } from '../../core/transcript/tools.ts';
import {
  at,
  type Entry,
  listAt,
  type Reader,
  recordOf,
  textAt,
  transcript,
  wordsOf,
} from '../../core/transcript/transcript.ts';

/**
 * What `cursor-agent -p --output-format stream-json` prints (cursor.com/docs/cli/reference/output-format), and what Cursor
 * keeps under `~/.cursor/projects/…/agent-transcripts`: calls there have no answers, so they show only that something ran.
 */
export const cursor = transcript({
  id: 'cursor',
  title: 'Cursor',
  summary: 'JSON lines of `cursor-agent`, with answers of tools, or of its kept transcripts, without them.',
  lifecycle: 'experimental',
  agent: 'cursor',
  framing: 'lines',
  fits: ({ lines }) => lines.some(isPrinted) || (lines[0] !== undefined && isKept(lines[0])),
  run: () => new CursorReader(),
});

function isPrinted(line: Entry): boolean {
  return isToolCall(line) || ('timestamp_ms' in line && 'session_id' in line);
}

function isToolCall(line: Entry): boolean {
  return line['type'] === 'tool_call' && recordOf(line['tool_call']) !== undefined;
}

/** `{"role":"user","message":{"content":[…]}}`, without a type. */
function isKept(line: Entry): boolean {
  return !('type' in line) && typeof line['role'] === 'string' && Array.isArray(at(line, 'message', 'content'));
}

class CursorReader implements Reader {
  private readonly calls = new Set<string>();

  *take(entry: unknown, place: number): Iterable<Moment> {
    const line = recordOf(entry) ?? {};
    const [id, model] = [textAt(line, 'session_id'), textAt(line, 'model')];
    if (id !== undefined || model !== undefined)
      yield { kind: 'session', ...(id !== undefined && { id }), ...(model !== undefined && { model }) };
    if (isToolCall(line)) return yield* this.tool(line);
    const role = line['type'] ?? line['role'];
    if (role === 'user') yield* asked(wordsOf(at(line, 'message', 'content')));
    // Streamed pieces of what stands whole in a later line.
    if (role !== 'assistant' || ('timestamp_ms' in line && !('model_call_id' in line))) return;
    for (const [index, block] of listAt(line, 'message', 'content').entries()) {
      const text = textAt(block, 'text');
      if (text !== undefined) yield { kind: 'words', text };
      else yield* unanswered(block, `${place}.${index}`);
    }
  }

  private *tool(line: Entry): Iterable<Moment> {
    const id = textAt(line, 'call_id') ?? '';
    const { name, input, result } = calledIn(line['tool_call']);
    if (!this.calls.has(id) && !isWorkerTool(name)) yield callOf(id, name, input);
    this.calls.add(id);
    if (line['subtype'] !== 'completed') return;
    this.calls.delete(id);
    if (isWorkerTool(name)) yield { kind: 'report', text: JSON.stringify(result ?? '') };
    else yield { kind: 'result', id, ...outcome(result) };
  }
}

/** What stands around a person's words was not written by them. */
function* asked(said: string): Iterable<Moment> {
  const text = /<user_query>([\s\S]*?)<\/user_query>/.exec(said)?.[1] ?? said;
  if (text !== '') yield { kind: 'person', text };
}

function* unanswered(block: unknown, id: string): Iterable<Moment> {
  const name = textAt(block, 'name');
  if (at(block, 'type') !== 'tool_use' || name === undefined) return;
  if (isWorkerTool(name)) return yield { kind: 'report', text: '' };
  yield callOf(id, name, at(block, 'input'));
  yield { kind: 'result', id, output: '' };
}

/** `{"shellToolCall":{"args":{…},"result":{…}}}`, or `{"function":{"name":…,"arguments":"{…}"}}`. */
function calledIn(call: unknown): { readonly name: string; readonly input: unknown; readonly result: unknown } {
  const given = textAt(call, 'function', 'name');
  if (given !== undefined) return { name: given, input: at(call, 'function', 'arguments'), result: at(call, 'result') };
  const key = Object.keys(recordOf(call) ?? {}).find((each) => each.endsWith('ToolCall')) ?? '';
  return { name: key.replace(/ToolCall$/, ''), input: at(call, key, 'args'), result: at(call, key, 'result') };
}

/** One of `success`, `failure`, `timeout`, or what kept it from running: `rejected`, `permissionDenied`, `error`, … */
function outcome(result: unknown): { output: string; exit?: number; refused?: boolean; open?: boolean } {
  const ended = at(result, 'success') ?? at(result, 'failure');
  if (ended === undefined) return { output: '', ...(at(result, 'timeout') === undefined && { refused: true }) };
  const parts = [textAt(ended, 'stdout'), textAt(ended, 'stderr')].filter((part) => part !== undefined);
  const output = textAt(ended, 'interleavedOutput') ?? parts.join('\n');
  const code = at(ended, 'exitCode');
  if (at(ended, 'isBackground') === true) return { output, open: true };
  return { output, ...(typeof code === 'number' && at(ended, 'aborted') !== true && { exit: code }) };
}
