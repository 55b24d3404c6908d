import { expect, test } from 'vitest';
import { z } from 'zod';
import { Diagnosis } from './diagnosis.ts';

test('the published JSON Schema is the one of the code', async () => {
  const schema = z.toJSONSchema(Diagnosis, { target: 'draft-2020-12' });
  const text = `${JSON.stringify({ $id: 'https://factum.internal/schema/diagnosis.schema.json', title: 'factum diagnose --format json', ...schema }, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../../../schema/diagnosis.schema.json');
});
