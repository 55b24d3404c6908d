import { printable } from '../claim/redact.ts';
import { extract } from '../claim/extract/extract.ts';
import type { Moment, Words } from '../transcript/moment.ts';
import type { Framing } from '../transcript/transcript.ts';
import { type AuditedClaim, sentencesOf, verdictOfParts } from './claims.ts';
import { History } from './history.ts';
import { judgePart } from './judge.ts';

/** A claim, and in which session it stands. */
export interface SessionClaim extends AuditedClaim {
  readonly session: string;
  readonly agent: string;
  readonly model: string;
  /** The same in every copy of the session. */
  readonly key: string;
}

export interface Framed {
  /** Format's own agent, where the session does not name another. */
  readonly agent: string;
  readonly framing: Framing;
}

/** Follows the sessions of one file, moment by moment. */
export class SessionAudit {
  private history = new History();
  private id = '';
  private model = '';
  private agent: string;
  private words = 0;
  readonly sessions = new Set<string>();
  private readonly framed: Framed;

  constructor(framed: Framed) {
    this.framed = framed;
    this.agent = framed.agent;
  }

  take(moment: Moment, at: number): readonly SessionClaim[] {
    const { history } = this;
    if (moment.kind === 'words') return this.judge(moment, at);
    if (moment.kind === 'session') this.begin(moment);
    else if (moment.kind === 'call') history.call(moment, at);
    else if (moment.kind === 'result') history.result(moment, at);
    else if (moment.kind === 'report') history.report(moment.text, at);
    else if (moment.kind === 'person') history.person(moment.text, at);
    else history.interrupted();
    if (moment.kind === 'resumed' && moment.summary !== '') history.report(moment.summary, at);
    return [];
  }

  private begin({
    id,
    model,
    agent,
  }: {
    readonly id?: string;
    readonly model?: string;
    readonly agent?: string;
  }): void {
    this.model = model ?? this.model;
    this.agent = agent ?? this.agent;
    if (id === undefined || id === this.id) return;
    // What one conversation showed is not another's; elsewhere a new id only means that the session was taken up again.
    if (this.framed.framing === 'items') this.history = new History();
    this.id = id;
    this.sessions.add(id);
  }

  private judge({ text: said, id, thought = false }: Words, at: number): readonly SessionClaim[] {
    this.words++;
    const text = printable(said);
    const parts = extract(text);
    if (parts.length === 0) return [];
    return sentencesOf(text, parts).map(({ start, end, parts: own }) => {
      const judged = own.map((part) => {
        const words = text.slice(part.span?.start, part.span?.end);
        return { kind: part.kind, words, ...judgePart(part, { words, message: text, thought }, this.history) };
      });
      const quote = text.slice(start, end).trim();
      return {
        line: this.framed.framing === 'text' ? at + text.slice(0, start).split('\n').length - 1 : at,
        quote,
        verdict: verdictOfParts(judged),
        parts: judged,
        session: this.id,
        agent: this.agent,
        model: this.model,
        key: `${this.id} ${id ?? this.words} ${start} ${quote}`,
      };
    });
  }
}
