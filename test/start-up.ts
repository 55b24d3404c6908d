import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** Modules that cost a command more than it can spare, unless it uses them. `node:http` alone loads all of undici. */
const loadedOnUse = [
  'node:http',
  'node:https',
  'node:tls',
  'node:crypto',
  'kysely',
  'pg',
  'playwright-core',
  'simple-statistics',
  '@stdlib/stats-base-dists-beta-cdf',
  '@stdlib/stats-base-dists-beta-quantile',
  '@stdlib/stats-base-dists-normal-cdf',
  '@stdlib/stats-base-dists-normal-quantile',
  'yaml',
  'fast-xml-parser',
];

export interface Reached {
  /** Files under src that are loaded with `from`, by path relative to src. */
  readonly files: ReadonlySet<string>;
  /** Heavy modules, with the file that imports them at its top. */
  readonly heavy: readonly string[];
}

/** What static imports load together with a file; `import()` and types load nothing. */
export function reachedFrom(from: string, textOf: (path: string) => string): Reached {
  const files = new Set([from]);
  const heavy: string[] = [];
  for (const path of files) {
    for (const specifier of loadedBy(path, textOf(path))) {
      if (loadedOnUse.includes(specifier)) heavy.push(`${path} loads ${specifier}`);
      if (specifier.startsWith('.') && specifier.endsWith('.ts')) {
        files.add(posix.join(posix.dirname(path), specifier));
      }
    }
  }
  return { files, heavy };
}

function loadedBy(path: string, text: string): readonly string[] {
  const { staticImports, staticExports } = parseSync(path, text).module;
  return [
    ...staticImports.flatMap(({ moduleRequest, entries }) =>
      entries.length > 0 && entries.every(({ isType }) => isType) ? [] : [moduleRequest.value],
    ),
    ...staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest, isType }) => (moduleRequest === null || isType ? [] : [moduleRequest.value])),
    ),
  ];
}
