import { visible } from '../../core/visible.ts';
import { ink, type Paper, paragraph } from './paper.ts';

// What the answers about witnesses look like on a terminal.

interface Edited {
  readonly path: string;
  readonly url: string;
  readonly trusted: boolean;
}

export function witnessAddText(paper: Paper, answer: Edited & { readonly name: string }): string {
  return [
    paragraph(paper, '', `${visible(answer.name)} at ${visible(answer.url)} is asked to cosign from now on.`),
    ...trustNote(paper, answer),
  ].join('\n');
}

export function witnessRemoveText(paper: Paper, answer: Edited & { readonly vkey: string }): string {
  const gone = `${visible(answer.vkey)} at ${visible(answer.url)} is not asked any more.`;
  return [paragraph(paper, '', gone), ...trustNote(paper, answer)].join('\n');
}

function trustNote(paper: Paper, { trusted, path }: Edited): readonly string[] {
  return trusted ? [] : [paragraph(paper, 'next: ', `read ${path}, then factum trust: nothing is sent before`)];
}

interface Listed {
  readonly name: string;
  readonly vkey: string;
  readonly url: string;
  readonly cosignedAt?: string;
}

export function witnessListText(
  paper: Paper,
  answer: {
    readonly witnesses: readonly Listed[];
    readonly required: boolean;
    readonly size?: number;
    readonly unwitnessedSince?: string;
  },
): string {
  if (answer.witnesses.length === 0)
    return 'No witness is named: nobody else could show that this ledger was rolled back.';
  return [
    ...answer.witnesses.flatMap(({ name, vkey, url, cosignedAt }) => [
      `${visible(name)}  ${visible(url)}`,
      ink(paper, 'dim', `  ${visible(vkey)}`),
      ...(answer.size === undefined ? [] : [`  ${stateOf(answer.size, cosignedAt)}`]),
    ]),
    ...(answer.unwitnessedSince === undefined
      ? []
      : [ink(paper, 'yellow', `unwitnessed since ${answer.unwitnessedSince}`)]),
    answer.required ? 'Required: without a cosignature publishing fails.' : 'Not required: without one, it is said.',
  ].join('\n');
}

function stateOf(size: number, cosignedAt: string | undefined): string {
  return cosignedAt === undefined ? `has not cosigned ${size} entries` : `cosigned ${size} entries at ${cosignedAt}`;
}

export function witnessServeText(paper: Paper, { url, logs }: { url: string; logs: readonly string[] }): string {
  return paragraph(paper, '', `The witness at ${url} has ended; it served ${logs.map(visible).join(', ')}.`);
}
