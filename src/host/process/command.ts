import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, type CouldNotLook, type RunRequest, type RunResult, type Seen, seen } from '../../core/ports.ts';
import { lastLines } from './output.ts';
import { collectReports, staleFiles } from './reports.ts';
import { bubblewrap, whyNoSandbox } from './sandbox.ts';
import { type Ended, runToEnd } from './shell.ts';
import { temporaryFolder } from './temporary.ts';
import type { Variables } from './variables.ts';

/** Under what conditions a command runs. */
export interface CommandPlace {
  readonly variables: Variables;
  readonly sandbox: boolean;
  /** Temporary files stay out of it. */
  readonly repository: string;
  /** For requests that name no time-out. */
  readonly timeoutMs: number;
  /** Ends the run. */
  readonly signal: AbortSignal;
  readonly onStart?: () => void;
}

/** Runs one command and reads its reports; `changedPaths` is left to the caller. */
export async function runCommand(request: RunRequest, place: CommandPlace, mark: string): Promise<Seen<RunResult>> {
  const folder = temporaryFolder({ prefix: 'factum-run-', mark }, place.repository);
  if (!folder.ok) return folder;
  try {
    return await runIn(folder.value, request, place, mark);
  } catch (error) {
    return couldNotLook('broken', `"${request.command}" could not be run: ${messageOf(error)}`);
  } finally {
    await rm(folder.value, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function runIn(
  folder: string,
  request: RunRequest,
  { variables, sandbox, timeoutMs, signal, onStart }: CommandPlace,
  mark: string,
): Promise<Seen<RunResult>> {
  const { workspace, collect = [] } = request;
  const reports = join(folder, 'reports');
  await mkdir(reports);
  const around = sandbox ? await bubblewrap(workspace.dir, folder) : undefined;
  const noSandbox = around && (await whyNoSandbox(around, variables));
  if (noSandbox !== undefined) return noSandbox;
  const places = { folder: reports, workspace: workspace.dir, collect };
  const stale = await staleFiles(places);
  if (!stale.ok) return stale;

  const startedAt = Date.now();
  const command = request.command.replaceAll('{reports}', reports);
  const limitMs = request.timeoutMs ?? timeoutMs;
  const ended = await runToEnd({
    argv: around ? [...around, ...shell(command)] : shell(command),
    cwd: resolve(workspace.dir, request.dir ?? '.'),
    variables: { ...variables, FACTUM_REPORTS: reports },
    timeoutMs: limitMs,
    folder,
    mark,
    signal,
    ...(onStart ? { onStart } : {}),
  });
  if (!ended.ok) return ended;
  const obstacle = whyNoAnswer(request.command, ended.value, limitMs);
  if (obstacle !== undefined) return obstacle;
  const files = await collectReports(places, stale.value, startedAt);
  if (!files.ok) return files;
  const { exit, signal: endedBy, outputBytes, durationMs } = ended.value;
  const output = ended.value.output + leftBehind(ended.value);
  return seen({ exit, signal: endedBy, output, outputBytes, reports: files.value, durationMs, changedPaths: [] });
}

function shell(command: string): readonly [string, ...string[]] {
  return ['bash', '-o', 'pipefail', '-c', command];
}

/** What kept the command from answering. 126 and 127 are the shell's: not executable, not found. */
function whyNoAnswer(command: string, ended: Ended, limitMs: number): CouldNotLook | undefined {
  const { exit, stopped, timedOut, output } = ended;
  const said = lastLines(output);
  if (stopped) return couldNotLook('broken', `"${command}" was stopped because factum is ending`);
  if (timedOut) {
    const last = said === '' ? 'it had printed nothing' : `its last lines were:\n${said}`;
    return couldNotLook('time-out', `"${command}" did not end within ${limitMs / 1000} s;${leftBehind(ended)} ${last}`);
  }
  if (exit === 127) return couldNotLook('missing-tool', `"${command}" needs a program that is not here:\n${said}`);
  if (exit === 126)
    return couldNotLook('missing-tool', `"${command}" needs a program that cannot be executed:\n${said}`);
  return undefined;
}

function leftBehind({ survivors }: Ended): string {
  return survivors.length === 0 ? '' : `\n[its processes ${survivors.join(', ')} could not be ended]`;
}
