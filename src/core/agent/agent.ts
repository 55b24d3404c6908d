import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { Lead } from '../telemetry/lead.ts';
import type { TelemetryEvent } from '../telemetry/otlp-logs.ts';

/** What a stop hook tells: the agent ends its turn. */
export interface Stop {
  /** Absent: the hook names none. */
  readonly session?: string;
  readonly turn?: string;
  readonly model?: string;
  /** Folder that the agent works in. */
  readonly cwd?: string;
  /** Its last words; absent where the hook only tells where its transcript is. */
  readonly message?: string;
  /** The message is all that it said in its turn: what of it came last, its transcript tells. */
  readonly isWholeTurn?: boolean;
  readonly transcript?: string;
  /** When the hook was called, in milliseconds since 1970; lines of the transcript then have a `timestamp`. */
  readonly at?: number;
  /** A stop hook has sent it back in this turn already. */
  readonly again: boolean;
}

/** Something else than the end of a turn, and why nothing is judged. */
export interface Ignored {
  readonly ignored: string;
}

export type GateAnswer =
  /** `tell` is for the person beside the agent. */
  | { readonly decision: 'let-go'; readonly tell?: string }
  /** Statements of fact, which the agent reads as the reason why it goes on. */
  | { readonly decision: 'send-back'; readonly facts: string };

/** An answer in the agent's dialect. */
export interface Said {
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exit: number;
}

/** The hook's JSON, or one line of a transcript. */
export type Fields = Readonly<Record<string, unknown>>;

export interface Dialect {
  hear(input: Fields): Stop | Ignored;
  say(answer: GateAnswer): Said;
  /**
   * What the agent itself said in one line of its transcript, nothing (an empty text) where its turn begins; only where
   * hooks do not carry its last words, or not these alone.
   */
  readonly wordsIn?: (line: Fields) => string | undefined;
  /** In a line of its transcript that tells of a call of a stop hook: the time that it was given, as `Stop.at`. */
  readonly callIn?: (line: Fields) => number | undefined;
  /** In a line of its transcript that has what the agent said: the model's id of that response, if it is `words`. */
  readonly responseIn?: (line: Fields, words: string) => { readonly id?: string } | undefined;
  /** Such a line, with these words. */
  readonly lineOf?: (words: string) => Fields;
  /** What its hook would say of a turn that ends with these words. */
  stopIn(turn: Turn): Fields;
}

export interface Turn {
  readonly cwd: string;
  readonly words: string;
  readonly transcript: string;
}

/** Where a tool looks for its hooks. */
interface HookFilesOfTool {
  /** Relative to the repository, of this machine alone; absent where all its hooks are shared. */
  readonly local?: string;
  /** Relative to the repository, and committed by teams: nothing of one machine may stand in it. */
  readonly project: string;
  /** Relative to the user's home. */
  readonly user: string;
}

/** One entry in settings that are JSON. */
export interface ListedHook extends HookFilesOfTool {
  /** Keys that lead to the list of hooks of the event. */
  readonly at: readonly string[];
  /** What a new file has, too. */
  readonly base?: Fields;
  /** One entry of that list; the command is for a shell. */
  entry(command: string): Fields;
}

/** A file that is Factum's alone. */
export interface OwnHookFile extends HookFilesOfTool {
  /** First line, by which it is known again. */
  readonly signed: string;
  /** Has the command, for a shell, as a JSON string in a line `const command = "...";`. */
  file(command: string): string;
}

export type HookPlace = ListedHook | OwnHookFile;

/** In one repository on one machine, in one repository for all, or for one user everywhere. */
export const hookScopes = ['local', 'project', 'user'] as const;
export type HookScope = (typeof hookScopes)[number];

/** A tool that asks at the end of a turn whether it may end. */
interface Gated {
  /** Event that its gate is hooked to. */
  readonly event: string;
  /** How often the tool itself lets a hook send it back in one turn, and whether that is known. */
  readonly bound: string;
  /** Seconds that the hook is given; a hook that takes longer fails open. */
  readonly timeout: number;
  /** Absent: whoever runs it calls the gate by themselves. */
  readonly hook?: HookPlace;
  /** What a person has to do before the tool runs a new hook, where it says nothing of leaving it out. */
  readonly trust?: string;
  readonly run: Dialect;
}

/** A tool that nobody can stop at the end of a turn. */
interface Ungated {
  /** How its word is checked instead: what to do, for people. */
  readonly instead: string;
}

/** A tool that tells over OpenTelemetry what its agent does. */
interface Telling {
  /** The lead in an event, or why it cannot be read; undefined: the event tells of something else. */
  readonly leadIn?: (event: TelemetryEvent) => Lead | string | undefined;
}

export type AgentForm = Omit<PluginForm, 'options'> & Telling & (Gated | Ungated);
export type Agent = Readonly<AgentForm & PluginForm & { kind: 'agent' }>;
export type GatedAgent = Agent & Gated;

export function isGated(one: Agent): one is GatedAgent {
  return 'event' in one;
}

/** The one way to make an agent. */
export function agent(form: AgentForm): Agent {
  return pluginOf('agent')({ options, run: undefined, ...form });
}

const options = z.strictObject({});

/** The first of these fields that holds a text: names differ between versions. */
export function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  const found = names.map((name) => fields[name]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : undefined;
}

/** A stop with what is there of it. */
export function stopOf(fields: Fields, { message, again }: { message: string | undefined; again: boolean }): Stop {
  const [turn, model] = [textIn(fields, 'turn_id', 'prompt_id', 'generation_id'), textIn(fields, 'model')];
  const [cwd, transcript] = [textIn(fields, 'cwd'), textIn(fields, 'transcript_path', 'transcriptPath')];
  // A session has a transcript of its own, named by its folder or its file.
  const session =
    textIn(fields, 'session_id', 'sessionId', 'conversation_id') ?? transcript?.split(/[\\/]/).slice(-2).join('/');
  return {
    ...(session === undefined ? {} : { session: session.slice(-mostId) }),
    ...(turn === undefined ? {} : { turn: turn.slice(-mostId) }),
    ...(model === undefined ? {} : { model: model.slice(0, mostId) }),
    ...(cwd === undefined ? {} : { cwd }),
    ...(message === undefined ? {} : { message }),
    ...(transcript === undefined ? {} : { transcript }),
    again,
  };
}

/** Characters of an id that the ledger takes. */
const mostId = 200;

/** For tools that say by a flag whether a stop hook sent them back already. */
export function hearStop(
  input: Fields,
  { events, words }: { readonly events: readonly string[]; readonly words: string },
): Stop | Ignored {
  const event = textIn(input, 'hook_event_name');
  if (event === undefined || !events.includes(event)) return { ignored: `${event ?? 'no event'} ends no turn` };
  return stopOf(input, { message: textIn(input, words), again: input['stop_hook_active'] === true });
}

/** Blocks with a reason, and shows the person a message: the answer of Claude Code and of those that follow it. */
export function sayAsJson(answer: GateAnswer): Said {
  if (answer.decision === 'send-back')
    return { stdout: JSON.stringify({ decision: 'block', reason: answer.facts }), exit: 0 };
  return answer.tell === undefined ? { exit: 0 } : { stdout: JSON.stringify({ systemMessage: answer.tell }), exit: 0 };
}

/** What a tool that shows people nothing from a hook at least keeps in its log. */
export function tellOnly(answer: GateAnswer): Said {
  return answer.decision === 'let-go' && answer.tell !== undefined
    ? { stderr: `${answer.tell}\n`, exit: 0 }
    : { exit: 0 };
}
