import type { PartKind } from '../part.ts';

interface Check {
  readonly kind: PartKind;
  /** The command itself where it runs a part of the whole. */
  readonly names: readonly string[];
}

/** A test command names what it runs. Lint, types and build stand for the whole unless the command has a path or a filter. */
export function checkOf(command: string): Check | undefined {
  const words = command.split(' ');
  const plain = words.filter((word) => !/[/.\\]/.test(word)).join(' ');
  const kind = kinds.find(([pattern]) => pattern.test(plain))?.[1];
  return kind && { kind, names: kind === 'tests-pass' || isNarrow(words) ? [command] : [] };
}

const kinds: readonly (readonly [RegExp, PartKind])[] = [
  [/\b(?:lint|eslint|oxlint|biome|clippy|ruff|flake8|golangci-lint|rubocop)\b/, 'lint-clean'],
  [/\b(?:tsc|mypy|pyright|typecheck|type-check|check-types|types)\b/, 'types-check'],
  [/\b(?:tests?|vitest|jest|mocha|pytest|rspec|ctest|playwright)\b/, 'tests-pass'],
  [/\b(?:build|compile)\b/, 'build-succeeds'],
];

/** cargo's bare `--workspace` is everything; npm's has a value. */
export function isNarrow(words: readonly string[]): boolean {
  return words.some((word, index) => {
    if (word === '--workspace') return /^\w/.test(words[index + 1] ?? '');
    if (/^(?:--filter|--package|--grep|--testNamePattern|--workspace=|--lib|--bin|-p|-k|-t|-w)\b/.test(word))
      return true;
    return /[\w][/.]\w/.test(word) || (word.startsWith('./') && word !== './...');
  });
}
