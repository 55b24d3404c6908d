import { open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect, Fields, Stop } from './core/agent/agent.ts';

// What an agent said last, where its hook does not tell it, or not that alone. Its transcript may lag behind.

/** Undefined: it said nothing, or nobody can tell. */
export async function lastWords(run: Dialect, stop: Stop): Promise<string | undefined> {
  const { message, transcript, isWholeTurn } = stop;
  const { wordsIn } = run;
  if (transcript === undefined || wordsIn === undefined) return message;
  if (message === undefined) return waitedFor({ ...run, wordsIn }, { ...stop, transcript });
  if (isWholeTurn !== true) return message;
  const last = newestIn(await endOf(transcript), wordsIn)?.trim() ?? '';
  return last !== '' && message.trimEnd().endsWith(last) ? last : message;
}

/** Only where the newest words in the transcript are these. */
export async function responseOf({ responseIn }: Dialect, { transcript }: Stop, said: string) {
  if (responseIn === undefined || transcript === undefined) return undefined;
  return newestIn(await endOf(transcript), (line) => responseIn(line, said))?.id;
}

/** Copilot calls its hook before it has written down what was said last: so often and so long (ms) that is waited for. */
const lag = { times: 20, each: 50 };
/** What was said so many milliseconds before the hook was called is of an earlier turn, if there comes anything newer. */
const recent = 500;

async function waitedFor(
  { wordsIn, callIn }: Dialect & Required<Pick<Dialect, 'wordsIn'>>,
  { transcript, at, again }: Stop & Required<Pick<Stop, 'transcript'>>,
): Promise<string | undefined> {
  const told = (line: Fields) => {
    const words = wordsIn(line);
    const isOld = at !== undefined && Date.parse(String(line['timestamp'])) < at - recent;
    return words === undefined ? undefined : { words, isOld };
  };
  for (let left = lag.times; ; left--) {
    const lines = await endOf(transcript);
    const found = newestIn(lines, told);
    const isThisCall = (line: Fields): true | undefined => (callIn?.(line) === at ? true : undefined);
    if (at !== undefined && newestIn(lines, isThisCall) === true) return found?.words;
    // Whoever was sent back is not sent back for the same words again because the new ones are late.
    if (left === 0) return again && found?.isOld === true ? undefined : found?.words;
    const mayBeJudged = again && callIn !== undefined;
    if (!mayBeJudged && found !== undefined && found.words !== '' && !found.isOld) return found.words;
    await sleep(lag.each);
  }
}

/** One JSON object; undefined: it is none. */
export function fieldsIn(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

function newestIn<T>(lines: readonly string[], told: (line: Fields) => T | undefined): T | undefined {
  for (const line of lines.toReversed()) {
    const fields = fieldsIn(line);
    const found = fields === undefined ? undefined : told(fields);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Bytes at the end of a transcript that are searched. */
const tail = 1_048_576;

async function endOf(path: string): Promise<readonly string[]> {
  const file = await open(path).catch(() => undefined);
  if (file === undefined) return [];
  try {
    const stat = await file.stat();
    if (!stat.isFile()) return [];
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(stat.size, tail)), {
      position: Math.max(0, stat.size - tail),
    });
    return buffer.subarray(0, bytesRead).toString().split('\n');
  } finally {
    await file.close();
  }
}
