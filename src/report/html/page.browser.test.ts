import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startChromium } from '../../../test/browser-passkeys.ts';
import { spoken } from '../../../test/make/diagnosis.ts';
import { examples } from '../../../test/make/example-diagnoses.ts';
import { lacks } from '../../../test/needs.ts';
import { faultsOf, type Faults, outsideOf, tornOf } from '../../../test/page-faults.ts';
import type { Diagnosis } from '../../core/debt/diagnosis.ts';
import { diagnosisHtml } from './page.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'factum-report-'));
  if (!lacks('chromium')) browser = await startChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Complaints of the browser, requests and dialogs. */
  readonly heard: readonly string[];
}

async function open(diagnosis: Diagnosis, options: BrowserContextOptions): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const heard: string[] = [];
  const file = join(folder, 'report.html');
  writeFileSync(file, diagnosisHtml(diagnosis));
  const url = pathToFileURL(file).href;
  page.on('console', (message) => heard.push(message.text()));
  page.on('pageerror', (error) => heard.push(String(error)));
  page.on('dialog', (dialog) => heard.push(dialog.message()));
  page.on(
    'request',
    (request) => request.url() !== url && !request.url().startsWith('data:,') && heard.push(request.url()),
  );
  await page.goto(url);
  return { page, heard };
}

const names = Object.keys(examples) as (keyof typeof examples)[];

describe.skipIf(lacks('chromium'))('in a browser without scripts', () => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    test.each(names.flatMap((name) => [360, 1280].map((width) => [name, width] as const)))(
      '%s at %i pixels fits, is legible and asks for nothing',
      async (name, width) => {
        const viewport = { width, height: 800 };
        const { page, heard } = await open(examples[name], { viewport, colorScheme, javaScriptEnabled: false });
        expect(await page.evaluate(outsideOf)).toEqual([]);
        await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true`);
        expect(await page.evaluate(outsideOf)).toEqual([]);
        const { looked, faint, overlapping } = await page.evaluate<Faults>(faultsOf);
        expect(looked).toBeGreaterThan(100);
        expect(faint).toEqual([]);
        expect(overlapping).toEqual([]);
        expect(heard).toEqual([]);
        await page.context().close();
      },
    );
  });

  test('what is too wide, too faint or over another text is found', async () => {
    const { page } = await open(examples.rich, { viewport: { width: 360, height: 800 } });
    await page.evaluate(`document.querySelector('h1').style.width = '500px'`);
    expect(await page.evaluate(outsideOf)).not.toEqual([]);
    await page.evaluate(`document.querySelector('.kicker').style.color = '#999'`);
    await page.evaluate(`document.querySelector('.gauge text:last-child').setAttribute('x', '76%')`);
    const { faint, overlapping } = await page.evaluate<Faults>(faultsOf);
    expect(faint).toHaveLength(1);
    expect(overlapping).toHaveLength(1);
  });

  test('every figure answers when it is asked', async () => {
    const { page } = await open(examples.rich, { javaScriptEnabled: false });
    const first = page.locator('.card.debt details').first();
    expect(await first.locator('dl').isVisible()).toBe(false);
    await first.locator('summary').press('Enter');
    expect(await first.locator('dt').allTextContents()).toEqual(['What is this', 'From what', 'How sure', 'What now']);
    expect(await first.locator('dl').isVisible()).toBe(true);
  });

  test('what is drawn has a name, and the numbers of every chart are in a table', async () => {
    const { page } = await open(examples.several, { javaScriptEnabled: false });
    const drawings = page.locator('svg[role=img]');
    expect(await drawings.count()).toBeGreaterThan(40);
    expect(await page.locator('svg[role=img]:not(:has(> title + desc))').count()).toBe(0);
    const charts = await page.locator('figure').count();
    expect(charts).toBeGreaterThan(10);
    expect(await page.locator('figure + .numbers table, figure + p + .numbers table').count()).toBe(charts);
  });

  test('a table that is scrolled in its own box is reached by keys, and named', async () => {
    const { page } = await open(examples.rich, { javaScriptEnabled: false });
    const numbers = page.locator('.signal .numbers').first();
    await numbers.locator('summary').press('Enter');
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('role')).toBe('region');
    expect(await focused.getAttribute('aria-label')).toMatch(/^Numbers: ./);
  });

  test('printed, it shows what is folded on a screen', async () => {
    const { page } = await open(examples.broken, {});
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.card.debt .why dl').first().isVisible()).toBe(true);
    // Paper is narrower than the screens that get one column: it must not be taken for one of them.
    await page.setViewportSize({ width: 688, height: 980 });
    const columns = `getComputedStyle(document.querySelector('.signal')).gridTemplateColumns.split(' ').length`;
    expect(await page.evaluate(columns)).toBe(2);
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    expect(pdf.length).toBeGreaterThan(20_000);
  });
});

describe.skipIf(lacks('chromium'))('on paper', () => {
  const paper = { viewport: { width: 688, height: 1009 } };

  test.each(names)('%s fits, is legible and tears nothing that is read as one', async (name) => {
    const { page } = await open(examples[name], paper);
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(tornOf)).toEqual([]);
    expect(await page.evaluate(outsideOf)).toEqual([]);
    const { faint, overlapping } = await page.evaluate<Faults>(faultsOf);
    expect([faint, overlapping]).toEqual([[], []]);
    await page.context().close();
  });

  test('what would be torn is found', async () => {
    const { page } = await open(examples.rich, paper);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(`document.querySelectorAll('.card')[0].style.height = '1010px'`);
    await page.evaluate(`document.querySelectorAll('.card')[1].style.breakInside = 'auto'`);
    expect(await page.evaluate(tornOf)).toHaveLength(2);
  });

  test('marks of charts beside each other are told in words', async () => {
    const { page } = await open(examples.several, paper);
    expect(await page.locator('.funnel table').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.funnel table').first().isVisible()).toBe(true);
  });
});

describe.skipIf(lacks('chromium'))('hostile text in a browser with scripts', () => {
  const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)></style></title></svg>\u202E`;

  test('runs nothing, asks for nothing and is read as it is', async () => {
    const plain = await open(spoken(examples.several, 'x'), {});
    const { page, heard } = await open(spoken(examples.several, hostile), {});
    expect(heard).toEqual([]);
    const count = `document.querySelectorAll('*').length`;
    expect(await page.evaluate(count)).toBe(await plain.page.evaluate(count));
    expect(await page.locator('h1').nth(1).textContent()).toContain('<script>alert(1)</script><img src=x');
    expect(await page.evaluate(`document.documentElement.innerHTML`)).not.toContain('\u202E');
  });

  test('is heard where it is not escaped', async () => {
    const { page, heard } = await open(examples.young, {});
    await page.evaluate(`document.querySelector('h1').innerHTML = '<img src="http://127.0.0.1:1/x">'`);
    await expect.poll(() => heard.length).toBeGreaterThan(0);
  });
});
