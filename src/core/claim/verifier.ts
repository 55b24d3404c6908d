import type { z } from 'zod';
import { type PluginForm, pluginOf } from '../plugin.ts';
import type { VerifierPorts, Workspace } from '../ports.ts';
import type { Target } from './claim.ts';
import type { Evidence, Look } from './evidence.ts';
import type { Part, PartKind } from './part.ts';

/** What a verifier is asked to look at. */
export interface Examination<Options> {
  readonly options: Options;
  readonly part: Part;
  readonly target: Target;
  /** When the claim was made, which may be long before anybody looks. */
  readonly claimedAt: string;
  /** Absent when the target is not in a repository. */
  readonly workspace?: Workspace;
  /** The last supported look of this verifier with these options, for comparison of counts. */
  readonly lastAccepted?: Evidence;
  readonly ports: VerifierPorts;
}

/**
 * `local-run`: runs commands in a workspace, one at a time in place; its support may be used again for the same tree.
 * `repository`: reads git and files. `outside`: asks a system that changes by itself.
 */
export type LooksAt = 'local-run' | 'repository' | 'outside';

export interface VerifierForm<Options extends z.ZodObject = z.ZodObject> extends PluginForm<Options> {
  /** Changes whenever the same reality could be judged differently. */
  readonly version: string;
  readonly looksAt: LooksAt;
  /** For one that looks outside: it reads files of the working tree, too, as they are now. */
  readonly readsFiles?: boolean;
  /** Part kinds it can judge; the first one is what `--part <verifier id>` files. */
  readonly judges: readonly [PartKind, ...PartKind[]];
  /** True: looked at beside the judging verifiers of these kinds; what it says is shown and never decides. */
  readonly annotates?: boolean;
  /** Options that the words of the part and its target already give, for instance a path or a URL. */
  fromPart?(part: Part, target: Target): Readonly<Record<string, unknown>>;
  run(examination: Examination<z.infer<Options>>): Promise<Look>;
}

const define = pluginOf('verifier');

/** A verifier examines one part against reality. It never throws for what it sees, and never refutes what it could not see. */
export function verifier<Options extends z.ZodObject>(form: VerifierForm<Options>): Verifier {
  return define(form) as unknown as Verifier;
}

export type Verifier = Readonly<VerifierForm & { readonly kind: 'verifier' }>;
