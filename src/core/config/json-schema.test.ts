import { describe, expect, test } from 'vitest';
import { verifiers } from '../../plugins/verifiers/index.ts';
import { partKinds } from '../claim/part.ts';
import { configJsonSchema } from './json-schema.ts';

type Node = Readonly<Record<string, unknown>>;

const schema = configJsonSchema(verifiers);

/** Every object in the schema, with its path. */
function nodes(value: unknown, path = '#'): readonly (readonly [path: string, node: Node])[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, inner]) => nodes(inner, `${path}/${key}`));
  return Array.isArray(value) ? below : [[path, value as Node], ...below];
}

describe('the JSON Schema of factum.yaml', () => {
  test('the published file is up to date (vitest -u writes it)', async () => {
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('../../../schema/factum.schema.json');
  });

  test('every reference leads somewhere', () => {
    const all = new Map(nodes(schema));
    const references = [...all.values()].flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(verifiers.length);
    expect(references.filter((reference) => !all.has(reference))).toEqual([]);
  });

  test('checks and acceptance know every kind, every verifier and its options', () => {
    const checks = nodes(schema).filter(([, node]) => 'allOf' in node);
    expect(checks.map(([path]) => path.split('/properties/').at(-1))).toEqual(['checks/items', 'accept/items']);
    for (const [, check] of checks) {
      const { kind, verifier } = check['properties'] as Record<string, Node>;
      expect(kind?.['enum']).toEqual(partKinds);
      expect(verifier?.['enum']).toEqual(verifiers.map(({ id }) => id));
      const text = JSON.stringify(check['allOf']);
      for (const { id } of verifiers) expect(text).toContain(`"#/$defs/options-of-${id}"`);
    }
  });

  test('no option of a verifier is required: the part may give it', () => {
    for (const { id, options } of verifiers) {
      const own = schema.$defs?.[`options-of-${id}`];
      expect(own).not.toHaveProperty('required');
      expect(Object.keys(own?.properties ?? {})).toEqual(Object.keys(options.shape));
    }
  });
});
