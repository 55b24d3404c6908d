import { type InputId, inputForms } from '../debt/inputs.ts';
import type { IssueText } from './issue-text.ts';

/** An anchor pair that is turned round would make of every improvement a decline. */
export function anchorProblems(anchors: unknown): readonly IssueText[] {
  if (typeof anchors !== 'object' || anchors === null) return [];
  return Object.entries(anchors).flatMap(([id, pair]) => {
    if (!Object.hasOwn(inputForms, id) || !isPair(pair)) return [];
    const { good, bad } = inputForms[id as InputId];
    if (Math.sign(pair.bad - pair.good) === Math.sign(bad - good)) return [];
    const wanted = bad > good ? 'good below bad' : 'good above bad';
    const text = `\`diagnose.anchors.${id}\` {line}: expected ${wanted}, got good ${pair.good} and bad ${pair.bad}`;
    return [{ path: ['diagnose', 'anchors', id], text }];
  });
}

function isPair(value: unknown): value is { readonly good: number; readonly bad: number } {
  if (typeof value !== 'object' || value === null || !('good' in value) || !('bad' in value)) return false;
  return typeof value.good === 'number' && typeof value.bad === 'number';
}
