import { basename, join, resolve } from 'node:path';
import { askingIn } from './asking.ts';
import { showProgress } from './cli/progress.ts';
import type { GlobalOptions, OpenContext } from './cli/run.ts';
import type { World } from './compose.ts';
import type { Actor } from './core/actor.ts';
import type { Via } from './core/claim/claim.ts';
import { redact } from './core/claim/redact.ts';
import { defaultConfig } from './core/config/default-config.ts';
import { writtenSecrets } from './core/config/written-secrets.ts';
import { FactumError } from './core/errors.ts';
import type { OperationScope } from './core/operation.ts';
import type { VerifierPorts } from './core/ports.ts';
import type { Leads } from './core/telemetry/lead.ts';
import { actorOf } from './host/actor.ts';
import { type LoadedSettings, loadSettings } from './host/config/load.ts';
import { configurationFolder, makeConfigurationFolder } from './host/configuration-folder.ts';
import { envelopeSigner } from './host/envelope-signer.ts';
import { openPeer } from './host/git/envelopes/peer.ts';
import { errorOf } from './host/git/repository.ts';
import { humanSigner } from './host/human-signer.ts';
import { machineKeys } from './host/keys.ts';
import { ledgerAccess } from './host/ledger/ledger-access.ts';
import { readNamedFile } from './host/named-file.ts';
import { closeBrowser } from './host/net/chromium.ts';
import { passkeysIn } from './host/passkey-page/passkeys.ts';
import { createRunner, type Runner } from './host/process/runner.ts';
import { seenAnswersIn } from './host/seen-answers.ts';
import { secretsOf } from './host/secrets.ts';
import { trustGate } from './host/trust-gate.ts';
import { trustIn } from './host/trust.ts';
import { createVerifierPorts } from './host/verifier-ports.ts';
import { repositoryAround } from './opening.ts';
import { verifiers } from './plugins/verifiers/index.ts';
import type { DatabaseAddress } from './store/postgres/database.ts';
import { readingFrom } from './store/ledger-reading.ts';
import { openStore } from './store/store.ts';
import { servers } from './serving.ts';
import { settingUp } from './setting-up.ts';
import { nodeCrypto } from './host/node-crypto.ts';

export interface SessionOptions extends GlobalOptions {
  /** The operation opens what it reads by itself. */
  readonly opensItself?: boolean;
  /** Who speaks, where it is not whoever runs this process. */
  readonly speaker?: Actor;
  /** Default: the command line. */
  readonly via?: Via;
  readonly inboxUrl?: () => Promise<string>;
}

