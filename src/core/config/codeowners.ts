import { globsOf, matchersOf } from './gitignore-glob.ts';

interface Rule {
  /** As it is written. */
  readonly pattern: string;
  readonly globs: readonly string[];
  readonly owners: readonly string[];
  /** GitLab: in force on its own beside the other sections. GitHub files are one section. */
  readonly section: string;
  /** GitLab's `!pattern`: nobody of the section owns it. */
  readonly excludes: boolean;
}

export interface Codeowners {
  /** Who owns a path, relative to the top: in each section the last rule that matches. Empty: nobody. */
  ownersOf(path: string): readonly string[];
  /** The rules that decide on a path, as they are written: one in each section. */
  rulesOf(path: string): readonly string[];
  /** Every rule with its owners, in the order of the file; of rules that are written alike the last. */
  readonly rules: readonly { readonly pattern: string; readonly owners: readonly string[] }[];
  /** Every owner with the globs of its rules, in the order of the file; a later rule may take a path away again. */
  readonly owners: readonly { readonly owner: string; readonly paths: readonly string[] }[];
}

/** Where GitHub and GitLab look, first match first. */
export const codeownersPlaces = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

const sectionHead = /^\^?\[([^\]]+)\](?:\[\d+\])?(?:\s+(.*))?$/s;

/** With `s` all that follows is taken at once, line separators (U+2028) too: nothing is tried twice. */
const ruleLine = /^((?:\\.|\S)+)\s*(.*)$/s;

/** Reads CODEOWNERS in GitHub's form, and in GitLab's where it has sections. Lines that either would skip are skipped, and patterns that nobody writes. */
export function parseCodeowners(text: string): Codeowners {
  const rules = rulesIn(text);
  const matching = matchersOf(rules.map(({ globs }) => globs));

  /** Whose owners are asked for, its rules are asked for, too. */
  const decided = new Map<string, readonly Rule[]>();

  function deciding(path: string): readonly Rule[] {
    const before = decided.get(path);
    if (before !== undefined) return before;
    const found = decide(path);
    decided.set(path, found);
    return found;
  }
  function decide(path: string): readonly Rule[] {
    const hits = matching(path).flatMap((place) => rules[place] ?? []);
    const sections = [...new Set(hits.map(({ section }) => section))];
    return sections.flatMap((section) => {
      const own = hits.filter((rule) => rule.section === section);
      return own.some(({ excludes }) => excludes) ? [] : own.slice(-1);
    });
  }
  const ownersOf = (path: string): readonly string[] => [...new Set(deciding(path).flatMap((rule) => rule.owners))];
  const patternsOf = (path: string): readonly string[] => [...new Set(deciding(path).map((rule) => rule.pattern))];

  const names = [...new Set(rules.flatMap(({ owners }) => owners))];
  const owners = names.map((owner) => {
    const own = rules.filter((rule) => !rule.excludes && rule.owners.includes(owner));
    return { owner, paths: [...new Set(own.flatMap(({ globs }) => globs))] };
  });
  const written = new Map(rules.filter(({ excludes }) => !excludes).map((rule) => [rule.pattern, rule.owners]));
  return {
    ownersOf,
    rulesOf: patternsOf,
    rules: [...written].map(([pattern, own]) => ({ pattern, owners: own })),
    owners,
  };
}

/** Characters of a pattern. */
const longest = 10_000;

function rulesIn(text: string): readonly Rule[] {
  const rules: Rule[] = [];
  let section = '';
  let defaults: readonly string[] = [];
  for (const raw of text.split(/\r\n|\r|\n/)) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const head = sectionHead.exec(line);
    if (head !== null) {
      section = (head[1] ?? '').toLowerCase();
      defaults = ownersIn(head[2] ?? '');
      continue;
    }
    const excludes = line.startsWith('!');
    if (excludes && section === '') continue; // GitHub does not know negation
    const [, pattern = '', rest = ''] = ruleLine.exec(excludes ? line.slice(1) : line) ?? [];
    if (pattern.length > longest) continue;
    const named = ownersIn(rest);
    rules.push({ pattern, globs: globsOf(pattern), owners: named.length > 0 ? named : defaults, section, excludes });
  }
  return rules;
}

/** `@user`, `@org/team`, `@@role` or an e-mail address; the rest of the line after ` #` is a comment. */
function ownersIn(text: string): readonly string[] {
  const words = text.replace(/(?:^|\s)#.*$/s, '').split(/\s+/);
  return words.filter((word) => /^@\S+$|^[^\s@]+@[^\s@]+$/.test(word));
}
