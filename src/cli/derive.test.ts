import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { allOperations } from '../ops/index.ts';
import { type Field, fieldsOf } from './derive.ts';

const operations = await allOperations();

describe('what a command line takes is what the JSON Schema of its operation says', () => {
  test.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
    const { properties = {}, required = [] } = z.toJSONSchema(operation.input, { io: 'input' });
    const fields = fieldsOf(operation);
    const shown = Object.entries(properties).map(([name, field]) => [name, ofSchema(field as Field)]);
    expect(fields.properties).toEqual(Object.fromEntries(shown));
    expect(fields.required).toEqual(required);
  });

  test('of many fields of all kinds', () => {
    const kinds = operations.flatMap((operation) =>
      Object.values(fieldsOf(operation).properties).map(({ type }) => type),
    );
    expect(new Set(kinds)).toEqual(new Set(['boolean', 'number', 'string', 'array']));
    expect(kinds.length).toBeGreaterThan(100);
  });
});

/** Commands read every number alike. */
function ofSchema({ type = '', description, default: given, enum: choices, items }: Field): Field {
  return {
    type: type === 'integer' ? 'number' : type,
    ...(description === undefined ? {} : { description }),
    ...(given === undefined ? {} : { default: given }),
    ...(choices === undefined ? {} : { enum: choices }),
    ...(items === undefined ? {} : { items: ofSchema(items) }),
  };
}
