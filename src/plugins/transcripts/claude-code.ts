import { callOf, isWorkerTool } from '../../core/transcript/tools.ts';
import type { Moment } from '../../core/transcript/moment.ts';
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

/** Sessions under `~/.claude/projects`, and what `claude -p --output-format stream-json` prints. Internal: read leniently. */
export const claudeCode = transcript({
  id: 'claude-code',
  title: 'Claude Code',
  summary: 'JSON lines with one message or event each, sub-agents included.',
  lifecycle: 'experimental',
  agent: 'claude-code',
  framing: 'lines',
  fits: ({ lines }) => lines.some(isOurs),
  run: () => new ClaudeReader(),
});

function isOurs(line: Entry): boolean {
  const { type } = line;
  const hasSession = typeof line['sessionId'] === 'string' || typeof line['session_id'] === 'string';
  if (type === 'user' || type === 'assistant')
    return recordOf(line['message']) !== undefined && at(line, 'message', 'role') !== undefined;
  return (hasSession && (type === 'system' || type === 'progress')) || (type === 'summary' && 'leafUuid' in line);
}

class ClaudeReader implements Reader {
  /** The whole file is one worker's: its words are the session's. */
  private workersOwn: boolean | undefined;
  private readonly workers = new Set<string>();
  /** Shells in the background, by what names them, and the calls that read them. */
  private readonly background = new Map<string, string>();
  private readonly aliases = new Map<string, string>();
  private begun = false;
  /** Of lines before the first message: its parent may be one of them. */
  private readonly uuids = new Set<string | undefined>();

  *take(entry: unknown): Iterable<Moment> {
    const line = recordOf(entry);
    if (line === undefined) return;
    const { type } = line;
    if (type === 'progress') {
      if (!this.begun) this.uuids.add(textAt(line, 'uuid'));
      return yield* this.ofWorker(line);
    }
    const message = recordOf(line['message']);
    if (message === undefined || (type !== 'user' && type !== 'assistant'))
      return void this.uuids.add(textAt(line, 'uuid'));
    yield* this.begin(line);
    this.workersOwn ??= line['isSidechain'] === true;
    const worker = line['isSidechain'] === true && !this.workersOwn;
    yield* type === 'assistant' ? this.ofAgent(line, message, worker) : this.ofUser(line, message, worker);
  }

  private *begin(line: Entry): Iterable<Moment> {
    const id = textAt(line, 'sessionId') ?? textAt(line, 'session_id');
    const model = textAt(line, 'message', 'model');
    yield {
      kind: 'session',
      ...(id === undefined ? {} : { id }),
      ...(model === undefined || model === '<synthetic>' ? {} : { model }),
    };
    const parent = textAt(line, 'parentUuid');
    if (!this.begun && ((parent !== undefined && !this.uuids.has(parent)) || line['isCompactSummary'] === true))
      yield {
        kind: 'resumed',
        summary: line['isCompactSummary'] === true ? wordsOf(at(line, 'message', 'content')) : '',
      };
    this.begun = true;
  }

  private *ofAgent(line: Entry, message: Entry, worker: boolean): Iterable<Moment> {
    const id = textAt(line, 'uuid');
    const { content } = message;
    const blocks: readonly unknown[] =
      typeof content === 'string' ? [{ type: 'text', text: content }] : listAt(message, 'content');
    for (const block of blocks) {
      const kind = at(block, 'type');
      const text = textAt(block, 'text');
      if (kind === 'text' && text !== undefined) {
        if (worker) yield { kind: 'report', text };
        else yield { kind: 'words', text, ...(id === undefined ? {} : { id }) };
      } else if (kind === 'tool_use') yield* this.call(block, worker);
    }
  }

  private *call(block: unknown, worker: boolean): Iterable<Moment> {
    const [id, name] = [textAt(block, 'id') ?? '', textAt(block, 'name') ?? ''];
    const input = at(block, 'input');
    if (isWorkerTool(name)) this.workers.add(id);
    const shell = textAt(input, 'bash_id') ?? textAt(input, 'task_id') ?? textAt(input, 'shell_id');
    const first = shell === undefined ? undefined : this.background.get(shell);
    if (first !== undefined) this.aliases.set(id, first);
    else yield { ...callOf(id, name, input), ...(worker ? { worker } : {}) };
  }

