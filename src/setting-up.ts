import { resolve } from 'node:path';
import manifest from '../package.json' with { type: 'json' };
import type { World } from './compose.ts';
import { grantsOf } from './core/config/grants.ts';
import { FactumError } from './core/errors.ts';
import type { SetupContext } from './core/operation.ts';
import type { LoadedSettings } from './host/config/load.ts';
import type { Repository } from './host/git/repository.ts';
import { hookFilesIn } from './host/hook-files.ts';
import type { HumanPlace } from './host/human-signer.ts';
import { writeNewFile } from './host/new-file.ts';
import { writeNewFolder } from './host/new-folder.ts';
import type { TrustGate } from './host/trust-gate.ts';
import type { Trust } from './host/trust.ts';
import { verifiers } from './plugins/verifiers/index.ts';
import type { Publishing } from './publishing.ts';
import type { Store } from './store/store.ts';

interface SettingUp {
  readonly world: World;
  /** The working tree's top, or any folder where there is no repository. */
  readonly dir: string;
  readonly repository: Repository | undefined;
  readonly settings: LoadedSettings;
  /** The user's configuration folder. */
  readonly folder: string;
  readonly trust: Trust;
  readonly gate: TrustGate;
  readonly signing: HumanPlace;
  readonly store: Store;
  readonly publishing: () => Promise<Publishing>;
}

type Changing = Omit<SetupContext['setup'], 'startWitness' | 'serveLedger' | 'serveMcp' | 'receiveTelemetry'>;

/** What an operation may change beside the ledger: settings, keys, hooks, new files, what is published or erased. */
export function settingUp(own: SettingUp): Changing {
  const { world, dir, repository, settings, folder, trust, gate, signing, store, publishing } = own;
  const { cwd, env, now } = world;
  return {
    async survey() {
      if (repository === undefined) throw new FactumError('NO_REPOSITORY', `${dir} is not in a git repository`);
      return (await import('./host/config/survey.ts')).takeSurvey(repository);
    },
    writeConfig: async (text, how) => (await import('./host/config/write.ts')).writeConfig(dir, text, how),
    // What the user changes here by hand is trusted as far as it was.
    async editConfig(edit) {
      const trusted = (await trust.isTrusted(settings.trustDigest, dir)) || grantsOf(settings).length === 0;
      const { editConfig } = await import('./host/config/edit.ts');
      const { path, digest } = await editConfig(dir, edit, verifiers);
      if (trusted) await trust.record(digest, dir, now());
      return { path, trusted };
    },
    recordTrust: gate.record,
    newHumanKey: async (wanted) => (await import('./host/new-human-key.ts')).makeHumanKey(wanted, signing),
    hooks: hookFilesIn({
      dir,
      folder,
      env,
      ...(repository === undefined ? {} : { commonDir: repository.commonDir }),
    }),
    async sendEvaluations(events, endpoint) {
      const { sendEvaluations } = await import('./host/telemetry/collector.ts');
      return sendEvaluations(events, { env, endpoint, version: manifest.version });
    },
    pullRequests: {
      forge: async (name) => (await import('./host/forge/github.ts')).openGitHub({ repository: name, env }),
      comment: async (result, run) =>
        (await import('./report/markdown/pull-request.ts')).pullRequestComment(result, run),
    },
    publishLedger: async () => (await publishing()).publish({ whole: true }),
    async writeFolder(wanted, files) {
      const path = resolve(cwd, wanted);
      await writeNewFolder(path, files);
      return path;
    },
    async writeFile(wanted, content) {
      const path = resolve(cwd, wanted);
      await writeNewFile(path, content);
      return path;
    },
    async eraseBlobs(digests, said) {
      const [first, ...others] = said.map((body) => ({ type: 'erasure/v0.1', body }) as const);
      // First the entry: what is deleted and not told would look lost.
      if (first !== undefined) await store.write([first, ...others]);
      for (const digest of digests) await store.blobs.erase(digest);
    },
  };
}
