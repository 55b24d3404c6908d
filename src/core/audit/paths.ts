const scratch =
  /^(?:\/(?:private\/)?tmp\/|\/var\/|\/dev\/|~\/|\$)|(?:^|\/)(?:\.claude|\.codex|\.cursor|\.github|\.vscode|\.idea|\.specstory|\.entire|\.git|\.beads|\.agents?|_bmad[\w-]*|\.changeset|\.husky|node_modules|scratchpad)\//;
const documents =
  /\.(?:md|mdx|mdc|txt|rst|adoc|org|log|out|pdf|png|jpe?g|gif|svg|webp|ico|csv|tsv|diff|patch|bak|tmp|lock|html?\.bak|drawio|excalidraw)$|(?:^|\/)(?:LICENSE|CHANGELOG|README|NOTICE|AUTHORS|CODEOWNERS|\.gitignore|\.gitattributes|\.env\S*|package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?)$/i;

/** Whether a change of this file may change what checks say. A file that nobody named may. */
function isRelevant(path: string): boolean {
  return path !== '' && !scratch.test(path) && !documents.test(path);
}

const families: readonly (readonly [RegExp, RegExp])[] = [
  [
    /^(?:go test|gotestsum|go vet|go build|golangci-lint|ginkgo)\b/,
    /\.(?:ts|tsx|js|jsx|mjs|py|css|scss|html|vue|svelte|rs|rb|java|kt|swift)$/,
  ],
  [/^go build\b/, /_test\.go$/],
  [/^cargo\b/, /\.(?:ts|tsx|js|jsx|mjs|py|css|scss|html|vue|svelte|go|rb|java|kt|swift)$/],
  [
    /^(?:pytest|py\.test|python\S* -m|ruff|mypy|flake8|pylint|pyright)\b/,
    /\.(?:ts|tsx|js|jsx|mjs|css|scss|vue|svelte|go|rs|rb|java|kt|swift)$/,
  ],
  [/^(?:vitest|jest|mocha|bun test|tsc|eslint|oxlint|biome|playwright)\b/, /\.(?:py|go|rs|rb|java|kt|swift)$/],
];

/** A tool of one language does not read the files of another. */
export function concerns(path: string, command: string): boolean {
  if (!isRelevant(path.replaceAll('\\', '/'))) return false;
  return !families.some(([tool, foreign]) => tool.test(command) && foreign.test(path));
}
