import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reportRows } from './report.ts';

test('docs/validation.md shows what `node test/extraction/report.ts` prints', () => {
  const page = readFileSync(new URL('../../docs/validation.md', import.meta.url), 'utf8');
  expect(reportRows().length).toBeGreaterThan(3);
  for (const row of reportRows()) expect(page).toContain(row);
});
