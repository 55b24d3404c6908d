import type { VerdictName } from '../../core/claim/verdict.ts';
import type { Ink } from './paper.ts';

interface Mark {
  readonly sign: string;
  readonly colour: Ink;
  /** What a reader can do about it; empty when there is nothing to do. */
  readonly next: string;
}

/** How each verdict is shown, and what to do next. */
export const verdictMarks: Readonly<Record<VerdictName, Mark>> = {
  contradicted: { sign: '✗', colour: 'red', next: 'mend it and claim again, or withdraw the claim' },
  disputed: { sign: '✗', colour: 'red', next: 'settle it between the people named; then look or attest again' },
  drifted: { sign: '✗', colour: 'red', next: 'it held once and no longer does: mend it, or change the intent' },
  stale: { sign: '~', colour: 'yellow', next: 'claim it again for what is there now' },
  unsupported: {
    sign: '?',
    colour: 'yellow',
    next: 'claim what can be checked, or remove what stood in the way, and look again',
  },
  hearsay: { sign: '?', colour: 'yellow', next: 'have the claim it passes on checked: factum verify <that claim>' },
  unverifiable: {
    sign: '·',
    colour: 'blue',
    next: 'say how to look (a check in factum.yaml, or --part), or ask humans',
  },
  unverified: { sign: '·', colour: 'blue', next: 'factum verify' },
  supported: { sign: '✓', colour: 'green', next: '' },
  verified: { sign: '✓', colour: 'green', next: '' },
  withdrawn: { sign: '-', colour: 'dim', next: '' },
};
