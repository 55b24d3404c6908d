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
    const model =
      textAt(message, 'info', 'modelID') ??
      textAt(message, 'info', 'model', 'modelID') ??
      textAt(message, 'info', 'model');
    if (model !== undefined) yield { kind: 'session', model };
    for (const part of listAt(message, 'parts'))
      yield* ofPart(part, { index, isAgent: at(message, 'info', 'role') === 'assistant' });
  }
}

function* ofPart(
  part: unknown,
  { index, isAgent }: { readonly index: number; readonly isAgent: boolean },
): Iterable<Told> {
  const [type, text] = [at(part, 'type'), textAt(part, 'text')];
  if (type === 'text' && text !== undefined && at(part, 'synthetic') !== true) {
    const id = textAt(part, 'id');
    if (isAgent) yield { kind: 'words', text, at: index, ...(id !== undefined && { id }) };
    else yield { kind: 'person', text, at: index };
  }
  if (type === 'compaction') yield { kind: 'resumed', summary: '', at: index };
  if (type !== 'tool') return;
  const [id, name] = [textAt(part, 'callID') ?? `${index}`, textAt(part, 'tool') ?? ''];
  const output = textAt(part, 'state', 'output') ?? textAt(part, 'state', 'error') ?? '';
  if (isWorkerTool(name)) return yield { kind: 'report', text: output, at: index };
  yield { ...callOf(id, name, at(part, 'state', 'input')), at: index };
  const status = at(part, 'state', 'status');
  const code = at(part, 'state', 'metadata', 'exit');
  const exit = typeof code === 'number' ? code : status === 'error' ? 1 : undefined;
  yield {
    kind: 'result',
    id,
    output,
    at: index,
    ...(exit !== undefined && { exit }),
    ...(status === 'running' && { open: true }),
  };
}
