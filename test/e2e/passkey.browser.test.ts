import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { aPod, type Attested, type TestPod } from '../make/pod.ts';
import { answerFrom, bend, type Person, personAt, startChromium } from '../browser-passkeys.ts';
import { freePort } from '../free-port.ts';
import { envelopesOf, strangerVerifies } from '../make/stranger.ts';
import { lacks } from '../needs.ts';
import { type Ended, factumProcess } from './program.ts';

// A person at a real browser with an authenticator, and the real program: passkeys from enrolment to a stranger's check.

let browser: Browser;

describe.skipIf(lacks('git', 'sshKeygen', 'chromium'))('passkeys', () => {
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  test('from enrolment to a fact that strangers verify', async () => {
    const pod = await aPod();
    const at = await personAt(browser);
    const ada = await enrolled(pod, at);
    expect(JSON.parse(ada.out).keys).toMatchObject([{ state: 'enrolled' }, { state: 'enrolled' }]);
    await pod.run(pod.bob, ['key', 'enroll', '--as', pod.bob.id]);
    const vouching = ['key', 'enroll', pod.bob.fingerprint, '--passkey', '--as', pod.ada.id];
    expect(await signed(pod, at, vouching)).toMatchObject({ exit: 0 });
    await pod.run(pod.bob, ['key', 'enroll']);

    const claim = await pod.claimed();
    await pod.attested(pod.bob, claim, '--confirm');
    const attesting = ['attest', claim, '--confirm', '--passkey', '--json'];
    const { out } = await signed(pod, at, attesting, async (page) => {
      const shown = await page.locator('main').innerText();
      expect(shown).toContain('Sign your answer: confirm');
      expect(shown).toContain('| sums are there');
      expect(shown).toContain("neither what machines say nor others' answers");
      expect(shown).not.toMatch(/supported|bob/i);
      await fitsPhone(page);
    });
    const { view, attestation, doesNotCount } = JSON.parse(out) as Attested;
    expect({ verdict: view.verdict, doesNotCount }).toEqual({ verdict: 'verified', doesNotCount: undefined });
    expect(attestation).toMatchObject({
      assurance: 'presence',
      saw: { machineVerdict: false, otherAttestations: false },
    });
    expect(view.humans).toMatchObject([{ assurance: 'software' }, { assurance: 'presence', independent: true }]);
    expect(at.complaints).toEqual([]);

    const { out: allowed } = await pod.run(pod.bob, ['key', 'allowed-signers']);
    const attestations = await envelopesOf(pod, 'human-attestation/v0.1');
    expect(attestations).toHaveLength(2);
    for (const { envelope, person } of attestations) {
      expect(strangerVerifies(allowed, person, envelope)).toBe(true);
      expect(strangerVerifies(allowed, 'cyd@example.org', envelope)).toBe(false);
      expect(strangerVerifies(allowed, person, { ...envelope, payload: Buffer.from('{}') })).toBe(false);
    }
  });

  test('an answer without user verification, to another challenge or by another page is refused, and nothing recorded', async () => {
    const pod = await aPod();
    const at = await personAt(browser);
    await enrolled(pod, at);
    const claim = await pod.claimed();
    const attest = ['attest', claim, '--confirm', '--passkey'];

    const unverified = await signed(pod, at, attest, (page) => unverifiedBy(page, at));
    expect(unverified).toMatchObject({ exit: 2, err: expect.stringMatching(/did not\s+verify who touched it/) });
    expect(await at.page.innerText('main')).toContain('did not verify who touched it');

    await at.authenticator.setVerified(true);
    const other = await signed(pod, at, attest, (page) => bend(page, 'challenge: new Uint8Array(32)'));
    expect(other).toMatchObject({ exit: 2, err: expect.stringMatching(/what was\s+signed\s+is\s+another\s+message/) });

    const elsewhere = { page: await browser.newPage() };
    await elsewhere.page.route('http://localhost:4242/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>elsewhere' }),
    );
    await elsewhere.page.goto('http://localhost:4242/');
    await at.authenticator.copyTo(elsewhere);
    const stolen = await signed(pod, at, attest, (page) => answerFrom(page, elsewhere.page));
    expect(stolen).toMatchObject({
      exit: 2,
      err: expect.stringMatching(/another\s+page\s+than\s+the\s+enrolled\s+one/),
    });

    expect(await pod.shown(claim)).toMatchObject({ humans: [], uncounted: [] });
    expect(await signed(pod, at, attest)).toMatchObject({ exit: 0 });
  });

  test('a browser that cannot verify its person signs nothing, and says so; who says no is heard', async () => {
    const pod = await aPod();
    const at = await personAt(browser);
    await enrolled(pod, at);
    const claim = await pod.claimed();
    await at.authenticator.setVerified(false);
    const { ended, page } = await opened(pod, at, ['attest', claim, '--dispute', '--passkey']);
    await page.click('#go');
    await page.locator('#status', { hasText: 'No passkey was used' }).waitFor();
    await page.click('#no');
    expect(await ended).toMatchObject({ exit: 2, err: expect.stringContaining('PASSKEY_DECLINED') });
    expect(await pod.shown(claim)).toMatchObject({ humans: [] });
  });

  test('an agent is refused before any page is served', async () => {
    const pod = await aPod();
    for (const line of [
      ['key', 'enroll', '--passkey', '--as', pod.ada.id],
      ['attest', await pod.claimed(), '--confirm', '--passkey'],
    ]) {
      const { err } = await pod.run(pod.agent, line, { exit: 2 });
      expect(err).toContain('HUMAN_KEY_REFUSED: an agent (claude-code) runs this command: CLAUDECODE is set');
    }
  });

  test('with several passkeys of one person none is guessed, and they are one person', async () => {
    const pod = await aPod();
    const at = await personAt(browser);
    const { out } = await enrolled(pod, at);
    const [{ fingerprint }] = JSON.parse(out).keys;
    await pod.run(pod.ada, ['attest', await pod.claimed(), '--confirm', '--passkey', '--key', pod.bob.fingerprint], {
      exit: 2,
    });
    const claim = await pod.claimed();
    const named = ['attest', claim, '--confirm', '--passkey', '--key', fingerprint];
    expect(await signed(pod, at, named)).toMatchObject({ exit: 0 });
    const software = await pod.run(pod.ada, ['key', 'enroll', '--as', pod.ada.id]);
    expect(software.out).toContain('waiting');
    const vouching = ['key', 'enroll', pod.ada.fingerprint, '--passkey'];
    expect(await signed(pod, at, vouching)).toMatchObject({ exit: 0 });
    const { view } = await pod.attested(pod.ada, claim, '--confirm');
    expect(view.confirmations).toBe(1);
    const why = view.humans.flatMap(({ doesNotCount }) => doesNotCount ?? []);
    expect(why).toEqual(['the person answered again']);
  });
});

