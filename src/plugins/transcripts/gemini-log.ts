import { type Entry, type Reader, recordOf, textAt, type Told, transcript } from '../../core/transcript/transcript.ts';
import { ofMessage } from './gemini.ts';

/** A session as Gemini CLI writes it since 2026: a line for each message, written again whenever it grows. */
export const geminiLog = transcript({
  id: 'gemini-log',
  title: 'Gemini CLI, written by lines',
  summary: 'JSON lines: what the session is, then messages, each in its last version.',
  lifecycle: 'experimental',
  agent: 'gemini',
  framing: 'lines',
  fits: ({ lines: [first] }) => first !== undefined && isBegin(first) && !('messages' in first && hasMessages(first)),
  run: () => new GeminiLogReader(),
});

function isBegin(line: Entry): boolean {
  return 'sessionId' in line && 'projectHash' in line && 'startTime' in line;
}

function hasMessages({ messages }: Entry): boolean {
  return Array.isArray(messages) && messages.length > 0;
}

class GeminiLogReader implements Reader {
  /** The newest message; told once another one follows. */
  private held: { readonly message: Entry; readonly at: number } | undefined;

  *take(entry: unknown, at: number): Iterable<Told> {
    const line = recordOf(entry) ?? {};
    const id = textAt(line, 'id');
    if (isBegin(line)) yield { kind: 'session', id: textAt(line, 'sessionId') ?? 'unknown' };
    // The person went back to an earlier message: what follows is told of another past.
    if ('$rewindTo' in line) {
      yield* this.end();
      yield { kind: 'gap' };
    }
    if (id === undefined) return;
    if (id !== textAt(this.held?.message, 'id')) yield* this.end();
    this.held = { message: line, at };
  }

  *end(): Iterable<Told> {
    if (this.held !== undefined) yield* ofMessage(this.held.message, this.held.at);
    this.held = undefined;
  }
}