/** Opens everything that one operation may need; nothing is started or written before it is used. */
export async function openSession(world: World, scope: OperationScope, options: SessionOptions): Promise<OpenContext> {
  const { env, now } = world;
  const start = resolve(world.cwd, options.repo ?? '.');
  const opening = world.opening?.dir === start ? world.opening.repository : undefined;
  const repository = options.opensItself === true ? undefined : await (opening ?? repositoryAround(start));
  // More will be asked of git, for which its settings must be known: they are read meanwhile.
  if (scope !== 'read') void repository?.git.neutralised();
  const dir = repository?.dir ?? start;
  const settings =
    options.opensItself === true
      ? nothingSet(dir)
      : await loadSettings({ name: repository?.name ?? basename(dir), dir }, verifiers);
  const { config } = settings;
  const folder = configurationFolder(env);
  const secrets = secretsOf(env, config);
  const redacted = (text: string): string => redact(text, secrets);
  const stateDir = repository === undefined ? join(dir, '.factum') : join(repository.commonDir, 'factum');
  const progress = showProgress(world.terminal);
  for (const where of scope === 'read' ? [] : writtenSecrets(config, redacted)) {
    progress.note(`factum.yaml: ${where} holds what looks like a secret; it is recorded for good: use run.env`);
  }
  const database = databaseIn(env, repository?.name ?? basename(dir));
  const keys = machineKeys(folder);
  const store = openStore({
    dir: stateDir,
    keys,
    sha256: sha256Hex,
    signerOf: envelopeSigner,
    redact: redacted,
    twinLeaves: config.ledger.twin_leaves,
    ...(database === undefined ? {} : { database }),
  });
  const runner = createRunner({
    dir,
    stateDir,
    config: config.run,
    variables: env,
    onWait: progress.note,
    // What keeps and publishes the answer is loaded, and met once, while a command runs.
    ...(scope === 'read' ? {} : { onStart: () => void Promise.allSettled([publishingRoom(), store.rehearse()]) }),
    ...(repository === undefined ? {} : { repository }),
  });
  const trust = trustIn(folder);
  const gate = trustGate({
    trust,
    settings,
    dir,
    vouched: options.trust === true,
    ask: world.ask,
    now,
    redact: redacted,
  });
  // A read operation records nothing: its artifacts get their digests and are let go.
  const keep = scope === 'read' ? digestOnly(redacted) : store.blobs.keep;
  const ports = createVerifierPorts({ config, env, dir, repository, runner, gate, keep, now });

  const asking = askingIn(world);
  const signing = {
    env,
    dir: start,
    interactive: asking.isInteractive,
    ...(repository === undefined ? {} : { git: repository.git }),
  };

  const passkeys = passkeysIn({ env, folder, note: progress.note, show: progress.show });

  async function publishing() {
    const { journal, place } = store.log;
    const { publishing: open } = await publishingRoom();
    const name = database?.tenant ?? repository?.name ?? basename(dir);
    const shown = { journal, place: await place(), name };
    return open({ ...shown, folder, ledger: config.ledger, isTrusted: gate.isOpen, now: now() });
  }

  const access = ledgerAccess({
    cwd: start,
    own: store.log.reader ?? stateDir,
    configuration: folder,
    allow: config.network.allow,
  });

  const closing: (() => Promise<void>)[] = [];
  const onOpen = (close: () => Promise<void>): void => void closing.push(close);

  return {
    context: {
      read: store.read,
      write: store.write,
      exchange: { own: store.envelopes, admit: store.admit, peer: (remote) => openPeer(repository, remote) },
      readFile: (path, maxBytes) => readNamedFile(resolve(world.cwd, path), maxBytes),
      blobState: async (digest) => (await store.blobs.get(digest)).state,
      ports,
      verifiers,
      signals: async () => (await import('./plugins/signals/index.ts')).signals,
      agents: async () => (await import('./plugins/agents/index.ts')).agents,
      recogniser: async () => (await import('./plugins/sources/git/recogniser.ts')).agentIn,
      transcripts: async () => ({
        formats: (await import('./plugins/transcripts/index.ts')).transcripts,
        files: (await import('./host/transcripts/find.ts')).transcriptFilesIn(world.cwd),
      }),
      histories: async () => {
        const { histories } = await import('./diagnosing.ts');
        return histories({ cwd: start, env, verifiers, around: opening, onOpen });
      },
      repository: repository === undefined ? undefined : { ...repository, tree: () => treeIn(runner) },
      settings,
      via: options.via ?? 'cli',
      actor: async () => options.speaker ?? actorOf(env, repository?.git),
      progress,
      trust: gate.pass,
      workspace: runner.workspace,
      ledger: {
        ...access,
        head: async () => (await publishing()).head(),
        reading: (reader) => readingFrom(reader, { sha256: sha256Hex, signerOf: envelopeSigner }),
      },
      newId: world.newId,
      redact: redacted,
      ...asking,
      seenAnswers: seenAnswersIn(folder),
      ...(options.inboxUrl === undefined ? {} : { inboxUrl: options.inboxUrl }),
      leads: leadsOf(folder, now),
      keys: {
        human: (file) => humanSigner(file, signing),
        createPasskey: passkeys.create,
        passkey: passkeys.signer,
        machine: keys.own,
      },
      async resolveCommit(revision) {
        const answer = await ports.git([
          'rev-parse',
          '--verify',
          '--quiet',
          '--end-of-options',
          `${revision}^{commit}`,
        ]);
        if (answer.ok && answer.value.exit === 0) return answer.value.stdout.trim();
        throw new FactumError('USAGE', `${revision} names no commit of ${dir}`);
      },
      setup: {
        ...settingUp({ world, dir, repository, settings, folder, trust, gate, signing, store, publishing }),
        ...servers({ world, options, redact: redacted, onProblem: progress.note, onOpen }),
      },
    },
    async publish() {
      if (store.hasAppended()) await (await publishing()).publishIfDue(progress.note);
    },
    async close() {
      progress.end();
      for (const end of closing) await end();
      await Promise.all([runner.close(), closeBrowser(), passkeys.close(), store.close()]);
    },
  };
}

/** Loaded when it is asked: few commands are. */
function leadsOf(folder: string, now: () => string): Leads {
  const open = async (): Promise<Leads> => {
    const makeFolder = (): Promise<void> => makeConfigurationFolder(folder);
    return (await import('./store/leads.ts')).leadsIn({ path: join(folder, 'leads.sqlite'), makeFolder, now });
  };
  return {
    newest: async (most, of) => (await open()).newest(most, of),
    keep: async (leads) => (await open()).keep(leads),
  };
}

const publishingRoom = () => import('./publishing.ts');

function nothingSet(dir: string): LoadedSettings {
  return { config: defaultConfig(basename(dir)), configured: false, detected: [], trustDigest: '' };
}

/** Clones of one repository share a ledger there: by its name, or by the one that FACTUM_TENANT gives. */
function databaseIn(env: World['env'], name: string): DatabaseAddress | undefined {
  const url = env['FACTUM_DATABASE_URL'] ?? '';
  return url === '' ? undefined : { url, tenant: env['FACTUM_TENANT'] || name };
}

/** The tree that runs are compared with, so that it is hashed once. */
async function treeIn(runner: Runner): Promise<string> {
  const workspace = await runner.workspace('in-place');
  if (!workspace.ok) throw errorOf(workspace);
  return workspace.value.tree;
}

function digestOnly(redacted: (text: string) => string): VerifierPorts['keep'] {
  return async (content, name, mediaType) => {
    const bytes = Buffer.from(typeof content === 'string' ? redacted(content) : content);
    const digest = sha256Hex(Buffer.concat([nodeCrypto().randomBytes(32), bytes]));
    return { digest, bytes: bytes.length, mediaType, name };
  };
}

function sha256Hex(bytes: Uint8Array): string {
  return nodeCrypto().hash('sha256', bytes);
}
