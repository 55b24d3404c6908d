import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
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
  /** Private halves of its passkeys, PKCS #8. */
  privateKeys(): Promise<readonly Buffer[]>;
}

export function startChromium(): Promise<Browser> {
  const executablePath = programOf('chromium');
  if (executablePath === undefined) throw new Error('no chromium');
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

async function authenticatorIn(devtools: CDPSession): Promise<Authenticator> {
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
  return {
    async setVerified(isUserVerified) {
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
    async privateKeys() {
      const { credentials } = await devtools.send('WebAuthn.getCredentials', { authenticatorId });
      return credentials.map(({ privateKey }) => Buffer.from(privateKey, 'base64'));
    },
  };
}
