import { resolve } from 'node:path';
import { z } from 'zod';
import { type GateAnswer, type GatedAgent, isGated, type Said, type Stop } from './core/agent/agent.ts';
import type { Unheard } from './core/agent/unheard.ts';
import { explainExtraction } from './core/claim/extract/extract.ts';
import type { Claim } from './core/claim/claim.ts';
import { printable } from './core/claim/redact.ts';
import { FactumError, messageOf } from './core/errors.ts';
import type { OpenContext } from './cli/run.ts';
import type { World } from './compose.ts';
import { fieldsIn, lastWords, responseOf } from './last-words.ts';
import { agents } from './plugins/agents/index.ts';

// The door of an agent's stop hook: its JSON in, its dialect out, and its meaning of exit codes. Whatever opens a store is
// loaded only when something was claimed, because most turns claim nothing.

z.config({ jitless: true });

export interface GateWorld extends World {
  /** All of standard input. */
  input(): Promise<string>;
  readonly unheard: Unheard;
  /** Goes on with a command line of Factum's after this process has ended. */
  later(argv: readonly string[], dir: string): void;
}

/** A hook that takes longer than its tool allows fails open: the answer comes in this share of the time. */
const share = 0.8;
/** Exit code that no agent takes for an answer, and all show or log. */
const failed = 3;

/** Answers one stop, and returns the exit code that the agent's dialect wants. */
export async function runGate(id: string, world: GateWorld, onOpen: OnOpen = () => undefined): Promise<number> {
  const agent = agents.find((each) => each.id === id);
  if (agent === undefined)
    return fail(world, `USAGE: no agent ${id}; agents: ${agents.map((each) => each.id).join(', ')}`);
  if (!isGated(agent)) return fail(world, `USAGE: ${agent.title} has no stop hook: ${agent.instead}`);
  const say = ({ stdout, stderr, exit }: Said): number => {
    if (stdout !== undefined) world.terminal.out(`${stdout}\n`);
    if (stderr !== undefined) world.terminal.err(printable(stderr));
    return exit;
  };
  const answer = (answered: GateAnswer): number => say(agent.run.say(answered));
  if (world.env['FACTUM_GATE'] === 'off')
    return answer({ decision: 'let-go', tell: 'Factum checks nothing: FACTUM_GATE=off' });
  const input = fieldsIn(await world.input());
  if (input === undefined) return fail(world, `USAGE: expected one JSON object from the hook of ${agent.title}`);
  const heard = agent.run.hear(input);
  if ('ignored' in heard) return answer({ decision: 'let-go' });
  const words = await lastWords(agent.run, heard);
  const isClaim = words !== undefined && explainExtraction(words).some((finding) => 'part' in finding);
  const earlier = await world.unheard.of({ ...heard, agent: agent.id });
  if (!isClaim && earlier.length === 0) return answer({ decision: 'let-go' });
  return answer(await judgeStop(world, { agent, stop: heard, said: isClaim ? words : undefined, earlier, onOpen }));
}

/** Gets the way to end early. */
type OnOpen = (close: () => Promise<void>) => void;

interface Spoken {
  readonly agent: GatedAgent;
  readonly stop: Stop;
  /** Last words, where they claim something. */
  readonly said: string | undefined;
  /** Claims of the session whose verdicts it has not heard. */
  readonly earlier: readonly string[];
  readonly onOpen: OnOpen;
}

/** What was claimed is checked, or it is said why not: once to the agent, then to the person. */
async function judgeStop(world: GateWorld, { onOpen, ...spoken }: Spoken): Promise<GateAnswer> {
  const { stop, said } = spoken;
  let session: OpenContext | undefined;
  let isOpen = false;
  try {
    const { openingOf } = await import('./opening.ts');
    const opening = openingOf(resolve(world.cwd, stop.cwd ?? '.'));
    const { openSession } = await import('./session.ts');
    // Standard error may be the agent's to read: only the answer goes there.
    const quiet = { ...world, opening, terminal: { ...world.terminal, err: () => undefined } };
    session = await openSession(quiet, 'write', stop.cwd === undefined ? {} : { repo: stop.cwd });
    onOpen(session.close);
    isOpen = session.context.settings.config.gate.on_unreachable === 'open';
    return await inTime(world, { ...spoken, session });
  } catch (thrown) {
    const facts = `Factum could not check what was said to be done. ${reasonOf(thrown)}`;
    return stop.again || isOpen || said === undefined
      ? { decision: 'let-go', tell: facts }
      : { decision: 'send-back', facts };
  } finally {
    await session?.close();
  }
}

