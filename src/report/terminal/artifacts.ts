import type { Artifact, BlobCounts, BlobState } from '../../core/claim/evidence.ts';
import { shortId } from '../../core/claim/claim-id.ts';
import { type Paper, paragraph } from './paper.ts';

/** What became of what looks kept. An erased artifact is no lost one, and neither speaks against the ledger. */
export const blobWords: Readonly<Record<BlobState, string>> = {
  kept: 'kept here',
  erased: 'erased',
  missing: 'not here',
  damaged: 'damaged',
};

/** `2 kept here, 1 erased`; undefined where looks kept nothing. */
export function countsText(counts: BlobCounts): string | undefined {
  const states = Object.keys(blobWords) as BlobState[];
  const some = states.filter((state) => counts[state] > 0).map((state) => `${counts[state]} ${blobWords[state]}`);
  return some.length === 0 ? undefined : some.join(', ');
}

export interface Erasure {
  readonly erased: boolean;
  readonly artifacts: readonly (Partial<Artifact> & {
    readonly digest: string;
    readonly claims: readonly string[];
    readonly was: BlobState;
  })[];
}

export function eraseText(paper: Paper, { erased, artifacts }: Erasure): string {
  const lines = artifacts.map(({ name = 'no look here names it', bytes, digest, claims, was }) => {
    const size = bytes === undefined ? '' : `, ${bytes} bytes`;
    const of = claims.length === 0 ? '' : `, of ${claims.map(shortId).join(', ')}`;
    const before = was === 'erased' ? ', was erased before' : '';
    return paragraph(paper, `  ${digest.slice(0, 8)}  `, `${name}${size}${of}${before}`);
  });
  if (!erased)
    return ['Nothing was erased. It would be:', ...lines, 'next  where nobody can be asked: the same with --yes'].join(
      '\n',
    );
  const stays = 'The ledger and every verdict stay as they are; factum show says "erased". Backups are yours to erase.';
  return ['Erased, with the salt, from this machine:', ...lines, paragraph(paper, '', stays)].join('\n');
}
