import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { spawnSync } from 'node:child_process';
import { programOf } from './needs.ts';

/** A person at a real browser with an authenticator of its own. */
export interface Person {
  readonly page: Page;
  /** What the page complained about: breaches of its own policy, too. */
  readonly complaints: readonly string[];
  readonly authenticator: Authenticator;
}

export interface Authenticator {
  /** Whether it verifies who touches it, as by PIN. */
  setVerified(isVerified: boolean): Promise<void>;
  /** Passes all its passkeys, private halves and all, to another one: what no real authenticator does. */
  copyTo(other: { readonly page: Page }): Promise<void>;
}

export function startChromium(): Promise<Browser> {
  const name = programOf('chromium');
  if (name === undefined) throw new Error('no chromium');
  const executablePath = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

export async function personAt(browser: Browser): Promise<Person> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  const devtools = await context.newCDPSession(page);
  return { page, complaints, authenticator: await authenticatorIn(devtools) };
}

async function newAuthenticator(devtools: CDPSession) {
  await devtools.send('WebAuthn.enable');
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devtools, at: { authenticatorId } };
}

async function authenticatorIn(session: CDPSession): Promise<Authenticator> {
  const { devtools, at } = await newAuthenticator(session);
  return {
    async setVerified(isUserVerified) {
      await devtools.send('WebAuthn.setUserVerified', { ...at, isUserVerified });
    },
    async copyTo({ page }) {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', at);
      const other = await newAuthenticator(await page.context().newCDPSession(page));
      for (const credential of credentials)
        await other.devtools.send('WebAuthn.addCredential', { ...other.at, credential });
    },
  };
}

/** The page's own request for a signature, bent as a page that deceives would bend it; `fields` is its source. */
export async function bend(page: Page, fields: string): Promise<void> {
  await page.evaluate(`(() => {
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = ({ publicKey }) => get({ publicKey: { ...publicKey, ${fields} } });
  })()`);
}

/** The page gets its signature from a page of another origin, made for the right challenge with the right passkey. */
export async function answerFrom(page: Page, other: Page): Promise<void> {
  await page.exposeFunction('elsewhere', (challenge: number[], id: number[]) =>
    other.evaluate(`(async () => {
      const { response } = await navigator.credentials.get({ publicKey: {
        challenge: Uint8Array.from([${challenge.join()}]),
        rpId: 'localhost',
        userVerification: 'required',
        allowCredentials: [{ type: 'public-key', id: Uint8Array.from([${id.join()}]) }],
      } });
      const { authenticatorData, clientDataJSON, signature } = response;
      return [authenticatorData, clientDataJSON, signature].map((buffer) => [...new Uint8Array(buffer)]);
    })()`),
  );
  await page.evaluate(`(() => {
    navigator.credentials.get = async ({ publicKey: { challenge, allowCredentials } }) => {
      const parts = await elsewhere([...challenge], [...allowCredentials[0].id]);
      const [authenticatorData, clientDataJSON, signature] = parts.map((part) => Uint8Array.from(part).buffer);
      return { response: { authenticatorData, clientDataJSON, signature } };
    };
  })()`);
}
