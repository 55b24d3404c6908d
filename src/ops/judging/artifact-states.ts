import { stateAfter } from '../../core/claim/erasure.ts';
import type { Artifact, BlobState, Evidence } from '../../core/claim/evidence.ts';
import type { ReadContext } from '../../core/operation.ts';

export type StatedArtifact = Artifact & { readonly state: BlobState };

/** What became of each artifact of these looks, each once. */
export async function artifactsOf(
  { read, blobState }: ReadContext,
  looks: readonly Evidence[],
): Promise<readonly StatedArtifact[]> {
  const artifacts = new Map(looks.flatMap((look) => look.artifacts.map((each) => [each.digest, each] as const)));
  const claims = artifacts.size === 0 ? [] : await read.claims();
  const erased = new Set(claims.flatMap(({ erasures }) => erasures.map(({ digest }) => digest)));
  const stated: StatedArtifact[] = [];
  // One after the other: an artifact may be large.
  for (const [digest, artifact] of artifacts) {
    stated.push({ ...artifact, state: stateAfter(await blobState(digest), digest, erased) });
  }
  return stated;
}