interface Judging extends Omit<Spoken, 'onOpen'> {
  readonly session: OpenContext;
}

async function inTime(world: GateWorld, judging: Judging): Promise<GateAnswer> {
  const { agent, stop, said, earlier, session } = judging;
  const { context, publish } = session;
  const { fileStop } = await import('./ops/gating/file-stop.ts');
  const { answerStop } = await import('./ops/gating/answer-stop.ts');
  const until = deadline(secondsFor(agent, world.env) * share * 1000);
  try {
    const filing =
      said === undefined
        ? undefined
        : responseOf(agent.run, stop, said).then((response) =>
            fileStop(context, { ...stop, agent: agent.id, message: said, response }),
          );
    const claim = await Promise.race([filing, until.reached]);
    if (claim === late) return { decision: 'let-go', tell: tooLate(agent, undefined) };
    if (claim === undefined && earlier.length === 0) return { decision: 'let-go' };
    const answered = await Promise.race([answerStop(context, claim, earlier), until.reached]);
    if (answered !== late) {
      for (const id of answered.heard) await world.unheard.remove(id);
      return withNote(answered.answer, await Promise.race([whyUnpublished(publish), until.reached]));
    }
    if (claim === undefined) return { decision: 'let-go' };
    world.later(['verify', claim.id], context.repository?.dir ?? world.cwd);
    await world.unheard.add(claim.id, { agent: agent.id, session: stop.session, cwd: stop.cwd });
    return { decision: 'let-go', tell: tooLate(agent, claim) };
  } finally {
    until.stop();
  }
}

/** What is recorded is published by a later command, too: the answer stands whatever became of it. */
async function whyUnpublished(publish: OpenContext['publish']): Promise<string | undefined> {
  try {
    await publish();
    return undefined;
  } catch (thrown) {
    return reasonOf(thrown);
  }
}

function withNote(answer: GateAnswer, why: string | typeof late | undefined): GateAnswer {
  if (why === undefined) return answer;
  const note = `Recorded, and not published: ${why === late ? 'there was no time left' : why}`;
  if (answer.decision === 'send-back') return { ...answer, facts: `${answer.facts}\n${note}` };
  return { ...answer, tell: answer.tell === undefined ? note : `${answer.tell}\n${note}` };
}

function reasonOf(thrown: unknown): string {
  const why = thrown instanceof FactumError ? `${thrown.code}: ${thrown.message}` : `INTERNAL: ${messageOf(thrown)}`;
  return printable(why).slice(0, 2000);
}

/** Whoever gave the hook another time-out says so. */
function secondsFor({ timeout }: GatedAgent, env: World['env']): number {
  const given = Number(env['FACTUM_GATE_SECONDS']);
  return given > 0 ? given : timeout;
}

function tooLate({ title }: GatedAgent, claim: Claim | undefined): string {
  const what = claim === undefined ? 'Nothing was filed' : `It goes on: factum show ${claim.id}`;
  return `Factum was not done in the time that ${title} gives a hook; nothing is known yet. ${what}`;
}

const late = Symbol('late');

function deadline(ms: number): { readonly reached: Promise<typeof late>; stop(): void } {
  const { promise: reached, resolve: reach } = Promise.withResolvers<typeof late>();
  const timer = setTimeout(() => reach(late), ms);
  return { reached, stop: () => clearTimeout(timer) };
}

function fail({ terminal }: World, text: string): number {
  terminal.err(printable(`${text}\n`));
  return failed;
}
