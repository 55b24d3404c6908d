import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

// The direction of the house: core <- plugins, report, ops <- store, host <- cli <- the composition root.

interface Room {
  /** Rooms that it may import, besides itself. */
  readonly rooms: readonly string[];
  /** npm packages that it may import. */
  readonly packages: readonly string[];
  /** May import node:*, read the clock and draw random numbers. */
  readonly touchesTheWorld: boolean;
}

export const rooms: Readonly<Record<string, Room>> = {
  core: {
    rooms: [],
    packages: [
      'zod',
      'picomatch',
      'yaml',
      'fast-xml-parser',
      'jsonc-parser',
      'simple-statistics',
      '@stdlib/stats-base-dists-beta-cdf',
      '@stdlib/stats-base-dists-beta-quantile',
      '@stdlib/stats-base-dists-normal-cdf',
      '@stdlib/stats-base-dists-normal-quantile',
    ],
    touchesTheWorld: false,
  },
  plugins: { rooms: ['core'], packages: ['zod'], touchesTheWorld: false },
  ops: { rooms: ['core'], packages: ['zod'], touchesTheWorld: false },
  report: { rooms: ['core'], packages: ['zod'], touchesTheWorld: false },
  store: { rooms: ['core'], packages: ['zod', 'kysely', 'pg'], touchesTheWorld: true },
  host: {
    rooms: ['core'],
    packages: ['zod', 'yaml', 'pg', 'playwright-core', 'ipaddr.js'],
    touchesTheWorld: true,
  },
  cli: { rooms: ['core', 'report'], packages: ['zod', 'commander'], touchesTheWorld: true },
  mcp: { rooms: ['core'], packages: ['zod', '@modelcontextprotocol/sdk'], touchesTheWorld: true },
  testing: { rooms: ['core', 'store'], packages: ['vitest'], touchesTheWorld: false },
};

/** Files at the top of src: they introduce the rooms to each other. */
const compositionRoot = 'root';

export interface SourceFile {
  /** Relative to src, with slashes. */
  readonly path: string;
  readonly text: string;
}

/** What a file does that its room may not. */
export function violationsIn({ path, text }: SourceFile): readonly string[] {
  const room = path.includes('/') ? path.slice(0, path.indexOf('/')) : compositionRoot;
  if (room === compositionRoot) return endlessIn({ path, text });
  const rules = rooms[room];
  if (rules === undefined) return [`${path}: there is no room ${room}`];
  const program = parseSync(path, text).program;
  const found = [...endlessIn({ path, text })];
  const importing = (specifier: unknown): void => {
    const problem = typeof specifier === 'string' ? importProblem(path, specifier, rules) : 'imports a computed name';
    if (problem !== undefined) found.push(`${path}: ${problem}`);
  };
  new Visitor({
    ImportDeclaration: (node) => importing(node.source.value),
    ExportNamedDeclaration: (node) => node.source !== null && importing(node.source.value),
    ExportAllDeclaration: (node) => importing(node.source.value),
    ImportExpression: (node) => importing(node.source.type === 'Literal' ? node.source.value : undefined),
    MemberExpression: (node) => {
      if (rules.touchesTheWorld || node.object.type !== 'Identifier' || node.property.type !== 'Identifier') return;
      const name = `${node.object.name}.${node.property.name}`;
      if (['Date.now', 'Math.random', 'performance.now', 'globalThis.fetch'].includes(name))
        found.push(`${path}: uses ${name}`);
    },
    NewExpression: (node) => {
      if (rules.touchesTheWorld || node.callee.type !== 'Identifier') return;
      if (node.callee.name === 'Date' && node.arguments.length === 0)
        found.push(`${path}: reads the clock by new Date()`);
    },
  }).visit(program);
  return found;
}

/** Below /proc Node's own recursion never ends, deaf to every signal: folders are made step by step (`host/make-folder.ts`). */
function endlessIn({ path, text }: SourceFile): readonly string[] {
  return /\bmkdir(?:Sync)?\([^;]*\brecursive\b/.test(text) ? [`${path}: makes folders by mkdir's own recursion`] : [];
}

function importProblem(
  path: string,
  specifier: string,
  { rooms: allowed, packages, touchesTheWorld }: Room,
): string | undefined {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    const [room = ''] = target.split('/');
    const own = path.slice(0, path.indexOf('/'));
    return room === own || allowed.includes(room) ? undefined : `imports ${target}`;
  }
  if (specifier.startsWith('node:') || isBuiltin(specifier))
    return touchesTheWorld ? undefined : `imports ${specifier}`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return packages.includes(name) ? undefined : `imports the package ${name}`;
}
