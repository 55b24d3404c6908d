import { access, constants } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { messageOf } from '../../core/errors.ts';
import { couldNotLook, seen, type Seen } from '../../core/ports.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/**
 * Every page gets its own proxy; the browser itself gets none that answers and no resolver, so that whatever does not
 * belong to a page goes nowhere. WebRTC may not use UDP past the proxy.
 */
const flags = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  '--webrtc-ip-handling-policy=disable_non_proxied_udp',
];

let running: Promise<Seen<Browser>> | undefined;

/** The one browser of this process, started by the first look. */
export async function sharedBrowser(): Promise<Seen<Browser>> {
  running ??= launch();
  const browser = await running;
  if (browser.ok && browser.value.isConnected()) return browser;
  running = undefined;
  return browser.ok ? sharedBrowser() : browser;
}

/** Ends the browser, if one was started. Call it before the process ends. */
export async function closeBrowser(): Promise<void> {
  const browser = await running;
  running = undefined;
  if (browser?.ok === true) await browser.value.close();
}

async function launch(): Promise<Seen<Browser>> {
  const executablePath = await chromiumPath();
  if (executablePath === undefined) {
    return couldNotLook('missing-tool', 'no Chromium: install it, or name one in CHROMIUM_PATH');
  }
  const { chromium } = await import('playwright-core');
  try {
    // Chromium's sandbox refuses to run as root, and only then is it given up.
    return seen(await chromium.launch({ executablePath, args: flags, chromiumSandbox: process.getuid?.() !== 0 }));
  } catch (error) {
    return couldNotLook('missing-tool', `${executablePath} does not start: ${firstLine(messageOf(error))}`);
  }
}

async function chromiumPath(): Promise<string | undefined> {
  const named = process.env['CHROMIUM_PATH'];
  for (const path of named === undefined || named === '' ? places : [named]) {
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
