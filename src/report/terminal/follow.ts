import { shortId } from '../../core/claim/claim-id.ts';
import type { ClaimView } from '../../core/claim/view.ts';
import { counted } from '../wording/numbers.ts';
import { clip, type Paper, paragraph } from './paper.ts';

export interface FollowAnswer {
  readonly read: number;
  readonly agents: number;
  readonly known: number;
  readonly claims: readonly ClaimView[];
}

export function followText(paper: Paper, { read, agents, known, claims }: FollowAnswer): string {
  const head = `${counted(claims.length, 'claim')} filed from ${counted(agents, 'commit')} by agents of ${read}`;
  const rows = claims.map(({ id, claimant, statement }) =>
    paragraph(paper, `  ${shortId(id)}  `, `${claimant.id}: ${clip(statement.split('\n', 1)[0] ?? '', 80)}`),
  );
  const next = claims.length === 0 ? [] : ['Check them: factum verify'];
  return [
    paragraph(paper, '', known === 0 ? `${head}.` : `${head}; ${known} were filed before.`),
    ...rows,
    ...next,
  ].join('\n');
}
