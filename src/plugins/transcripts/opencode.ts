import { callOf, isWorkerTool } from '../../core/transcript/tools.ts';
import {
  at,
  type Entry,
  listAt,
  type Reader,
  recordOf,
  textAt,
  type Told,
  transcript,
} from '../../core/transcript/transcript.ts';

/** What `opencode export` writes. A place in it is the index of a message, from 0. */
export const opencode = transcript({
  id: 'opencode',
  title: 'OpenCode',
  summary: 'One JSON document with all messages and the exit codes of commands; places are indexes of messages.',
  lifecycle: 'experimental',
  agent: 'opencode',
  framing: 'whole',
  fits: ({ text }) => /^\s*\{/.test(text) && /"info"\s*:\s*\{/.test(text) && /"id"\s*:\s*"ses_/.test(text),
  run: () => ({ take: (entry) => session(recordOf(entry) ?? {}) }) satisfies Reader,
});

function* session(document: Entry): Iterable<Told> {
  const id = textAt(document, 'info', 'id');
  if (id !== undefined) yield { kind: 'session', id };
  for (const [index, message] of listAt(document, 'messages').entries()) {
    const info = at(message, 'info');
    yield* modelOf(info);
    const speaker = at(info, 'role') === 'assistant' ? 'words' : 'person';
    for (const part of listAt(message, 'parts')) yield* ofPart(part, { index, speaker });
  }
}

/** The model of a message. */
export function* modelOf(info: unknown): Iterable<Told> {
  const model = textAt(info, 'modelID') ?? textAt(info, 'model', 'modelID') ?? textAt(info, 'model');
  if (model !== undefined) yield { kind: 'session', model };
}

/** A part, and of which message it is: its index, and what its text is. */
export function* ofPart(
  part: unknown,
  { index, speaker }: { readonly index: number; readonly speaker: 'words' | 'person' | 'report' },
): Iterable<Told> {
  const [type, text] = [at(part, 'type'), textAt(part, 'text')];
  if (type === 'text' && text !== undefined && at(part, 'synthetic') !== true) {
    const id = textAt(part, 'id');
    yield { kind: speaker, text, at: index, ...(speaker === 'words' && id !== undefined && { id }) };
  }
  if (type === 'compaction') yield { kind: 'resumed', summary: '', at: index };
  if (type !== 'tool') return;
  const [id, name] = [textAt(part, 'callID') ?? `${index}`, textAt(part, 'tool') ?? ''];
  const output = textAt(part, 'state', 'output') ?? textAt(part, 'state', 'error') ?? '';
  if (isWorkerTool(name)) return yield { kind: 'report', text: output, at: index };
  const call = callOf(id, name, at(part, 'state', 'input'));
  yield { ...call, at: index };
  const status = at(part, 'state', 'status');
  const code = at(part, 'state', 'metadata', 'exit');
  const failed = status === 'error';
  const exit = typeof code === 'number' ? code : failed ? 1 : undefined;
  yield {
    kind: 'result',
    id,
    output,
    at: index,
    ...(exit !== undefined && { exit }),
    // A command that fails is "completed": an error is a person's no, an interruption or a call that cannot be.
    ...(failed && (call.command ?? call.writes) !== undefined && { refused: true }),
    ...((status === 'running' || status === 'pending') && { open: true }),
  };
}
