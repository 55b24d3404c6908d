import { expect, test } from 'vitest';
import { z } from 'zod';
import { deferred } from './deferred.ts';

test('a deferred schema is built once, when it is first asked, and answers as the schema itself', () => {
  let built = 0;
  const Name = deferred(() => {
    built += 1;
    return aName();
  });
  const Person = deferred(() => z.strictObject({ name: Name, nick: Name.optional() }));
  const People = deferred(() => z.array(Person.extend({ age: z.number() })));
  expect(built).toBe(0);
  expect(People.parse([{ name: 'Ada', age: 36 }])).toEqual([{ name: 'Ada', age: 36 }]);
  expect(Person.safeParse({ name: 'A', nicks: [] }).error?.issues.map(({ code }) => code)).toEqual([
    'too_small',
    'unrecognized_keys',
  ]);
  expect(Person).toBeInstanceOf(z.ZodObject);
  expect(built).toBe(1);
});

test('its JSON Schema is that of the schema itself, descriptions and ids included', () => {
  expect(z.toJSONSchema(around(deferred(aName)))).toEqual(z.toJSONSchema(around(aName())));
});

test('what only wraps another is refused, since its JSON Schema would fail', () => {
  expect(() => deferred(() => aName().optional()).type).toThrow('optional cannot be deferred');
});

function aName(): z.ZodType {
  return z.string().min(2).describe('a name');
}

function around(name: z.ZodType): z.ZodType {
  return z.object({ name, other: name.optional(), all: z.array(name) });
}
