import type { Frame, Locator, Page } from 'playwright-core';
import type { PageRequest } from '../../core/ports.ts';
import { bounded } from './bounded.ts';

export interface Missing {
  readonly selectors: readonly string[];
  readonly texts: readonly string[];
}

/** What is not visible in any frame right now. Texts are compared without case and with white space as one space. */
export async function missingIn(page: Page, request: PageRequest): Promise<Missing> {
  return {
    selectors: await without(page, request.visible, (frame, selector) => frame.locator(`css=${selector}`)),
    texts: await without(page, request.texts, (frame, text) => frame.getByText(text)),
  };
}

async function without(
  page: Page,
  wanted: readonly string[],
  find: (frame: Frame, one: string) => Locator,
): Promise<string[]> {
  const missing: string[] = [];
  for (const one of wanted) {
    if (!(await isVisible(page, (frame) => find(frame, one)))) missing.push(one);
  }
  return missing;
}

async function isVisible(page: Page, find: (frame: Frame) => Locator): Promise<boolean> {
  for (const frame of page.frames()) {
    if ((await countIn(frame, find(frame).filter({ visible: true }))) > 0) return true;
  }
  return false;
}

/** A frame that was refused, or whose scripts never pause, never answers; a slow machine's do so late. */
const frameTimeoutMs = 20_000;

/** A frame that goes away or navigates while it is looked at has nothing in it; the next look sees its successor. */
async function countIn(frame: Frame, locator: Locator): Promise<number> {
  try {
    return await bounded(locator.count(), frameTimeoutMs, frame.url());
  } catch (error) {
    if (frame.isDetached() || /context was destroyed|navigation/i.test(String(error))) return 0;
    throw error;
  }
}
