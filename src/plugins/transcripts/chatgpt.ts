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
} from '../../core/transcript/transcript.ts';

/** `conversations.json` of a ChatGPT export, or a shard of it. A place in it is the index of a conversation, from 0. */
export const chatgpt = transcript({
  id: 'chatgpt',
  title: 'ChatGPT export',
  summary: 'One JSON array of conversations, of which the live branch is read; places are indexes of conversations.',
  lifecycle: 'experimental',
  agent: 'chatgpt',
  framing: 'items',
  fits: ({ text }) => /^\s*\[\s*\{/.test(text) && /"mapping"\s*:\s*\{/.test(text),
  run: () => ({ take: (entry) => conversation(recordOf(entry) ?? {}) }) satisfies Reader,
});

function* conversation(item: Entry): Iterable<Told> {
  const id = textAt(item, 'conversation_id') ?? textAt(item, 'id');
  yield { kind: 'session', id: id ?? 'unknown' };
  for (const message of branch(item)) yield* ofMessage(message);
}

/** From the current node back to the root; other branches are answers that were asked for again. */
function branch(item: Entry): readonly Entry[] {
  const mapping = recordOf(item['mapping']) ?? {};
  const seen = new Set<string>();
  const messages: Entry[] = [];
  let node = textAt(item, 'current_node');
  while (node !== undefined && !seen.has(node)) {
    seen.add(node);
    const message = recordOf(at(mapping[node], 'message'));
    if (message !== undefined) messages.push(message);
    node = textAt(mapping[node], 'parent');
  }
  return messages.toReversed();
}

function* ofMessage(message: Entry): Iterable<Told> {
  const role = at(message, 'author', 'role');
  const model = textAt(message, 'metadata', 'model_slug');
  if (model !== undefined) yield { kind: 'session', model };
  const [id, to] = [textAt(message, 'id') ?? '', textAt(message, 'recipient') ?? 'all'];
  const text = textIn(message);
  if (role === 'user' && text !== '') yield { kind: 'person', text };
  if (role === 'assistant' && to === 'all' && text !== '' && at(message, 'content', 'content_type') !== 'thoughts')
    yield { kind: 'words', text, id };
  if (role === 'assistant' && to !== 'all')
    yield callOf(id, to === 'container.exec' ? 'container.exec' : 'other', commandIn(text));
  if (role === 'tool') yield result(message, text);
}

function textIn(message: Entry): string {
  const parts = listAt(message, 'content', 'parts').filter((part) => typeof part === 'string');
  return parts.length > 0 ? parts.join('\n') : (textAt(message, 'content', 'text') ?? '');
}

function commandIn(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function result(message: Entry, output: string): Told {
  const ran = at(message, 'metadata', 'aggregate_result', 'status');
  const failed =
    recordOf(at(message, 'metadata', 'aggregate_result', 'in_kernel_exception')) !== undefined ||
    ran === 'failed_with_in_kernel_exception';
  const exit = ran === undefined ? undefined : failed ? 1 : 0;
  return {
    kind: 'result',
    id: textAt(message, 'metadata', 'parent_id') ?? '',
    output,
    ...(exit !== undefined && { exit }),
  };
}
