import type { PartKind } from '../part.ts';
import { deliveryPatterns } from './event-delivery.ts';
import { effectPatterns } from './event-effect.ts';
import type { EventPattern } from './event-words.ts';

/** Words without which no pattern of the kind can match: most sentences have none of them. */
const eventWords: Readonly<Partial<Record<PartKind, RegExp>>> = {
  committed: / (?:committed|commit|clean) /,
  pushed: / (?:force-)?pushed /,
  merged: / (?:squash-)?merged /,
  published: / (?:published|released) /,
  deployed: / (?:deployed|deployment|live|running) /,
  'endpoint-responds': / (?:URL|ENDPOINT) /,
  'page-renders': / (?:URL|ENDPOINT) /,
  migrated: / (?:migrations?|migrated) /,
  'data-present': / (?:rows|records|entries|users|documents|items) /,
  'metric-reached': / (?:AMOUNT|N) /,
  'issue-closed': / closed /,
  'not-reverted': / reverted /,
  behaviour: / (?:works?|working|complete|completed|done|finished|implemented|functional) /,
  'file-exists': / FILE /,
  'change-made': / (?:FILE|SYMBOL|readme|changelog) /,
};

const patterns = [...deliveryPatterns, ...effectPatterns];
const byKind = [...new Set(patterns.map(({ kind }) => kind))].map((kind) => ({
  words: eventWords[kind],
  own: patterns.filter((pattern) => pattern.kind === kind),
}));

/** The patterns that words may match; first match wins at each clause start. */
export function eventPatternsFor(words: string): readonly EventPattern[] {
  return byKind.flatMap((each) => (each.words?.test(words) === true ? each.own : []));
}
