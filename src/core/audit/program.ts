import type { PartKind } from '../claim/part.ts';

/** Kinds of parts that a session's own commands can speak about. */
export type Checked = Extract<PartKind, 'tests-pass' | 'lint-clean' | 'types-check' | 'build-succeeds'>;

/** What a program call does to the work, as far as its words tell. */
export type Deed =
  | { readonly does: 'check'; readonly kind: Checked; /** It mends what it finds. */ readonly fixes: boolean }
  /** Several checks under one name: which, its output may tell. */
  | { readonly does: 'checks' }
  | { readonly does: 'format' }
  | { readonly does: 'look' }
  | { readonly does: 'commit' | 'push' }
  /** It changes files, named or not. */
  | { readonly does: 'edit'; readonly paths: readonly string[] }
  /** It moves the whole tree to another state. */
  | { readonly does: 'switch' }
  | { readonly does: 'unknown' };

type Rule = readonly [RegExp, Checked];

const script =
  '(?:npm|pnpm|yarn|bun|deno|turbo|nx|lerna|rush|just|mise|task|make|gmake|rake|tox|nox|composer|hatch|moon|invoke|grunt|gulp)';
const direct: readonly Rule[] = [
  [
    /^(?:vitest|jest|mocha|ava|tap|tape|karma|cypress|pytest|py\.test|rspec|phpunit|pest|ctest|gotestsum|ginkgo|behave|nose2?tests?|trial|stestr|bats|busted|shellspec|minitest|karate|testcafe|jasmine|wtr|uvu|invoke-pester)(?: |$)/i,
    'tests-pass',
  ],
  [/^(?:playwright|@playwright\/test) test\b/, 'tests-pass'],
  [/^(?:\S*\/)?python[\d.]* (?:-\S+ )*-m (?:pytest|unittest|nose2?|doctest)\b/, 'tests-pass'],
  [/^(?:\S*\/)?python[\d.]* \S*manage\.py test\b/, 'tests-pass'],
  [/^go (?:test)(?: |$)/, 'tests-pass'],
  [/^cargo (?:\+\S+ )?(?:test|nextest|t)(?: |$)/, 'tests-pass'],
  [
    /^(?:mix|swift|dotnet|flutter|dart|zig build|crystal|stack|cabal|sbt|lein|rebar3|gleam|forge|hardhat|anchor|bazel|bazelisk|buck2|deno|ng|rails|bin\/rails|php artisan|elm-test|meson|node --run|melos run|nix flake) (?:test|spec|eunit|check)\b/,
    'tests-pass',
  ],
  [/^(?:node|tsx|ts-node) (?:--\S+ )*--test(?: |$)/, 'tests-pass'],
  [/^(?:\.\/)?(?:mvn|mvnw|gradle|gradlew)\b.* ?(?:test|verify|check|\w*[tT]est)\b/, 'tests-pass'],
  [/^xcodebuild\b.*\btest\b/, 'tests-pass'],
  [/^(?:julia|Rscript|R) .*\b(?:Pkg\.test|devtools::test|testthat::test_\w+)\(/, 'tests-pass'],
  [/^(?:nx|turbo|lerna|moon) .*?(?:--targets?[= ]|-t |\brun )\S*\btest\b/, 'tests-pass'],
  [
    /^(?:eslint|oxlint|tslint|standard|xo|stylelint|ruff(?! format)|flake8|pylint|rubocop|golangci-lint|staticcheck|revive|shellcheck|hadolint|ktlint|detekt|swiftlint|phpcs|phpstan|credo|biome|markdownlint\S*|actionlint|yamllint|sqlfluff|clippy-driver|luacheck|ansible-lint|next lint)(?: |$)/,
    'lint-clean',
  ],
  [
    /^(?:cargo (?:\+\S+ )?clippy|go vet|mix credo|ng lint|deno lint|dart analyze|flutter analyze|dotnet format --verify|pre-commit run)\b/,
    'lint-clean',
  ],
  [
    /^(?:tsc|vue-tsc|mypy|pyright|basedpyright|pytype|pyre|flow|tsgo|svelte-check|astro check|deno check|cargo (?:\+\S+ )?check|ty check|sorbet|srb tc|dialyzer|mix dialyzer)(?: |$)/,
    'types-check',
  ],
  [
    /^(?:go (?:build|test .*-c\b)|cargo (?:\+\S+ )?build|dotnet build|swift build|zig build|cmake --build|ninja|webpack|vite build|next build|tsup|rollup|esbuild|ng build|xcodebuild|mvn|\.\/mvnw|\.\/gradlew|gradle|docker build|nuxt build|astro build|remix build|mix compile|cabal build|stack build|make|gmake|dune build|meson compile|bazel build|hugo|eleventy|rustc|flutter build|dart run build_runner build|dart compile|gcc|g\+\+|clang|javac|forge build)(?: |$)/,
    'build-succeeds',
  ],
];

const names: readonly (readonly [RegExp, Checked])[] = [
  [/(?:^|[:_.\-/])(?:lint|linter|eslint|oxlint|biome|clippy|ruff|stylelint|vet)(?:$|[:_.-])/, 'lint-clean'],
  [
    /(?:^|[:_.\-/])(?:type-?checks?|check-?types|types?|tsc|mypy|pyright|check:types|types:check)(?:$|[:_.-])/,
    'types-check',
  ],
  [
    /(?:^|[:_.\-/])(?:tests?|unit|e2e|vitest|jest|pytest|spec|specs|integration|coverage|cypress|playwright)(?:$|[:_.-])/,
    'tests-pass',
  ],
  [/(?:^|[:_.\-/])(?:build|compile|bundle)(?:$|[:_.-])/, 'build-succeeds'],
];

const manage = new RegExp(
  `^${script} (?:i|ci|install|add|remove|rm|uninstall|why|view|info|ls|list|publish|update|up|upgrade|outdated|create|init|link|dlx|pm|cache|config|version|audit|prune|dedupe)\\b`,
);
const ran = new RegExp(`^${script}(?= |$)`);
const looks =
  /^(?:mkdir|rmdir|cat|head|tail|less|more|grep|egrep|rg|ag|ls|ll|find|fd|wc|sort|uniq|awk|jq|yq|echo|printf|pwd|cd|pushd|popd|which|type|whoami|date|sleep|file|stat|du|df|ps|env|diff|cmp|tree|test|\[|\[\[|true|false|:|export|set|source|\.|nl|cut|tr|column|xxd|hexdump|md5sum|sha256sum|realpath|dirname|basename|uname|hostname|id|seq|wait|lsof|pgrep|fi|done|for|while|read|exit|return|local|history|man|comm|paste|rev|tac|strings|open|code|command -v|gh (?:pr|issue|run|repo|api|release|auth|search) ?(?:view|list|checks|diff|status|watch|)|curl|wget|unset|ulimit|kill|pkill|fuser|chmod|chown|top|free|uptime|entire|bd|br)(?: |$)/;
/** Of PowerShell. */
const cmdlets =
  /^(?:Get-\w+|Select-\w+|Set-Location|Push-Location|Pop-Location|Test-Path|Write-(?:Host|Output)|Where-Object|ForEach-Object|Start-Sleep|Measure-\w+|Out-(?:String|Null|Host)|Format-\w+|Resolve-Path|Compare-Object|Sort-Object|\$env:\S+)(?: |$)/i;
const writingCmdlets =
  /^(?:Set-Content|Add-Content|Out-File|New-Item|Remove-Item|Move-Item|Copy-Item|Rename-Item|Clear-Content)(?: |$)/i;
const gitLooks =
  /^git (?:-\S+ (?:\S+ )?)*(?:status|diff|log|show|branch|remote|rev-parse|ls-files|ls-tree|ls-remote|blame|grep|describe|tag|config|fetch|cat-file|merge-base|rev-list|reflog|shortlog|for-each-ref|check-ignore|name-rev|symbolic-ref|add|worktree list|stash list|stash show|notes|version|help|cherry|range-diff|count-objects|fsck|whatchanged)\b/;
const formatters =
  /^(?:prettier|gofmt|goimports|gofumpt|rustfmt|black|isort|autopep8|yapf|shfmt|clang-format|dprint|swiftformat|google-java-format|cargo (?:\+\S+ )?fmt|go fmt|ruff format|mix format|deno fmt|dart format|dotnet format|terraform fmt|oxfmt|biome format|zig fmt|standardrb|erb-format|nixfmt|ktfmt|scalafmt|ocamlformat|treefmt|taplo)(?: |$)/;

/** What a program call does. */
export function deedOf(words: readonly string[]): Deed {
  const text = words.join(' ');
  if (text === '') return { does: 'look' };
  if (manage.test(text)) return { does: 'unknown' };
  if (/^git\b/.test(text)) return ofGit(text);
  if (formatters.test(text)) return isCheckOnly(text) ? { does: 'look' } : { does: 'format' };
  if (/^(?:sed|gsed)\b/.test(text)) return / -\w*i|--in-place/.test(text) ? edit(words.slice(-1)) : { does: 'look' };
  if (/^perl\b/.test(text)) return / -\w*i/.test(text) ? edit(words.slice(-1)) : { does: 'unknown' };
  // Its patch names the files, and is read as such.
  if (/^apply_?patch(?: |$)/.test(text)) return { does: 'look' };
  if (/^(?:patch|ed|ex)(?: |$)|^vim? /.test(text)) return edit([]);
  if (/^(?:rm|mv|cp|touch|ln|rsync|install|unzip|tar|truncate|dd)\b/.test(text)) return edit(pathsOf(words));
  const kind = checkOf(text) ?? (isTestScript(words) ? 'tests-pass' : undefined);
  if (kind !== undefined) return { does: 'check', kind, fixes: fixes(text) };
  if (looks.test(text) || cmdlets.test(text)) return { does: 'look' };
  if (writingCmdlets.test(text)) return edit(pathsOf(words).slice(0, 1));
  return scriptOf(words, text);
}

function checkOf(text: string): Checked | undefined {
  // Only compiles.
  if (/^go test\b/.test(text) && / -c(?: |$)/.test(text)) return 'build-succeeds';
  if (
    / (?:--version|--help|--list|--listTests|--collect-only|--co)(?: |$)|^(?:pytest|vitest|jest) (?:-h|-V)$|^(?:make|gmake|ninja|gradle|mvn)(?: [^-\s]\S*)? -n(?: |$)/.test(
      text,
    )
  )
    return undefined;
  const found = direct.find(([pattern]) => pattern.test(text))?.[1];
  if (found === 'build-succeeds' && /^(?:make|gmake)(?: |$)/.test(text)) return undefined;
  return found;
}

/** `bash scripts/run-tests.sh`, but not a script that lies outside of the work: it may test a copy. */
function isTestScript([program = '', ...rest]: readonly string[]): boolean {
  const runs =
    /^(?:bash|sh|zsh|node|tsx|ts-node|bun|deno|php|ruby|lua|perl|Rscript|julia)$|^(?:\S*\/)?python[\d.]*$/.test(
      program,
    );
  const file = runs
    ? rest.find((word) => !word.startsWith('-') && word !== 'run')
    : program.includes('/')
      ? program
      : undefined;
  if (file === undefined || (runs && rest.some((word) => /^-(?:c|e|p|-eval)$/.test(word)))) return false;
  return (
    /(?:^|[/_.-])(?:tests?|specs?|check_all|run_?tests?)(?:[/_.-]|$)/i.test(file) &&
    !/^(?:\/private)?\/tmp\/|^~|^\/var\//.test(file)
  );
}

function scriptOf(words: readonly string[], text: string): Deed {
  if (!ran.test(text)) return { does: 'unknown' };
  const named = words
    .slice(1)
    .filter((word) => !word.startsWith('-') && !/^(?:run|run-script|exec|-\w+)$/.test(word) && !/^\w+=/.test(word));
  // `pnpm --filter web test`, `npm run -w web lint`: the script is not the value of an option.
  const values = new Set(
    words.filter((_, at) =>
      /^(?:--?(?:filter|F|C|dir|prefix|cwd|w|workspace|f|directory)|workspace)$/.test(words[at - 1] ?? ''),
    ),
  );
  const called =
    named.find((word) => !values.has(word)) ?? (/^(?:make|gmake|tox|nox|just)$/.test(words[0] ?? '') ? 'all' : '');
  if (/(?:^|[:_-])(?:fix|format|fmt|prettier|autofix)(?:$|[:_-])/.test(called) && !/check/.test(called)) {
    return /lint|fix|check/.test(called) ? { does: 'check', kind: 'lint-clean', fixes: true } : { does: 'format' };
  }
  if (/^(?:t)$/.test(called)) return { does: 'check', kind: 'tests-pass', fixes: false };
  const kind = names.find(([pattern]) => pattern.test(called))?.[1];
  if (kind !== undefined) return { does: 'check', kind, fixes: fixes(text) };
  if (
    /^(?:check|verify|ci|validate|all|pre-?commit|qa|quality|gate|gates|prepush|preflight|tox|nox)\b/.test(called) ||
    /^(?:tox|nox)$/.test(words[0] ?? '')
  )
    return { does: 'checks' };
  return { does: 'unknown' };
}

function fixes(text: string): boolean {
  if (/^rubocop .*-[aA](?: |$)/.test(text)) return true;
  return / (?:--fix\S*|--write|--apply\S*|--auto-correct\S*|--autocorrect\S*)(?: |$)/.test(text);
}

function isCheckOnly(text: string): boolean {
  return (
    / (?:--check|-c|--list-different|-l|-d|--diff|--verify-no-changes|--dry-run)(?: |$)/.test(text) ||
    (/^(?:gofmt|goimports|gofumpt|prettier|clang-format|shfmt)\b/.test(text) && !/ (?:-w|--write|-i)(?: |$)/.test(text))
  );
}

function ofGit(text: string): Deed {
  if (/^git (?:-\S+ (?:\S+ )?)*commit\b/.test(text)) return { does: 'commit' };
  if (/^git (?:-\S+ (?:\S+ )?)*push\b/.test(text)) return { does: 'push' };
  if (/^git (?:-\S+ (?:\S+ )?)*(?:apply|am|rm|mv|restore|clean)\b/.test(text)) return edit([]);
  if (gitLooks.test(text) && !/ branch -[dDmM]\b/.test(text)) return { does: 'look' };
  if (/^git (?:-\S+ (?:\S+ )?)*(?:branch|update-ref|checkout -b|switch -c)\b/.test(text)) return { does: 'look' };
  return { does: 'switch' };
}

function edit(paths: readonly string[]): Deed {
  return { does: 'edit', paths };
}

function pathsOf(words: readonly string[]): readonly string[] {
  return words.slice(1).filter((word) => !word.startsWith('-'));
}
