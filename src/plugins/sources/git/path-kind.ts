import { generatedPath } from '../../../core/git/generated-path.ts';
import { globMatcher, wildmatch } from '../../../core/glob.ts';

/** What a path says about its file. Content is not looked at. */
export interface PathKind {
  /** Not generated, vendored or a lock file: its lines count. */
  readonly counts: boolean;
  readonly test: boolean;
  /** Absent without CODEOWNERS. */
  readonly owned?: boolean;
  readonly pods: readonly string[];
  /** Absent where nothing divides the repository. */
  readonly components?: readonly string[];
}

/** From github-linguist's vendor.yml (2025): what counts as somebody else's code. */
const vendored =
  /(?:^|\/)(?:node_modules|bower_components|vendors?|third[-_]?party|3rd[-_]?party|externals?|Godeps|_workspace|Pods|Carthage|\.yarn\/(?:releases|plugins|sdks|versions|unplugged|cache)|dist|cache|deps|site-packages|\.vscode-test)\//i;

/** linguist's `deps/` and `dist/` are the project's own in some places. */
const ownAfterAll = /^(?:deps\/[^/]+\.(?:mk|gyp)$)/;

const testPath =
  /(?:^|\/)(?:tests?|__tests__|specs?|testing|testdata|e2e|t)\/|(?:^|\/)(?:test_[^/]+|[^/]+_test|[^/]+[._-](?:test|spec|tests))\.[a-z0-9]+$|(?:^|\/)[^/]+Tests?\.(?:java|kt|cs|scala|swift|php)$|(?:^|\/)conftest\.py$/;

export interface PathRules {
  readonly pods: readonly { readonly id: string; readonly paths: readonly string[] }[];
  /** Default: pods whose globs match. */
  readonly podsOf?: (path: string) => readonly string[];
  readonly ownersOf?: (path: string) => readonly string[];
  readonly componentsOf?: (path: string) => readonly string[];
  /** Text of the top folder's .gitattributes. */
  readonly attributes?: string;
}

export interface PathKinds {
  readonly kindOf: (path: string) => PathKind;
  /** All that was looked at. */
  readonly known: ReadonlyMap<string, PathKind>;
}

/** Looks at each path once. */
export function pathKinds({ pods, podsOf = byGlobs(pods), ownersOf, componentsOf, ...rules }: PathRules): PathKinds {
  const known = new Map<string, PathKind>();
  const said = attributesIn(rules.attributes ?? '');
  const look = (path: string): PathKind => ({
    counts: said(path) ?? !(generatedPath.test(path) || (vendored.test(path) && !ownAfterAll.test(path))),
    test: testPath.test(path),
    ...(ownersOf === undefined ? {} : { owned: ownersOf(path).length > 0 }),
    pods: podsOf(path),
    ...(componentsOf === undefined ? {} : { components: componentsOf(path) }),
  });
  const kindOf = (path: string): PathKind => {
    const before = known.get(path);
    if (before !== undefined) return before;
    const kind = look(path);
    known.set(path, kind);
    return kind;
  };
  return { kindOf, known };
}

function byGlobs(pods: PathRules['pods']): (path: string) => readonly string[] {
  const owners = pods.map(({ id, paths }) => ({ id, matches: globMatcher(paths) }));
  return (path) => owners.filter(({ matches }) => matches(path)).map(({ id }) => id);
}

/** Paths by what was made of them, as JSON. */
export type KindsState = Map<string, string[]>;

/** With what was kept `before` of paths that were not looked at again; that is added to. */
export function kindsState(known: PathKinds['known'], before: KindsState = new Map()): KindsState {
  const told = new Set([...before.values()].flat());
  for (const [path, kind] of known) {
    if (told.has(path)) continue;
    const text = JSON.stringify(kind);
    const alike = before.get(text) ?? [];
    alike.push(path);
    before.set(text, alike);
  }
  return before;
}

/** The same is made of every path that was known. */
export function isMadeAlike(kinds: KindsState, kindOf: PathKinds['kindOf']): boolean {
  return [...kinds].every(([kind, paths]) => paths.every((path) => JSON.stringify(kindOf(path)) === kind));
}

/** `linguist-generated` and `linguist-vendored`, set or unset: the last line that matches decides. */
function attributesIn(text: string): (path: string) => boolean | undefined {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    if (line.length > 2048) return []; // git does not read it either
    const [pattern = '', ...words] = line.trim().split(/\s+/);
    const word = words.findLast((one) => /^-?linguist-(?:generated|vendored)(?:=\w+)?$/.test(one));
    if (pattern === '' || pattern.startsWith('#') || word === undefined) return [];
    const counts = word.startsWith('-') || /=(?:false|0)$/.test(word);
    const glob = pattern.replace(/^\//, '');
    const anywhere = pattern.includes('/') ? glob : `**/${glob}`;
    return [{ counts, expressions: [anywhere, `${anywhere}/**`].map(wildmatch) }];
  });
  return (path) => rules.findLast(({ expressions }) => expressions.some((one) => one.test(path)))?.counts;
}
