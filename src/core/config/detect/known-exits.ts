const one: readonly number[] = [1];
const typeScript: readonly number[] = [1, 2]; // 1: errors, nothing emitted; 2: errors, files emitted

/** Tools whose "no" is told apart from their "I could not look" by the exit code, as they document it. */
const exits: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ['eslint', one], // 2: configuration or internal error
  ['xo', one],
  ['standard', one],
  ['oxlint', one],
  ['prettier', one], // 2: something is wrong with prettier
  ['markdownlint-cli2', one], // 2: could not lint
  ['stylelint', [2]], // 1: fatal error, 78: configuration
  ['ruff', one], // 2: configuration, options or internal error
  ['rubocop', one], // 2: configuration or internal error
  ['mypy', one], // 2: blocking error
  ['pyright', one], // 2: fatal error, 3: configuration
  ['golangci-lint', one], // 3 and above: failure
  ['tsc', typeScript],
  ['vue-tsc', typeScript],
]);

/** Words of a command line that is one program with arguments; undefined when the shell has more to do. */
export function simpleWords(command: string): readonly string[] | undefined {
  if (/[&|;<>`$(){}\n\\#]/.test(command)) return undefined;
  const words = command.trim().split(/\s+/);
  const start = words.findIndex((word) => !/^(?:\w+=\S*|cross-env|npx)$/.test(word));
  return start < 0 ? undefined : words.slice(start);
}

export function exitsOf(command: string): readonly number[] {
  const program = simpleWords(command)?.[0];
  return (program === undefined ? undefined : exits.get(program)) ?? [];
}
