import { rulesOf } from '../config/detect/makefile.ts';
import { scriptsOf } from '../config/detect/node-package.ts';
import { isNarrow } from './extract/command.ts';
import { isCommand } from './extract/token.ts';
import type { Part } from './part.ts';
import type { VerifierPorts, Workspace } from '../ports.ts';

/** What a project calls by a short name: `npm run lint`, `make lint`, and the lines behind it. */
type Definition = readonly [command: string, lines: string];

/** Says whether a run of a command was one of what a claim names; `shown` is what the run printed. */
export type SameTool = (named: string, shown: string) => boolean;

/**
 * A claim of `golangci-lint run` is not about a run of `go vet`. The same is what is called so, what its output shows (npm and
 * make print what they run), or what the project's scripts and targets lead to, from either side.
 */
export async function sameToolAs(
  command: string,
  workspace: Workspace,
  { readFile }: Pick<VerifierPorts, 'readFile'>,
): Promise<SameTool> {
  const read = async (path: string): Promise<string> => {
    const seen = await readFile(workspace, path);
    return (seen.ok ? seen.value?.text : undefined) ?? '';
  };
  const definitions: readonly Definition[] = [
    ...Object.entries(scriptsOf(await read('package.json'))).map(([name, text]) => [`npm run ${name}`, text] as const),
    ...rulesOf((await read('Makefile')) || (await read('GNUmakefile'))).map(
      ({ target, lines }) => [`make ${target}`, lines] as const,
    ),
  ];
  const behind = linesBehind(command, definitions);
  return (named, shown) =>
    calls(named).test(`${behind}\n${shown}`) || calls(command).test(linesBehind(named, definitions));
}

/** A command that a test claim names without a path or a filter. */
export function isWholeRun(name: string): boolean {
  return isCommand(name) && !isNarrow(name.split(' '));
}

/** Options of a run, behind those that a claim names, with which it has more tests than these. */
const more = /(?:^| )(?:--workspaces?|--all|-r|--recursive)(?![\w-])|\.\.\./;

/**
 * "`npm test` passes" means all that such a run has, and no test of that name. Of the same tool with other options, or called in
 * another way, support says enough and a failure does not.
 */
export function meantByRun(part: Part, command: string, isSame: (name: string) => boolean): Part {
  const { names = [] } = part;
  if (!names.every((name) => isWholeRun(name) && isSame(name))) return part;
  const plain = command.replace(' -json', '');
  const isAll = names.every(
    (name) => plain === name || (plain.startsWith(`${name} `) && !more.test(plain.slice(name.length))),
  );
  return { ...part, scope: isAll ? 'all' : 'unknown', names: [] };
}

function linesBehind(command: string, definitions: readonly Definition[]): string {
  const reached = new Set([command]);
  for (const line of reached) for (const [name, lines] of definitions) if (calls(name).test(line)) reached.add(lines);
  return [...reached].join('\n');
}

const runners =
  /^(?:\$ |\w+=\S* |(?:npx|bunx|uvx|pnpx|npm exec|pnpm exec|pnpm dlx|yarn dlx|yarn exec|uv run|poetry run|pdm run|pipenv run|bundle exec|python3? -m)(?: --?[\w-]+)* )+/;
const twoWords = /^(?:go|cargo|deno|dotnet|mix|swift|rake|nx|turbo|tox|just|task|gradlew?|mvnw?|make)$/;
const ordinary = /^(?:test|t|lint|types?|build|check|ci|verify)/;

/** Where a text calls the same program, script or target as a command line. */
function calls(command: string): RegExp {
  const [program = '', ...rest] = command.trim().replace(runners, '').split(/\s+/);
  const name = program.split('/').at(-1) ?? program;
  const [first = '', second = ''] = rest.filter((word) => !word.startsWith('-'));
  if (/^(?:npm|pnpm|yarn|bun)$/.test(name)) {
    const runs = /^run(?:-script)?$/.test(first);
    const script = escaped(runs ? second : first);
    const own = runs || ordinary.test(first) || first === '' ? '' : `|${script}`;
    return whole(`(?:npm|pnpm|yarn|bun)(?: run| run-script)?(?: -\\S+)* ${script}|> \\S+@\\S+ ${script}${own}`);
  }
  if (twoWords.test(name) && first !== '') return whole(`${escaped(name)}(?: -\\S+)* ${escaped(first)}`);
  return whole(escaped(name));
}

function whole(pattern: string): RegExp {
  return new RegExp(`(?<![\\w-])(?:${pattern})(?![\\w:-])`, 'm');
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
