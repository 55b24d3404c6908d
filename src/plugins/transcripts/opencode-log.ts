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
import { modelOf, ofPart } from './opencode.ts';

/** What OpenCode keeps, piece by piece, and what `opencode run --format json` prints: parts without their messages. */
export const opencodeLog = transcript({
  id: 'opencode-log',
  title: 'OpenCode, piece by piece',
  summary: 'The session, its messages and their parts, each by itself; places are indexes of messages, or lines.',
  lifecycle: 'experimental',
  agent: 'opencode',
  framing: 'lines',
  fits: ({ lines: [first] }) => first !== undefined && sessionOf(first) !== undefined,
  run: () => new OpencodeLogReader(),
});

function sessionOf(line: Entry): string | undefined {
  const id = recordOf(line['part']) === undefined ? textAt(line, 'id') : textAt(line, 'sessionID');
  return id?.startsWith('ses_') === true ? id : undefined;
}

class OpencodeLogReader implements Reader {
  private speaker: 'words' | 'person' | 'report' = 'words';
  /** What is asked in a worker's session is asked by an agent. */
  private asker: 'person' | 'report' = 'person';

  *take(entry: unknown, index: number): Iterable<Told> {
    const line = recordOf(entry) ?? {};
    const id = sessionOf(line);
    if (id !== undefined) yield { kind: 'session', id };
    if ('parentID' in line && id !== undefined) this.asker = 'report';
    if ('role' in line) {
      this.speaker = at(line, 'role') === 'assistant' ? 'words' : this.asker;
      yield* modelOf(line);
    } else if (/^(?:user|assistant|shell)$/.test(textAt(line, 'type') ?? '')) yield* this.ofNewMessage(line, index);
    else yield* ofPart(line['part'] ?? line, { index, speaker: this.speaker });
  }

  /** Of OpenCode 2 (`packages/core/src/session/message.ts`): a message with all its parts; `shell` is what a person ran. */
  private *ofNewMessage(line: Entry, index: number): Iterable<Told> {
    if (line['type'] !== 'assistant') {
      const text = textAt(line, 'text') ?? textAt(line, 'output') ?? '';
      return yield { kind: this.asker, text, at: index };
    }
    const model = textAt(line, 'model', 'id');
    if (model !== undefined) yield { kind: 'session', model };
    for (const part of listAt(line, 'content')) yield* ofPart(oldPart(part), { index, speaker: 'words' });
  }
}

/** Its calls under the names that they had before. */
function oldPart(part: unknown): unknown {
  if (at(part, 'type') !== 'tool') return part;
  const state = recordOf(at(part, 'state')) ?? {};
  const output = wordsOf(state['content']) || textAt(state, 'error', 'message');
  const metadata = state['structured'] ?? state['metadata'];
  return { type: 'tool', callID: at(part, 'id'), tool: at(part, 'name'), state: { ...state, output, metadata } };
}
