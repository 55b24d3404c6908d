import type { Moment } from '../../core/transcript/moment.ts';
import { callOf, isWorkerTool } from '../../core/transcript/tools.ts';
import {
  at,
  type Entry,
  type Reader,
  recordOf,
  textAt,
  transcript,
  wordsOf,
} from '../../core/transcript/transcript.ts';

/** `events.jsonl` of a session under `~/.copilot/session-state`. */
export const copilot = transcript({
  id: 'copilot',
  title: 'GitHub Copilot CLI',
  summary: 'JSON lines with one event each.',
  lifecycle: 'experimental',
  agent: 'copilot',
  framing: 'lines',
  fits: ({ lines }) => lines.some(isOurs),
  run: () => new CopilotReader(),
});

function isOurs({ type, data }: Entry): boolean {
  return (
    typeof type === 'string' &&
    /^(?:session|user|assistant|tool|system)\.\w+$/.test(type) &&
    recordOf(data) !== undefined
  );
}

class CopilotReader implements Reader {
  private readonly workers = new Set<string>();
  /** Shells by their names, and the calls that read them. */
  private readonly shells = new Map<string, string>();
  private readonly aliases = new Map<string, string>();

  *take(entry: unknown): Iterable<Moment> {
    const line = recordOf(entry);
    const data = recordOf(line?.['data']);
    if (line === undefined || data === undefined) return;
    const worker = textAt(data, 'parentToolCallId') !== undefined;
    switch (line['type']) {
      case 'session.start':
      case 'session.resume':
        return yield* begin(line, data);
      case 'session.model_change':
        return yield* model(textAt(data, 'newModel'));
      case 'user.message':
        if (!worker && textAt(data, 'content') !== undefined)
          yield { kind: 'person', text: textAt(data, 'content') ?? '' };
        return;
      case 'assistant.message':
        return yield* words(line, data, worker);
      case 'tool.execution_start':
        return yield* this.call(data, worker);
      case 'tool.execution_complete':
        yield* this.result(data);
    }
  }

  private *call(data: Entry, worker: boolean): Iterable<Moment> {
    const [id, name] = [textAt(data, 'toolCallId') ?? '', textAt(data, 'toolName') ?? ''];
    const given = data['arguments'];
    if (isWorkerTool(name)) this.workers.add(id);
    const shell = textAt(given, 'shellId') ?? textAt(given, 'sessionId');
    const first = shell === undefined || /^(?:bash|powershell)$/.test(name) ? undefined : this.shells.get(shell);
    if (first !== undefined) this.aliases.set(id, first);
    else yield { ...callOf(id, name, given), ...(worker && { worker }) };
  }

  private *result(data: Entry): Iterable<Moment> {
    const given = textAt(data, 'toolCallId') ?? '';
    const output =
      wordsOf(at(data, 'result', 'detailedContent') ?? at(data, 'result', 'content')) ||
      (textAt(data, 'error', 'message') ?? '');
    if (this.workers.has(given)) return yield { kind: 'report', text: output };
    const id = this.aliases.get(given) ?? given;
    const ended =
      /<(?:shellId: \w+ completed with|exited with|command with shellId \S+ exited with) exit code (-?\d+)>?/.exec(
        output,
      )?.[1];
    const shell = /(?:shellId|sessionId|session)[ :]+(\w+)/i.exec(output)?.[1];
    const open = ended === undefined && /still running|started in (?:detached )?background/i.test(output);
    if (open && shell !== undefined) this.shells.set(shell, id);
    const code = ended === undefined ? (data['success'] === true ? undefined : 1) : Number(ended);
    yield { kind: 'result', id, output, ...(code !== undefined && { exit: code }), ...(open && { open }) };
  }
}

function* begin(line: Entry, data: Entry): Iterable<Moment> {
  const id = textAt(data, 'sessionId');
  if (id !== undefined) yield { kind: 'session', id };
  yield* model(textAt(data, 'selectedModel'));
  if (line['type'] === 'session.resume') yield { kind: 'resumed', summary: '' };
}

function* model(name: string | undefined): Iterable<Moment> {
  if (name !== undefined) yield { kind: 'session', model: name };
}

function* words(line: Entry, data: Entry, worker: boolean): Iterable<Moment> {
  yield* model(textAt(data, 'model'));
  const [text, id] = [textAt(data, 'content'), textAt(line, 'id')];
  if (text === undefined) return;
  yield worker ? { kind: 'report', text } : { kind: 'words', text, ...(id !== undefined && { id }) };
}
