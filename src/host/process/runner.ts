import { setMaxListeners } from 'node:events';
import { realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { Environment } from '../../core/claim/evidence.ts';
import type { RunConfig } from '../../core/config/config.ts';
import { messageOf } from '../../core/errors.ts';
import {
  couldNotLook,
  type CouldNotLook,
  type RunRequest,
  type RunResult,
  type Seen,
  seen,
  type Workspace,
} from '../../core/ports.ts';
import type { Repository } from '../git/repository.ts';
import { type Checkouts, openCheckouts } from './checkout.ts';
import { type CommandPlace, runCommand } from './command.ts';
import { environmentReader } from './environment.ts';
import { watchTree } from './in-place.ts';
import { lastLines } from './output.ts';
import { openRunLock, type RunLock } from './run-lock.ts';
import { sandboxVariables } from './sandbox.ts';
import { newMark } from './shell.ts';
import { sweepAbandoned } from './sweep.ts';
import { inOwnEnvironment, rebased, type Variables, variablesFor } from './variables.ts';

export interface RunnerOptions {
  /** The working tree's top, or any folder where there is no repository. */
  readonly dir: string;
  /** Absent outside a repository: then there is no tree to watch and no commit to check out. */
  readonly repository?: Pick<Repository, 'git' | 'commit' | 'layout'>;
  /** Where the run lock lives: `factum` in the git common dir, `.factum` outside of git. */
  readonly stateDir: string;
  readonly config: RunConfig;
  /** The caller's environment, of which commands see only what is allowed. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** How long a run may wait in line; default an hour. */
  readonly waitMs?: number;
  /** Called when a run has to wait for another factum, with the reason. */
  readonly onWait?: (message: string) => void;
  /** Called when a command runs, and this process has nothing to do. */
  readonly onStart?: () => void;
}

/** Runs the commands of local looks, in the working tree or in clean checkouts. */
export interface Runner {
  run(request: RunRequest): Promise<Seen<RunResult>>;
  environment(workspace: Workspace): Promise<Environment>;
  checkout(commit: string): Promise<Seen<Workspace>>;
  /** In place the tree is hashed once, at the first call, and is empty outside a repository. */
  workspace(place: 'in-place' | { readonly commit: string }): Promise<Seen<Workspace>>;
  /** Ends what still runs, with all its processes, and removes the checkouts. To be awaited on SIGINT and SIGTERM too. */
  close(): Promise<void>;
}

export function createRunner(options: RunnerOptions): Runner {
  const { dir: top, repository, config, onStart } = options;
  const stop = new AbortController();
  setMaxListeners(0, stop.signal);
  const passed = variablesFor(options.variables, config.env);
  const readEnvironment = environmentReader();
  const sandboxed = config.isolation === 'bubblewrap';
  const underWay = new Set<Promise<Seen<RunResult>>>();
  const preparations = new Map<string, Promise<CouldNotLook | undefined>>();
  const tree = repository && watchTree(repository.git, top, repository.layout);
  let lock: Seen<RunLock> | undefined;
  let checkouts: Checkouts | undefined;
  let swept: Promise<void> | undefined;

  function variablesOf({ dir, place }: Workspace): Variables {
    if (place === 'in-place') return passed;
    return { ...rebased(passed, top, dir), ...(sandboxed ? sandboxVariables : {}) };
  }

  function placeOf(workspace: Workspace): CommandPlace {
    const own = variablesOf(workspace);
    const variables = workspace.place === 'in-place' ? own : inOwnEnvironment(own, workspace.dir);
    const sandbox = sandboxed && workspace.place === 'worktree';
    const timeoutMs = milliseconds(config.timeout);
    const started = onStart ? { onStart } : {};
    return { variables, sandbox, repository: top, timeoutMs, signal: stop.signal, ...started };
  }

  async function runHere(request: RunRequest, mark: string): Promise<Seen<RunResult>> {
    await (swept ??= sweepAbandoned(repository?.git));
    return runCommand(request, placeOf(request.workspace), mark);
  }

  async function runInPlace(request: RunRequest): Promise<Seen<RunResult>> {
    if (sandboxed) return couldNotLook('not-allowed', 'run.isolation is bubblewrap: nothing runs in the working tree');
    lock ??= openRunLock(options.stateDir);
    if (!lock.ok) return lock;
    const mark = newMark();
    const { waitMs: timeoutMs = 3_600_000, onWait } = options;
    const line = { what: request.command, mark, timeoutMs, signal: stop.signal, ...(onWait ? { onWait } : {}) };
    const turn = await lock.value.take(line);
    if (!turn.ok) return turn;
    try {
      const command = (): Promise<Seen<RunResult>> => runHere(request, mark);
      return tree === undefined ? await command() : await tree.during(request.workspace, turn.value.waited, command);
    } finally {
      turn.value.release();
    }
  }

  async function run(request: RunRequest): Promise<Seen<RunResult>> {
    const { workspace } = request;
    if (workspace.place === 'in-place') return tracked(request, () => runInPlace(request));
    // Prepared when something first runs there: a look that only reads needs no set-up, and cannot fail by it.
    const prepared = preparations.get(workspace.dir) ?? prepare(workspace);
    preparations.set(workspace.dir, prepared);
    return (await prepared) ?? runInCheckout(request);
  }

  function runInCheckout(request: RunRequest): Promise<Seen<RunResult>> {
    return tracked(request, () => runHere(request, newMark()));
  }

  async function tracked(request: RunRequest, start: () => Promise<Seen<RunResult>>): Promise<Seen<RunResult>> {
    if (stop.signal.aborted) return couldNotLook('broken', 'factum is ending');
    const obstacle = outsideWorkspace(request);
    if (obstacle !== undefined) return obstacle;
    const running = start();
    underWay.add(running);
    return running.finally(() => underWay.delete(running));
  }

  /** A checkout that could not be prepared would fail for reasons that are not in the work. */
  async function prepare(workspace: Workspace): Promise<CouldNotLook | undefined> {
    const { setup: command } = config;
    if (command === undefined) return undefined;
    const done = await runInCheckout({ workspace, command });
    if (!done.ok) return couldNotLook(done.why, `the set-up command for clean checkouts: ${done.message}`);
    if (done.value.exit === 0) return undefined;
    const how = `"${command}" ended with ${done.value.exit ?? done.value.signal}`;
    return couldNotLook(
      'broken',
      `the set-up command for clean checkouts failed: ${how}\n${lastLines(done.value.output)}`,
    );
  }

  async function checkout(commit: string): Promise<Seen<Workspace>> {
    if (repository === undefined) return couldNotLook('not-allowed', `${top} is not in a git repository`);
    checkouts ??= openCheckouts(repository.git);
    return checkouts.open(commit);
  }

  async function inPlace(): Promise<Seen<Workspace>> {
    const before = await tree?.before();
    if (before?.ok === false) return before;
    const commit = repository?.commit;
    const found = { dir: top, place: 'in-place', tree: before?.value.tree ?? '' } as const;
    return seen(commit === undefined ? found : { ...found, commit });
  }

  return {
    run,
    checkout,
    environment: (workspace) => readEnvironment(workspace.dir, variablesOf(workspace)),
    workspace: (place) => (place === 'in-place' ? inPlace() : checkout(place.commit)),
    async close() {
      stop.abort();
      await Promise.allSettled(underWay);
      await checkouts?.closeAll();
      if (lock?.ok) lock.value.close();
      lock = couldNotLook('broken', 'factum is ending');
    },
  };
}

/** Without waiting, so that runs stand in line in the order in which they were asked for. */
function outsideWorkspace({ workspace, dir = '.' }: RunRequest): CouldNotLook | undefined {
  try {
    const top = realpathSync(workspace.dir);
    const folder = realpathSync(resolve(top, dir));
    if (folder === top || folder.startsWith(top + sep)) return undefined;
    return couldNotLook('not-allowed', `the folder ${dir} is outside the workspace`);
  } catch (error) {
    return couldNotLook('broken', `the folder ${dir} of the workspace cannot be entered: ${messageOf(error)}`);
  }
}

/** `90s`, `10m` and `1h`, as the configuration writes times. */
function milliseconds(time: string): number {
  const unit = { s: 1_000, m: 60_000, h: 3_600_000 }[time.slice(-1)] ?? Number.NaN;
  return Number(time.slice(0, -1)) * unit;
}
