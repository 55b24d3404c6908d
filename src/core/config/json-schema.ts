import { z } from 'zod';
import { defaultVerifiers, type PartKind, partKinds } from '../claim/part.ts';
import type { Verifier } from '../claim/verifier.ts';
import { Check } from '../intent.ts';
import { Config, ConfiguredCheck } from './config.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** JSON Schema (draft 2020-12) of `factum.yaml` for editors, with the options of every verifier. */
export function configJsonSchema(verifiers: readonly Verifier[]): JsonSchema {
  const schema = z.toJSONSchema(Config, {
    target: 'draft-2020-12',
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === ConfiguredCheck || zodSchema === Check) describeCheck(jsonSchema, verifiers);
    },
  });
  const defs = Object.fromEntries(verifiers.map((verifier) => [optionsName(verifier.id), optionsOf(verifier)]));
  return {
    ...schema,
    $id: 'https://factum.internal/schema/factum.schema.json',
    title: 'factum.yaml',
    $defs: { ...schema.$defs, ...defs },
  };
}

function describeCheck(check: JsonSchema, verifiers: readonly Verifier[]): void {
  const named = check.properties?.['verifier'];
  if (typeof named === 'object') named.enum = verifiers.map(({ id }) => id);
  check.allOf = verifiers.flatMap(({ id }) => {
    const kinds = partKinds.filter((kind: PartKind) => defaultVerifiers[kind][0] === id);
    const isNamed = { properties: { verifier: { const: id } }, required: ['verifier'] };
    const isUsual = { properties: { kind: { enum: kinds } }, required: ['kind'], not: { required: ['verifier'] } };
    return (kinds.length === 0 ? [isNamed] : [isNamed, isUsual]).map((when) => implies(when, takesOptionsOf(id)));
  });
}

/** Said by its negation and `else`, because an object with a `then` reads as a promise. */
function implies(condition: JsonSchema, demand: JsonSchema): JsonSchema {
  return { if: { not: condition }, else: demand };
}

function takesOptionsOf(id: string): JsonSchema {
  return { properties: { options: { $ref: `#/$defs/${optionsName(id)}` } } };
}

function optionsName(id: string): string {
  return `options-of-${id}`;
}

/** None is required here: what the configuration leaves out the part itself may give. */
function optionsOf({ id, options, summary }: Verifier): JsonSchema {
  const { $schema: _, required: __, ...schema } = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const inPlace = JSON.stringify(schema).replaceAll('"#/$defs/', `"#/$defs/${optionsName(id)}/$defs/`);
  return { description: summary, ...(JSON.parse(inPlace) as JsonSchema) };
}