async function enrolled(pod: TestPod, at: Person): Promise<Ended> {
  const port = await freePort();
  const line = ['key', 'enroll', '--passkey', '--as', pod.ada.id, '--port', `${port}`, '--json'];
  const ended = await signed(pod, at, line);
  expect(ended.exit, ended.err).toBe(0);
  return ended;
}

interface OpenedPage {
  readonly page: Page;
  readonly ended: Promise<Ended>;
}

/** Starts the real program and opens the page that it names. */
async function opened(pod: TestPod, { page }: Person, line: readonly string[]): Promise<OpenedPage> {
  const { child, ended } = factumProcess(pod.repository.dir, line, pod.ada.env);
  onTestFinished(() => void child.kill());
  const url = await new Promise<string>((found, lost) => {
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const [match] = /http:\/\/localhost:\d+\/\S+(?=\n)/.exec(said) ?? [];
      if (match !== undefined) found(match);
    });
    void ended.then(() => lost(new Error(said)));
  });
  await page.goto(url);
  await page.waitForSelector('#go:visible');
  return { page, ended };
}

/** Opens the page and signs whatever it asks for, until it ends. */
async function signed(
  pod: TestPod,
  at: Person,
  line: readonly string[],
  before: (page: Page) => Promise<unknown> = async () => undefined,
): Promise<Ended> {
  const { page, ended } = await opened(pod, at, line);
  await before(page);
  while ((await page.locator('#go:visible').count()) > 0) {
    const title = await page.innerText('h1');
    await page.click('#go:enabled');
    await page.locator('h1').filter({ hasNotText: title }).waitFor();
  }
  return ended;
}

/** On the narrowest screens nothing runs out of sight, and where a line of the sheet goes on it stands further in than it began. */
async function fitsPhone(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 740 });
  const { scrollWidth, clientWidth, insets } = await page.evaluate<
    Record<'scrollWidth' | 'clientWidth', number> & { insets: number[] }
  >(`(() => {
    const insets = [...document.querySelectorAll('#sheet span')].flatMap((line) => {
      const range = document.createRange();
      range.selectNodeContents(line);
      const [first, ...others] = range.getClientRects();
      return others.map(({ left }) => left - first.left);
    });
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth, insets };
  })()`);
  expect(scrollWidth).toBe(clientWidth);
  expect(insets).not.toEqual([]);
  expect(Math.min(...insets)).toBeGreaterThan(10);
}

async function unverifiedBy(page: Page, { authenticator }: Person): Promise<void> {
  await authenticator.setVerified(false);
  await bend(page, "userVerification: 'discouraged'");
}
