import { FactumError, messageOf } from '../../core/errors.ts';
import { formatPublicKeyLine, publicKeyFingerprint } from '../../core/ledger/ssh-key.ts';
import type { HumanSigner, NewPasskey, PasskeyWanted } from '../../core/operation.ts';
import { refuseWhatIsNoHuman } from '../human-signer.ts';
import { nodeCrypto } from '../node-crypto.ts';
import { nodeSshsigPorts } from '../signatures.ts';
import { openInBrowser } from './browser-opener.ts';
import { keepPasskey, type KnownPasskey, knownPasskeys } from './known-passkeys.ts';
import { originAt, rpId } from './page-guard.ts';
import type { PasskeyPage } from './page-server.ts';
import { signedFacts } from './signed-facts.ts';
import type { Answer, AnswerOf, Ending, Step } from './steps.ts';
import { challengeOf, passkeyOf, sshSignatureOf } from './webauthn-answer.ts';

export interface PasskeyPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Factum's folder in the user's configuration. */
  readonly folder: string;
  /** Tells the person where the page is. */
  note(text: string): void;
  /** The address itself, on a line of its own and whole, so that it can be copied. */
  show(text: string): void;
  /** For each answer. Default 300,000. */
  readonly timeoutMs?: number;
}

/** Passkeys of the person at this machine, by a page in their browser; one page for everything that one command asks. */
export interface Passkeys {
  /** Throws HUMAN_KEY_REFUSED for an agent, PASSKEY_PORT, PASSKEY_UNANSWERED, PASSKEY_DECLINED, PASSKEY_REFUSED. */
  create(wanted: NewPasskey): Promise<HumanSigner>;
  /** Throws HUMAN_KEY_REFUSED for an agent, PASSKEY_MISSING, PASSKEY_AMBIGUOUS; to sign throws as `create`. */
  signer(wanted: PasskeyWanted): Promise<HumanSigner>;
  /** Tells the page, if one is open, that everything was signed. */
  close(): Promise<void>;
}

const readIt = 'Read what your signature says. Then sign it with your passkey, or do not.';

