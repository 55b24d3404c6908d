import type { Candidate } from './candidate.ts';
import { type Sentence, wordsBetween } from './sentence.ts';

/** A bare item of a list that nothing introduces as a report may be a rule: it is claimed, and cannot be refuted. */
export function cautious(sentence: Sentence, candidate: Candidate): Candidate {
  const { block, words } = sentence;
  const introduced = block.under.length === 0 || block.under.some((label) => report.test(label));
  if (!block.item || block.ticked || candidate.scope === 'unknown' || !checks.has(candidate.kind)) return candidate;
  if (!words.endsWith(' : ') && (introduced || happened.test(words))) return candidate;
  return { ...candidate, scope: 'unknown', names: [] };
}

const checks: ReadonlySet<string> = new Set(['tests-pass', 'lint-clean', 'types-check', 'build-succeeds', 'ci-green']);

/** "Backend: Python 3.12, FastAPI, PostgreSQL. Ruff clean." describes a project; nothing was run. */
export function describesProject(sentences: readonly Sentence[]): boolean {
  const named = new Set<string>();
  for (const { tokens } of sentences) for (const { word } of tokens) if (technologies.has(word)) named.add(word);
  return named.size >= 3 && !sentences.some(({ words }) => happened.test(words));
}

const technologies: ReadonlySet<string> = new Set(
  `python node node.js react next.js vue nuxt svelte angular typescript javascript fastapi flask django express nestjs
   tailwind postgres postgresql mysql sqlite redis mongodb docker kubernetes pytest vitest jest playwright vite pnpm npm
   yarn bun cargo rust go java kotlin swift prisma drizzle sqlalchemy pydantic zod graphql aws pandas numpy`.split(
    /\s+/,
  ),
);

const report =
  /verif|valid|result|status|summary|test|check|change|done|complete|fix|build|evidence|outcome|final|work|implement|deliver|ci\b|lint|now|pass|green|after|state|follow-through|what (?:i|was|we)|notes|proof|safety|feature|deploy|issue|impact/;
const happened =
  / (?:YES|N|RATIO|0|passed|succeeded|now|still|completed|i|we|verified|confirmed|ran|successful|successfully) /;

/** In a table a clause within one cell counts only in a row, or a column, of results: else it may be a rule. */
export function isShown(sentence: Sentence, { from, to }: Candidate): boolean {
  const { block, words } = sentence;
  if (block.kind !== 'row' || wordsBetween(sentence, from, to).includes(' | ')) return true;
  return resultCell.test(words) || block.under.some((header) => /\b(?:status|result|state|outcome)\b/.test(header));
}

const resultCell = /[|] (?:YES|pass|passed|verified|clean|done|ok|green|complete) /;
