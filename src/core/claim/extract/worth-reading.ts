import type { Span } from '../part.ts';
import type { Block } from './block.ts';

/** Checks and the programs that run them. All words here are looked for in the text as it is written. */
const checks =
  /test|e2e|spec|suite|go vet|staticcheck|lint|biome|clippy|ruff|flake8|rubocop|typ|tsc|mypy|pyright|buil|compil|(?<![a-z])ci(?![a-z])|pipeline|github|jest|mocha|playwright/i;

/** Each claim has a word of both patterns of one of these. */
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [
    checks,
    /pass|succe|green|clean|happy|error|issue|warning|failure|problem|violation|finding|complaint|complete|finish|fine|compil|buil|check|(?<![a-z])ok(?![a-z])|[✅✓✔☑]|🟢|\d\/\d/i,
  ],
  [/pass|fail|green/i, /\d|(?<![a-z])(?:one|two|three|four|five|six|seven|eight|nine|ten|only)(?![a-z])|suite/i],
  [/commit/i, /committed|creat|[0-9a-f]{7}/i],
  [/tree|directory/i, /clean/i],
  [/pushed|merged|published|released|deploy|(?<![a-z])live(?![a-z])|migrat|closed|reverted/i, /./],
  [/return|respond|answer|serves|gives/i, /2(?:\d\d|xx)/i],
  [/renders|loads|rendered|loaded|up and running/i, /\//],
  [/rows|records|entries|users|documents|items/i, /\d/],
  [/(?<![a-z])(?:above|over|below|under|within|exceed|meet|beat|target|threshold|limit|budget|goal)|[≥<>=]/i, /\d/],
  [
    /(?<![a-z])work(?:s|ing)?(?![a-z])|complete|done|finished|implemented|functional/i,
    /flow|feature|page|form|command|endpoint|integration|login|upload|export|import|search|sync|checkout|api|ui(?![a-z])|button|dialog|support|implementation|refactor|dashboard/i,
  ],
  [
    /(?<![a-z])(?:(?:add|fix|remov|delet|updat|chang|renam|refactor|replac|mov|implement|introduc|extract|wir|modifi|edit|dropp|convert|extend|bump|simplifi|patch|correct|enabl|disabl|register|export|wrapp|adjust|switch|swapp|clean|document|import|inlin|rework|restor|creat|harden|tighten|generat|scaffold|sav)ed|rewrote|wrote|written|split|exists?|in place|new file)(?![a-z])/i,
    /[`/\\]|\(\)|\.\w|readme|changelog/i,
  ],
];

/**
 * False only where nothing in that stretch of the block can be a claim. Most have none of these words, and to find that out
 * is far quicker than to read them.
 */
export function isWorthReading(text: string, { item, under }: Block, { start, end }: Span): boolean {
  const words = text.slice(start, end);
  if (pairs.some(([one, other]) => one.test(words) && other.test(words))) return true;
  return item && checks.test(words) && under.some((label) => /pass|green|succe|clean/.test(label));
}
