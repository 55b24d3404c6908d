import { callOf } from '../../core/transcript/tools.ts';
import {
  at,
  type Entry,
  listAt,
  type Reader,
  recordOf,
  textAt,
  type Told,
  transcript,
  wordsOf,
} from '../../core/transcript/transcript.ts';

/** A session that Gemini CLI keeps under `~/.gemini/tmp`. A place in it is the index of a message, from 0. */
export const gemini = transcript({
  id: 'gemini',
  title: 'Gemini CLI',
  summary: 'One JSON document with all messages; places are indexes of messages.',
  lifecycle: 'experimental',
  agent: 'gemini',
  framing: 'whole',
  fits: ({ text }) => /^\s*\{\s*"sessionId"/.test(text) && /"messages"\s*:\s*\[/.test(text),
  run: () => ({ take: (entry) => session(recordOf(entry) ?? {}) }) satisfies Reader,
});

function* session(document: Entry): Iterable<Told> {
  const id = textAt(document, 'sessionId');
  if (id !== undefined) yield { kind: 'session', id };
  for (const [index, message] of listAt(document, 'messages').entries()) yield* ofMessage(message, index);
}

/** What one message says and does; `index` is its place. */
export function* ofMessage(message: unknown, index: number): Iterable<Told> {
  const [model, words, id] = [textAt(message, 'model'), wordsOf(at(message, 'content')), textAt(message, 'id')];
  if (model !== undefined) yield { kind: 'session', model };
  const isAgent = at(message, 'type') === 'gemini';
  if (words !== '' && isAgent) yield { kind: 'words', text: words, at: index, ...(id !== undefined && { id }) };
  if (words !== '' && at(message, 'type') === 'user') yield { kind: 'person', text: words, at: index };
  for (const call of listAt(message, 'toolCalls')) yield* ofCall(call, index);
}

function* ofCall(call: unknown, index: number): Iterable<Told> {
  const id = textAt(call, 'id') ?? `${index}`;
  yield { ...callOf(id, textAt(call, 'name') ?? '', at(call, 'args')), at: index };
  const output = listAt(call, 'result')
    .flatMap(
      (part) =>
        textAt(part, 'functionResponse', 'response', 'output') ??
        textAt(part, 'functionResponse', 'response', 'error') ??
        [],
    )
    .join('\n');
  const code = /^Exit Code: (-?\d+)/m.exec(output)?.[1];
  const status = at(call, 'status');
  if (output === '' && !/^(?:success|error|cancelled)$/.test(String(status))) return;
  const exit = code === undefined ? (status === 'success' ? 0 : 1) : Number(code);
  yield { kind: 'result', id, output, at: index, exit, ...(status === 'cancelled' && { refused: true }) };
}
