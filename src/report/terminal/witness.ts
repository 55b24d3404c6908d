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

export function witnessListText(
  paper: Paper,
  answer: {
    readonly witnesses: readonly { readonly name: string; readonly vkey: string; readonly url: string }[];
    readonly required: boolean;
  },
): string {
  if (answer.witnesses.length === 0)
    return 'No witness is named: nobody else could show that this ledger was rolled back.';
  return [
    ...answer.witnesses.flatMap(({ name, vkey, url }) => [
      `${visible(name)}  ${visible(url)}`,
      ink(paper, 'dim', `  ${visible(vkey)}`),
    ]),
    answer.required ? 'Required: without a cosignature publishing fails.' : 'Not required: without one, it is said.',
  ].join('\n');
}

export function witnessServeText(paper: Paper, { url, logs }: { url: string; logs: readonly string[] }): string {
  return paragraph(paper, '', `The witness at ${url} has ended; it served ${logs.map(visible).join(', ')}.`);
}
