import { createHash } from 'node:crypto';
import type { Target } from '../src/core/claim/claim.ts';
import type { Look } from '../src/core/claim/evidence.ts';
import type { Part, PartKind } from '../src/core/claim/part.ts';
import type { Examination, Verifier } from '../src/core/claim/verifier.ts';
import { couldNotLook, type Seen, type VerifierPorts } from '../src/core/ports.ts';
import { matchPattern } from '../src/host/pattern.ts';

type Options = Record<string, unknown>;

function none(): Promise<Seen<never>> {
  return Promise.resolve(couldNotLook('not-allowed', 'this test gives no such port'));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Real ports for what a test gives, and none for the rest; artifacts are hashed and dropped. */
export function outsidePorts(given: Partial<VerifierPorts>): VerifierPorts {
  return {
    run: none,
    readFile: none,
    findFiles: none,
    git: none,
    checkout: none,
    http: none,
    page: none,
    sql: none,
    dns: none,
    npmSettings: none,
    matches: matchPattern,
    keep: (content, name, mediaType) =>
      Promise.resolve({ digest: sha256(content), bytes: Buffer.byteLength(content), mediaType, name }),
    sha256,
    now: () => '2026-01-01T00:00:00.000Z',
    environment: () => Promise.resolve({ toolchain: {}, digest: '', variables: [] }),
    ...given,
  };
}

function partOf(kind: PartKind, names?: readonly string[]): Part {
  const scope = names === undefined ? 'all' : 'named';
  return { id: 'p1', kind, scope, options: {}, ...(names === undefined ? {} : { names: [...names] }) };
}

/** An examination without a repository. */
export function outside(
  ports: Partial<VerifierPorts>,
  options: Options,
  kind: PartKind = 'behaviour',
): Examination<Options> {
  return { options, part: partOf(kind), target: {}, claimedAt: '2026-01-01T00:00:00.000Z', ports: outsidePorts(ports) };
}

/** As an operation does it: what the words give, then what was configured, through the verifier's own schema. */
export function examine(verifier: Verifier, examination: Examination<Options>): Promise<Look> {
  const { part, target, options } = examination;
  return verifier.run({
    ...examination,
    options: verifier.options.parse({ ...verifier.fromPart?.(part, target), ...options }),
  });
}

export function fromWords(verifier: Verifier, names: readonly string[], target: Target = {}): Options {
  return { ...verifier.fromPart?.(partOf(verifier.judges[0], names), target) };
}
