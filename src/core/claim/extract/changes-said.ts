import type { Span } from '../part.ts';
import { blocksOf } from './block.ts';
import { formsOf } from './change-verbs.ts';
import { tellsOfParts } from './gone.ts';

/** What a message of a commit says that the commit itself changes; nothing more is meant by it. */
export interface ChangeSaid {
  /** UTF-16 offsets into the message, end exclusive. */
  readonly span: Span;
  /** `files`: those that are named; else any file that is so called. */
  readonly about: 'files' | 'tests' | 'readme' | 'changelog';
  /** Of files; empty else. */
  readonly names: readonly string[];
  /** True: the files are said to be there no longer. */
  readonly gone?: true;
}

const [adds, removes, moves, updates] = [formsOf('adds'), formsOf('removes'), formsOf('moves'), formsOf('updates')];

/** Words that may stand between the verb and "tests" and leave them tests. */
const kinds =
  '(?:(?:a|an|the|some|more|new|missing|additional|extensive|comprehensive|thorough|basic|initial|focused|targeted|full|further|corresponding|related|relevant|proper|automated|unit|integration|unit and integration|e2e|end-to-end|regression|property-based|smoke|snapshot|edge[ -]case|component|frontend|backend|api|\\d+) )*';
const extensions =
  'tsx?|jsx?|[mc][tj]s|jsonc?|mdx?|py|go|rs|rb|java|kt|swift|cc?|cpp|hpp|h|cs|php|html|s?css|less|vue|svelte|sh|bash|ya?ml|toml|ini|cfg|conf|lock|sql|proto|graphql|txt|xml|gradle|dart|exs?|lua|zig|tf|ipynb';
const segment = '[\\p{L}\\p{N}_@.+-]+';
const file = `\`?((?:${segment}/)*${segment}\\.(?:${extensions}))(?![\\w/])\`?`;
const articles = '(?:(?:the|a|an|new|empty|old|unused|obsolete|redundant|stale|legacy|root) )*';
const another = `(?:, and|,| and| &) ${articles}${file}`;
/** All of a list: what is said after its end is said of each. */
const files = `${articles}${file}(?:${another})*(?!${another})`;
/** After an object: what follows does not make it part of another thing. */
const stop = '(?=$|[.;:!](?: |$)|,? \\(|,? (?:with|for|so|because|since|as|and|that|which|by) | [-–—] | {2}|,(?: |$))';
const stopOrTo = stop.replace('(?:with', '(?:to|with');

const taken = new RegExp(`^(?:${removes}) `, 'i');
const moved = new RegExp(`^(?:${moves}) `, 'i');
const toFile = new RegExp(`^ (?:to|→|->) ${articles}${file}`, 'iu');

interface Form {
  readonly about: ChangeSaid['about'];
  readonly words: RegExp;
}

/** Each is looked for where a clause begins. */
const forms: readonly Form[] = [
  { about: 'tests', words: form(adds, `${kinds}(?:tests?|test (?:cases?|coverage|suites?)|specs?)${stopOrTo}`) },
  {
    about: 'readme',
    words: form(
      updates,
      `(?:(?:the|our|root|main|project) )*\`?README(?:\\.(?:md|rst|txt))?\`?(?!${another})${stopOrTo}`,
    ),
  },
  {
    about: 'changelog',
    words: form(
      updates,
      `(?:(?:the|our|root|main|project) )*\`?CHANGELOG(?:\\.(?:md|rst|txt))?\`?(?!${another})${stopOrTo}`,
    ),
  },
  { about: 'files', words: form(`${adds}|${removes}`, `${files}${stop}`) },
  { about: 'files', words: form(`${updates}|${moves}`, `${files}${stopOrTo}`) },
];

function form(verbs: string, object: string): RegExp {
  return new RegExp(`(?:${verbs}) ${object}`, 'iuy');
}

/** With one of these a message begins that reports. */
const reported = new RegExp(
  `^(?:${adds}|${removes}|${moves}|${updates}|(?:fix|implement|refactor|improve|extract|introduc|replac|us|mak|mend|bump|support|handl|convert|migrat|enabl|disabl|simplif|clean|extend|expos|document|correct|resolv|switch|split|merg|port|allow|restor|drop|wir)(?:e|y|up)?(?:s|es|ies|d|ed|ied)?) `,
  'i',
);
/** What the words around make something else than a report of this commit. */
const unmeant =
  /\b(?:not|no|never|without|don't|doesn't|instead|rather|if|when|once|unless|until|should|must|would|could|can|may|might|will|later|todo|to-do|next|plan(?:ned)?|future|follow-?up|separate|pending|already|previous(?:ly)?|earlier|revert(?:s|ed)?|was|were|had|e\.g\.|example|allow(?:s|ing)?|users?|agents?)\b|\?/i;
const planned =
  /\b(?:next|plan|to-?do|todos?|remaining|follow-?ups?|test plan|checklist|criteria|requirements?|future|later|not (?:done|included)|out of scope|how to|usage|example|before|previous\w*|background|context|problem|why|root cause|summary of (?:commits|prs))\b/i;

/** English; for precision. Reads what begins a subject, a list item or a paragraph, and what "and" or a comma joins to it. */
export function changesSaid(message: string): readonly ChangeSaid[] {
  const end = message.indexOf('\n');
  const subject = end < 0 ? message : message.slice(0, end);
  if (/^(?:revert|reapply|merge|fixup!|squash!|amend!)\b/i.test(subject)) return [];
  const opening = /^(?:[a-z-]+(?:\([^)]*\))?!?: +)?/i.exec(subject)?.[0].length ?? 0;
  const found = [...inClauses(message, opening, subject.replace(/ \(#\d+\)\s*$/, '').length)];
  if (end < 0) return found;
  for (const { kind, start, end: to, under } of blocksOf(message.slice(end))) {
    if (kind !== 'prose' || under.some((label) => planned.test(label))) continue;
    found.push(...inClauses(message, end + start, end + to));
  }
  return found;
}

/** Up to the end of the first sentence. */
function* inClauses(message: string, from: number, to: number): Generator<ChangeSaid> {
  const text = message.slice(from, to).replaceAll('\n', ' ');
  const sentence = text.slice(0, /[.;!?](?= |$)/.exec(text)?.index ?? text.length).replace(/[*_]{2}/g, '  ');
  if (!reported.test(sentence.trimStart()) || unmeant.test(sentence)) return;
  const lead = sentence.length - sentence.trimStart().length;
  for (const start of [
    lead,
    ...[...sentence.matchAll(/(?:, and|,| and|;|:) /gi)].map(({ index, 0: joint }) => index + joint.length),
  ]) {
    for (const { about, words } of forms) {
      words.lastIndex = start;
      const match = words.exec(sentence);
      if (match === null) continue;
      const names =
        about === 'files' ? [...match[0].matchAll(new RegExp(file, 'giu'))].map(([, name = '']) => name) : [];
      const rest = sentence.slice(start + match[0].length);
      const left = moved.test(match[0]) ? toFile.test(rest) : taken.test(match[0]) && !tellsOfParts(rest);
      const gone = about === 'files' && left;
      const span = { start: from + start, end: from + start + match[0].length };
      yield { span, about, names, ...(gone && { gone }) };
      break;
    }
  }
}