  private *ofUser(line: Entry, message: Entry, worker: boolean): Iterable<Moment> {
    const { content } = message;
    const blocks = Array.isArray(content) ? (content as readonly unknown[]) : [];
    for (const block of blocks) if (at(block, 'type') === 'tool_result') yield* this.result(line, block);
    const said =
      typeof content === 'string' ? content : wordsOf(blocks.filter((block) => at(block, 'type') === 'text'));
    if (said === '' || worker) return;
    yield* this.notified(said);
    const report = reportIn(said);
    if (report !== undefined) return yield { kind: 'report', text: report };
    if (line['isCompactSummary'] !== true && line['isMeta'] !== true && !said.startsWith('<'))
      yield { kind: 'person', text: said };
  }

  private *result(line: Entry, block: unknown): Iterable<Moment> {
    const given = textAt(block, 'tool_use_id') ?? '';
    const id = this.aliases.get(given) ?? given;
    const output = outputOf(line, block);
    if (this.workers.has(given)) {
      if (at(block, 'is_error') !== true) yield { kind: 'report', text: output };
      return;
    }
    const shell =
      /^(?:Command running in background with ID: |Command was manually backgrounded by user with ID: )(\w+)/.exec(
        output,
      )?.[1];
    if (shell !== undefined) this.background.set(shell, id);
    yield shell === undefined
      ? { kind: 'result', id, ...outcome(output, at(block, 'is_error') === true) }
      : { kind: 'result', id, output, open: true };
  }

  /** `<task-notification>`: a background command ended. */
  private *notified(text: string): Iterable<Moment> {
    const shell = /<task-id>(\w+)<\/task-id>/.exec(text)?.[1];
    const id = shell === undefined ? undefined : this.background.get(shell);
    const exit = /exit code (\d+)/.exec(text)?.[1];
    if (id !== undefined && exit !== undefined) yield { kind: 'result', id, output: '', exit: Number(exit) };
  }

  /** Workers' messages that older versions wrote as progress. */
  private *ofWorker(line: Entry): Iterable<Moment> {
    if (at(line, 'data', 'type') !== 'agent_progress') return;
    const inner = recordOf(at(line, 'data', 'message'));
    const message = recordOf(inner?.['message']);
    if (inner === undefined || message === undefined) return;
    yield* inner['type'] === 'assistant' ? this.ofAgent(inner, message, true) : this.ofUser(inner, message, true);
  }
}

/** What a team mate or an agent in the background says stands among what persons say. */
function reportIn(said: string): string | undefined {
  const [, mate, result] =
    /^<teammate-message\b[^>]*>([\s\S]*)<\/teammate-message>|^<task-notification>[\s\S]*<result>([\s\S]*)<\/result>/.exec(
      said,
    ) ?? [];
  return mate ?? result;
}

/** Standard output and error are whole beside the message, which may be a preview. */
function outputOf(line: Entry, block: unknown): string {
  const [out, err] = [textAt(line, 'toolUseResult', 'stdout'), textAt(line, 'toolUseResult', 'stderr')];
  const shown = wordsOf(at(block, 'content'));
  const whole = [out, err].filter((part) => part !== undefined).join('\n');
  return listAt(line, 'message', 'content').length === 1 && whole.length > shown.length ? whole : shown;
}

const refusals =
  /^(?:The user doesn't want to|Permission to use|Claude requested permissions|<tool_use_error>|\[Request interrupted|This command requires approval|Permission for this action)/;

/** No error means exit code 0 of the last command in the pipe, which may not be the one that matters. */
function outcome(output: string, failed: boolean): { output: string; exit?: number; refused?: boolean } {
  if (failed && refusals.test(output)) return { output, refused: true };
  const exit = /^(?:Error: )?Exit code (\d+)/.exec(output)?.[1] ?? /<exit_code>(\d+)<\/exit_code>/.exec(output)?.[1];
  if (exit !== undefined) return { output, exit: Number(exit) };
  if (/<status>running<\/status>/.test(output)) return { output };
  return failed ? { output, ...(/timed out/i.test(output) ? {} : { exit: 1 }) } : { output, exit: 0 };
}