export function passkeysIn({ env, folder, note, show, timeoutMs }: PasskeyPlace): Passkeys {
  let open: { readonly port: number; readonly page: PasskeyPage } | undefined;

  async function pageAt(port: number): Promise<PasskeyPage> {
    if (open?.port === port) return open.page;
    await end(signed);
    // Few commands need a server, and all of them would wait for it to be loaded.
    const { openPasskeyPage } = await import('./page-server.ts');
    const page = await openPasskeyPage({ port, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
    open = { port, page };
    note('Your passkey is asked for in a browser on this machine:');
    show(`${page.url}\n`);
    if ((env['SSH_CONNECTION'] ?? '') !== '') {
      note(`From the machine before you, first: ssh -L ${port}:localhost:${port} <this machine>`);
    }
    openInBrowser(page.url, env);
    return page;
  }

  async function end(ending: Ending): Promise<void> {
    const page = open?.page;
    open = undefined;
    await page?.end(ending);
  }

  /** Asks on the page; whatever goes wrong, the person sees it there, too. */
  async function asking<Result>(port: number, act: (page: PasskeyPage) => Promise<Result>): Promise<Result> {
    refuseWhatIsNoHuman(env);
    try {
      return await act(await pageAt(port));
    } catch (thrown) {
      await end(refused(thrown));
      throw thrown;
    }
  }

  function signerWith(known: KnownPasskey, sheet: string | undefined, signedOnce?: () => Promise<void>): HumanSigner {
    const port = portOf(known);
    return {
      keyid: known.fingerprint,
      publicKeyLine: known.key,
      assurance: 'presence',
      passkey: known.passkey,
      sign: (message) =>
        asking(port, async (page) => {
          const answer = await answerOf('signed', page, signStep(known, message, sheet));
          const armored = await sshSignatureOf(answer, known, message);
          await signedOnce?.();
          return new TextEncoder().encode(armored);
        }),
    };
  }

  return {
    create: ({ person, pod, port }) =>
      asking(port, async (page) => {
        const step = createStep({ person, pod });
        const { publicKey, credentialId } = await answerOf('created', page, step);
        const key = passkeyOf(publicKey, rpId);
        const known = {
          fingerprint: publicKeyFingerprint(key, nodeSshsigPorts.sha256),
          key: formatPublicKeyLine(key),
          credentialId: base64Url(credentialId),
          passkey: { origin: originAt(port), rpId },
          holder: person.id,
        };
        // Kept when it has shown that it signs: one that cannot verify its person is of no use.
        return signerWith(known, undefined, () => keepPasskey(folder, known));
      }),
    async signer({ among, sheet }) {
      refuseWhatIsNoHuman(env);
      return signerWith(onlyOne(await knownPasskeys(folder), among), sheet);
    },
    close: () => end(signed),
  };
}

const signed: Ending = {
  kind: 'signed',
  title: 'Signed',
  lead: 'You can close this page and go back to the terminal.',
};

function refused(thrown: unknown): Ending {
  const isChoice = thrown instanceof FactumError && thrown.code === 'PASSKEY_DECLINED';
  const why = isChoice ? 'You chose not to.' : `${messageOf(thrown)}.`;
  const lead = `${why.charAt(0).toUpperCase()}${why.slice(1)} You can close this page; the terminal says more.`;
  return { kind: 'refused', title: 'Not signed', lead };
}

function createStep({ person, pod }: Omit<NewPasskey, 'port'>): Step {
  return {
    kind: 'create',
    title: 'Create a passkey',
    lead: `With it you sign for yourself in pod ${pod}. It stays in your authenticator; this page learns its public half only. A second step signs your request to be enrolled.`,
    facts: [
      { name: 'Person', value: person.name === undefined ? person.id : `${person.name} (${person.id})` },
      { name: 'Pod', value: pod },
    ],
    challenge: random(),
    rpId,
    user: { id: random(), name: person.id, displayName: `${person.name ?? person.id}, pod ${pod}` },
  };
}

function signStep({ credentialId, passkey }: KnownPasskey, message: Uint8Array, sheet: string | undefined): Step {
  return {
    kind: 'sign',
    ...signedFacts(message),
    lead: readIt,
    ...(sheet === undefined ? {} : { sheet: { title: 'What you were asked to look at', text: sheet } }),
    challenge: base64Url(challengeOf(message)),
    rpId: passkey.rpId,
    credentialId,
  };
}

/** Throws PASSKEY_DECLINED when the person says no. */
async function answerOf<Kind extends Answer['kind']>(
  kind: Kind,
  page: PasskeyPage,
  step: Step,
): Promise<AnswerOf<Kind>> {
  const answer = await page.ask(step);
  if (isOf(kind, answer)) return answer;
  if (answer.kind === 'declined') throw new FactumError('PASSKEY_DECLINED', 'you chose not to sign, on the page');
  throw new FactumError(
    'PASSKEY_REFUSED',
    `the page was asked for what is ${kind}, and answered what is ${answer.kind}`,
  );
}

function isOf<Kind extends Answer['kind']>(kind: Kind, answer: Answer): answer is AnswerOf<Kind> {
  return answer.kind === kind;
}

/** Throws PASSKEY_MISSING, PASSKEY_AMBIGUOUS. */
function onlyOne(known: readonly KnownPasskey[], among: readonly string[]): KnownPasskey {
  const [found, ...others] = known.filter(({ fingerprint }) => among.includes(fingerprint));
  if (found === undefined) {
    const keys = among.length === 0 ? 'the pod knows no passkey of yours' : `the pod's are ${among.join(', ')}`;
    throw new FactumError('PASSKEY_MISSING', `no passkey for this was made on this machine: ${keys}`);
  }
  if (others.length === 0) return found;
  const names = [found, ...others].map(({ fingerprint }) => fingerprint).join(', ');
  throw new FactumError('PASSKEY_AMBIGUOUS', `several passkeys of this machine may sign, and none is named: ${names}`);
}

function portOf({ passkey }: KnownPasskey): number {
  return Number(new URL(passkey.origin).port);
}

function random(): string {
  return nodeCrypto().randomBytes(32).toString('base64url');
}

function base64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
