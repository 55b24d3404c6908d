import type { z } from 'zod';

/** Where a plug-in stands: `experimental` may change without notice, `deprecated` names its successor in its summary. */
export type Lifecycle = 'experimental' | 'stable' | 'deprecated';

/** What every plug-in of every kind says about itself. Lists, docs, schemas and help are derived from it. */
export interface PluginForm<Options extends z.ZodObject = z.ZodObject> {
  /** kebab-case; equal to the file's name. */
  readonly id: string;
  readonly title: string;
  /** One sentence: what it looks at. */
  readonly summary: string;
  readonly lifecycle: Lifecycle;
  readonly options: Options;
}

/**
 * The one way to make a plug-in: `pluginOf('verifier')({...})` returns the form, frozen, with its kind.
 * `Extra` is what this kind adds to the form, its `run` function first of all.
 */
export function pluginOf<Kind extends string>(kind: Kind) {
  return function define<const Spec extends PluginForm & { readonly run: unknown }>(
    spec: Spec,
  ): Readonly<Spec & { kind: Kind }> {
    return Object.freeze({ kind, ...spec });
  };
}
