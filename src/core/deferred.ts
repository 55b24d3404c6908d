import { z } from 'zod';

/**
 * A schema that is built when something is first asked of it. Building all that a command may parse with takes longer
 * than most commands run, and each needs a few of them. Not for what only wraps another, such as an optional one: of
 * those zod's JSON Schema does not know its own again.
 */
export function deferred<Schema extends z.ZodType>(build: () => Schema): Schema {
  let built: Schema | undefined;
  const stand = new Proxy({} as Schema, {
    get: (_, key) => Reflect.get(schema(), key) as unknown,
    has: (_, key) => Reflect.has(schema(), key),
    getPrototypeOf: () => Reflect.getPrototypeOf(schema()),
  });

  function schema(): Schema {
    if (built !== undefined) return built;
    built = build();
    if (wrappers.has(built.type)) throw new TypeError(`a schema of type ${built.type} cannot be deferred`);
    // Zod keeps descriptions beside a schema, by its identity.
    const described = z.globalRegistry.get(built);
    if (described !== undefined) z.globalRegistry.add(stand, described);
    return built;
  }
  return stand;
}

const wrappers: ReadonlySet<string> = new Set([
  'catch',
  'default',
  'lazy',
  'nonoptional',
  'nullable',
  'optional',
  'pipe',
  'prefault',
  'promise',
  'readonly',
]);
