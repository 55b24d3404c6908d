import fc from 'fast-check';
import { z } from 'zod';
import { Diagnosis } from '../../src/core/debt/diagnosis.ts';

interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
}

/** Any value that the schema allows; what texts hold is `text`. Built from the schema, so that a new field is seen, too. */
export function anyDiagnosis(text: fc.Arbitrary<string>): fc.Arbitrary<Diagnosis> {
  const schema = z.toJSONSchema(Diagnosis) as JsonSchema;
  return arbitraryOf(schema, text).map((value) => Diagnosis.parse(value));
}

function arbitraryOf(schema: JsonSchema, text: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((each) => arbitraryOf(each, text)));
  if (schema.items !== undefined) return fc.array(arbitraryOf(schema.items, text), { maxLength: 3 });
  if (schema.type === 'string') return text;
  if (schema.type === 'boolean') return fc.boolean();
  if (schema.type === 'number') return anyNumber;
  if (typeof schema.additionalProperties === 'object')
    return fc.dictionary(text, arbitraryOf(schema.additionalProperties, text), { maxKeys: 3 });
  if (schema.properties === undefined) throw new Error(`no arbitrary for ${JSON.stringify(schema)}`);
  const fields = Object.entries(schema.properties).map(([name, field]) => [name, arbitraryOf(field, text)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: [...(schema.required ?? [])] });
}

const anyNumber = fc.oneof(
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.double({ min: -100, max: 100, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** The same diagnosis, with something said before every free text, names of fields that are texts included. */
export function spoken(diagnosis: Diagnosis, before: string): Diagnosis {
  const schema = z.toJSONSchema(Diagnosis) as JsonSchema;
  return Diagnosis.parse(prefixed(diagnosis, schema, (text) => (isInstant.test(text) ? text : before + text)));
}

const isInstant = /^\d{4}-\d\d-\d\dT/;

function prefixed(value: unknown, schema: JsonSchema, say: (text: string) => string): unknown {
  if (typeof value === 'string') return schema.enum === undefined && schema.const === undefined ? say(value) : value;
  if (Array.isArray(value)) return value.map((each) => prefixed(each, schema.items ?? {}, say));
  if (typeof value !== 'object' || value === null) return value;
  const choice = (schema.anyOf ?? schema.oneOf)?.find((each) => fits(value, each));
  if (choice !== undefined) return prefixed(value, choice, say);
  const isRecord = typeof schema.additionalProperties === 'object';
  const fields = Object.entries(value).map(([name, field]) => {
    const own = schema.properties?.[name] ?? (schema.additionalProperties || {});
    return [isRecord ? say(name) : name, prefixed(field, own, say)];
  });
  return Object.fromEntries(fields);
}

/** By the state that tells the choices apart. */
function fits(value: object, schema: JsonSchema): boolean {
  const nested = schema.anyOf ?? schema.oneOf;
  if (nested !== undefined) return nested.some((each) => fits(value, each));
  return schema.properties?.['state']?.const === (value as { readonly state?: unknown }).state;
}
