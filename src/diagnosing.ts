import type { Verifier } from './core/claim/verifier.ts';
import type { Config } from './core/config/config.ts';
import type { Histories, OpenHistory } from './core/operation.ts';
import { committedConfig } from './host/config/committed.ts';
import { loadSettings } from './host/config/load.ts';
import { historyPorts } from './host/git/history-ports.ts';
import { historyMemory, memoryFolder } from './host/history-memory.ts';
import { isAddress, openHistory } from './host/git/open-history.ts';
import type { Repository } from './host/git/repository.ts';
import { runLean } from './host/process/lean.ts';
import { readAgentCommits } from './plugins/sources/git/agent-commits.ts';
import { git } from './plugins/sources/git/git.ts';
import { podsAt } from './plugins/sources/git/surroundings.ts';
import { detectors } from './plugins/detectors/index.ts';
import { signals } from './plugins/signals/index.ts';
import { toolkits } from './plugins/toolkits/index.ts';

// Loaded by the commands that read histories, and by no other.

export interface DiagnosingOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly verifiers: readonly Verifier[];
  /** The repository around `cwd`, where opening it began already. */
  readonly around: Promise<Repository | undefined> | undefined;
  /** Ends what is open when the command is told to end. */
  onOpen(close: () => Promise<void>): void;
}

export function histories({ cwd, env, verifiers, around, onOpen }: DiagnosingOptions): Histories {
  runLean();
  const folder = memoryFolder(env);
  return {
    signals,
    detectors,
    toolkits,
    isAddress,
    async open(where = '.'): Promise<OpenHistory> {
      const { name, git: program, gitDir, tree, close } = await openHistory(where, cwd, { onOpen, around });
      const config = await (tree === undefined
        ? committedConfig(program, verifiers)
        : configIn({ name, dir: tree }, verifiers));
      const ports = historyPorts(program);
      return {
        name,
        ...(config === undefined ? {} : { config }),
        git: ports.git,
        ...(gitDir === undefined || folder === undefined ? {} : { memory: historyMemory(folder, gitDir) }),
        agentCommits: (range, take) => readAgentCommits(ports, range, take),
        pods: (asked) => podsAt(ports, { repository: name, ...asked }),
        read: (asked, reading) =>
          git.run({
            ...reading,
            ports,
            options: {
              repository: name,
              ...asked,
              lines: true,
              pods: asked.pods.map(({ id, paths }) => ({ id, paths: [...paths] })),
            },
          }),
        close,
      };
    },
  };
}

async function configIn(...of: Parameters<typeof loadSettings>): Promise<Config | undefined> {
  const { configured, config } = await loadSettings(...of);
  return configured ? config : undefined;
}
