import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { messageOf } from '../errors.ts';

/** A place in the configuration file; lines and columns count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ConfigPath = readonly (string | number)[];

export interface YamlDocument {
  /** Plain values; undefined when `problems` is not empty. */
  readonly value: unknown;
  readonly problems: readonly ConfigProblem[];
  /** Where the value at `path` stands; the nearest place above it when it is missing. */
  lineOf(path: ConfigPath): Pick<ConfigProblem, 'line' | 'column'>;
}

/** Aliases may multiply a file by this many values at most. */
const maxValues = 100_000;

const options = {
  schema: 'core',
  merge: true,
  stringKeys: true,
  uniqueKeys: false, // looked for below: the library compares every key with every other
  prettyErrors: false,
  resolveKnownTags: false,
  logLevel: 'error',
} as const;

/** Parses one YAML document, bounded, without tags that construct values. */
export function readYaml(text: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...options, lineCounter: lines });
  const pairs = pairsOf();
  const lineOf = (path: ConfigPath) => position(lines, offsetOf(document, path, pairs));
  const faults = [...document.errors, ...document.warnings].map((fault) => ({
    ...position(lines, fault.pos[0]),
    message: fault.message,
  }));
  const problems = [...faults, ...duplicateKeys(document, lines)].toSorted(byPlace);
  if (problems.length > 0) return { value: undefined, problems, lineOf };
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    if (isBounded(value)) return { value, problems, lineOf };
    const tooMany = { line: 1, column: 1, message: `more than ${maxValues} values once aliases are followed` };
    return { value: undefined, problems: [tooMany], lineOf };
  } catch (error) {
    return { value: undefined, problems: [{ line: 1, column: 1, message: messageOf(error) }], lineOf };
  }
}

export function byPlace(a: ConfigProblem, b: ConfigProblem): number {
  return a.line - b.line || a.column - b.column;
}

function position(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function duplicateKeys(document: Document, lines: LineCounter): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const waiting: unknown[] = [document.contents];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isSeq(node)) for (const item of node.items) waiting.push(item);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const pair of node.items) {
      waiting.push(pair.value);
      const key = keyOf(pair);
      if (seen.has(key) && key !== '<<') {
        problems.push({ ...position(lines, startOf(pair.key)), message: `the key \`${key}\` is there twice` });
      }
      seen.add(key);
    }
  }
  return problems;
}

function isBounded(value: unknown): boolean {
  const waiting: unknown[] = [value];
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count > maxValues) return false;
    const next = waiting.pop();
    if (typeof next === 'object' && next !== null) for (const item of Object.values(next)) waiting.push(item);
  }
  return true;
}

type PairsOf = (map: YAMLMap) => ReadonlyMap<string, Pair>;

/** Each map's pairs by key, indexed once: a file may have as many problems as keys. */
function pairsOf(): PairsOf {
  const indexed = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();
  return (map) => {
    const known = indexed.get(map) ?? new Map(map.items.map((pair) => [keyOf(pair), pair]));
    indexed.set(map, known);
    return known;
  };
}

function offsetOf(document: Document, path: ConfigPath, pairs: PairsOf): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const step of path) {
    const pair = inner(document, node, { step, pairs });
    if (pair === undefined) return offset;
    node = pair.value;
    offset = startOf(pair.key ?? node);
  }
  return offset;
}

/** The pair or item that `step` names, behind aliases and merge keys too. */
function inner(
  document: Document,
  node: unknown,
  search: { readonly step: string | number; readonly pairs: PairsOf },
): { readonly key?: unknown; readonly value: unknown } | undefined {
  const real = isAlias(node) ? node.resolve(document) : node;
  const { step, pairs } = search;
  if (isSeq(real)) return typeof step === 'number' && step in real.items ? { value: real.items[step] } : undefined;
  if (!isMap(real)) return undefined;
  const own = pairs(real).get(String(step));
  const merge = pairs(real).get('<<')?.value;
  if (own !== undefined || merge === undefined) return own;
  const sources = isSeq(merge) ? merge.items : [merge];
  return sources.map((source) => inner(document, source, search)).find((found) => found !== undefined);
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function startOf(node: unknown): number {
  const range = (node as { range?: readonly [number, number, number] } | null)?.range;
  return range?.[0] ?? 0;
}
