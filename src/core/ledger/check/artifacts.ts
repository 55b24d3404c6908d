import type { BlobCounts, BlobState } from '../../claim/evidence.ts';
import { stateAfter } from '../../claim/erasure.ts';
import type { Sha256 } from '../hash.ts';
import { joinBytes } from '../octets.ts';
import type { EntryCheck } from './entries.ts';
import type { Findings } from './finding.ts';
import type { LedgerReader } from './reader.ts';
import { hexOf } from './signed-checkpoint.ts';

export interface ArtifactPorts {
  readonly findings: Findings;
  readonly sha256: Sha256;
}

/**
 * What became of the artifacts that looks name. Only other bytes are a fault: artifacts stay where their look was taken,
 * so a copy need not have them, and whoever keeps one may erase it. A mark beside the blob is not asked: anybody can make
 * one, and an entry of the ledger says who erased it and when.
 */
export async function checkArtifacts(
  reader: LedgerReader,
  { artifacts, erasures }: Pick<EntryCheck, 'artifacts' | 'erasures'>,
  { findings, sha256 }: ArtifactPorts,
): Promise<BlobCounts> {
  const counts = { kept: 0, erased: 0, missing: 0, damaged: 0 };
  for (const [digest, entry] of artifacts) {
    const found = await blobStateIn(reader, digest, sha256);
    const state = stateAfter(found, digest, erasures);
    counts[state] += 1;
    if (state === 'damaged') findings.report('artifact-damaged', blobPath(digest), { entry, expected: digest });
  }
  return counts;
}

/** In a store; a log has no blobs. */
async function blobStateIn(reader: LedgerReader, digest: string, sha256: Sha256): Promise<BlobState> {
  const path = blobPath(digest);
  const bytes = await reader.read(path);
  const salt = bytes === undefined ? undefined : await reader.read(`${path}.salt`);
  if (bytes === undefined || salt === undefined) return 'missing';
  return hexOf(sha256(joinBytes(salt, bytes))) === digest ? 'kept' : 'damaged';
}

function blobPath(digest: string): string {
  return `blobs/${digest.slice(0, 2)}/${digest}`;
}
