import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { counted, type Finding, inquire, type Inquiry } from '../../core/git/inquiry.ts';
import { atPointer } from '../../core/git/json-pointer.ts';
import type { VerifierPorts, Workspace, WorkspaceFile } from '../../core/ports.ts';

const Options = deferred(() =>
  z.strictObject({
    paths: z
      .array(z.string().min(1).max(1000))
      .min(1)
      .max(100)
      .describe('files, relative to the top of the repository'),
    exists: z.boolean().default(true).describe('false: the files must not be there'),
    contains: z.string().min(1).optional().describe('text that must be in each file'),
    matches: z
      .string()
      .min(1)
      .refine(isPattern, 'a regular expression')
      .optional()
      .describe('regular expression (flags m, u)'),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("digest of the file's bytes, hex"),
    pointer: z
      .string()
      .regex(/^(?:\/.*)?$/s)
      .optional()
      .describe('JSON pointer (RFC 6901) of a value that must be there'),
    equals: z.json().optional().describe('what the value at the pointer must be'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether files are there and say what they should. */
export const fileMatches = verifier({
  id: 'file-matches',
  title: 'File matches',
  summary: 'Reads files: existence, text, regular expression, SHA-256, JSON value.',
  lifecycle: 'stable',
  version: '1',
  looksAt: 'repository',
  judges: ['file-exists'],
  options: Options,
  fromPart: ({ names }) => (names === undefined ? {} : { paths: names }),
  run: look,
});

function look({ options, part, workspace, ports }: Examination<Options>): Promise<Look> {
  return inquire(
    ports,
    options.paths.map((path) => `read ${path}`),
    async (inquiry) => {
      if (workspace === undefined) {
        return { outcome: 'not-applicable', message: 'the claim is not about a repository', boundTo: {} };
      }
      const findings: Judgement[] = [];
      for (const path of options.paths)
        findings.push(await lookAt({ inquiry, ports, workspace, options }, path, part.span !== undefined));
      return together(findings, workspace);
    },
  );
}

interface Place {
  readonly inquiry: Inquiry;
  readonly ports: VerifierPorts;
  readonly workspace: Workspace;
  readonly options: Options;
}

type Judgement = Pick<Finding, 'outcome' | 'message'>;

async function lookAt(place: Place, path: string, fromWords: boolean): Promise<Judgement> {
  const { inquiry, ports, workspace, options } = place;
  const name = (fromWords ? path.replaceAll('\\', '/') : path).replace(/\/$/, '');
  const glob = `${literalGlob(name)}/**/*`;
  const inside = await inquiry.value(`find ${glob}`, ports.findFiles(workspace, glob));
  if (inside.length > 0) return judgeFolder(name, inside.length, options);
  const file = await inquiry.value(`read ${name}`, ports.readFile(workspace, name));
  if (file !== undefined) return judgeFile(file, options, await hasMatch(place, file));
  if (!options.exists) return { outcome: 'supported', message: `${name} does not exist` };
  const elsewhere = fromWords ? (await namesakes(place, name)).filter((other) => other !== name) : [];
  if (elsewhere.length === 1) return lookAt(place, elsewhere[0] ?? name, false);
  if (elsewhere.length > 1) {
    return { outcome: 'inconclusive', message: `${elsewhere.length} files are called ${name}` };
  }
  const why = await whyUnseen(place, name, fromWords);
  return { outcome: why === undefined ? 'refuted' : 'inconclusive', message: why ?? `${name} does not exist` };
}

/** True also where no pattern is asked for, or none could be judged. */
async function hasMatch({ inquiry, ports, options }: Place, { path, text, utf8 }: WorkspaceFile): Promise<boolean> {
  const { matches: pattern, exists } = options;
  if (pattern === undefined || !exists || !utf8) return true;
  return inquiry.value(`match ${path} with /${pattern}/`, ports.matches({ pattern, flags: 'mu', text }));
}

/** Words often name a file without its folder or from a folder further down, and it may be one that git ignores. */
async function namesakes({ inquiry, ports, workspace }: Place, name: string): Promise<readonly string[]> {
  const end = name.replace(/^[@~#.]\//, '');
  const glob = `**/${literalGlob(end)}`;
  const found = await inquiry.value(`find ${glob}`, ports.findFiles(workspace, glob));
  if (found.length > 0) return found;
  const ignored = await inquiry.text('ls-files', '--others', '--ignored', '--exclude-standard', '-z');
  return ignored.split('\0').filter((path) => path.endsWith(`/${end}`));
}

/** Why a file that is not here may exist all the same; undefined: it does not. */
async function whyUnseen(
  { inquiry, ports, workspace }: Place,
  name: string,
  fromWords: boolean,
): Promise<string | undefined> {
  if (workspace.place === 'worktree' && (await inquiry.git('check-ignore', '--quiet', '--', name)).exit === 0) {
    return `${name} is ignored by git, so a clean checkout cannot have it`;
  }
  const tags = await inquiry.git('ls-files', '-t', '-z', '--', `:(top,literal)${name}`);
  if (tags.stdout.startsWith('S ')) return `${name} is left out of this sparse checkout`;
  const folders = name.split('/').map((_, at, segments) => segments.slice(0, at + 1).join('/'));
  const entries = await inquiry.git(
    'ls-files',
    '--stage',
    '-z',
    '--',
    ...folders.map((path) => `:(top,literal)${path}`),
  );
  if (/(?:^|\0)160000 /.test(entries.stdout)) return `${name} is in a submodule that is not here`;
  if (!fromWords) return undefined;
  if (/^[@~#]\//.test(name)) return `${name} is a name for a path that only the project's tools know`;
  const anyCase = `**/${literalGlob(name).replaceAll(/\p{L}/gu, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`)}`;
  const [other] = await inquiry.value(`find ${anyCase}`, ports.findFiles(workspace, anyCase));
  return other === undefined ? undefined : `${name} does not exist, but ${other} does`;
}

function judgeFolder(name: string, files: number, options: Options): Judgement {
  if (!options.exists)
    return { outcome: 'refuted', message: `${name} exists: a folder with ${counted(files, 'file')}` };
  const wantsContent = [options.contains, options.matches, options.sha256, options.pointer].some(
    (want) => want !== undefined,
  );
  if (wantsContent)
    return { outcome: 'inconclusive', message: `${name} is a folder with ${counted(files, 'file')}, not a file` };
  return { outcome: 'supported', message: `${name} is a folder with ${counted(files, 'file')}` };
}

function judgeFile(file: WorkspaceFile, options: Options, matched: boolean): Judgement {
  const { path, bytes } = file;
  if (!options.exists) return { outcome: 'refuted', message: `${path} exists (${counted(bytes, 'byte')})` };
  const wrong = judgements(file, options, matched).toSorted((a, b) => weight(a) - weight(b))[0];
  return (
    wrong ?? { outcome: 'supported', message: `${path} is there (${counted(bytes, 'byte')}) and says what it should` }
  );
}

function judgements(file: WorkspaceFile, options: Options, matched: boolean): readonly Judgement[] {
  const { path, text, sha256, utf8 } = file;
  const wrong: Judgement[] = [];
  const no = (message: string): number => wrong.push({ outcome: 'refuted', message });
  if (options.sha256 !== undefined && options.sha256 !== sha256)
    no(`${path} has SHA-256 ${sha256}, not ${options.sha256}`);
  if (!utf8 && (options.contains ?? options.matches ?? options.pointer) !== undefined) {
    return [...wrong, { outcome: 'inconclusive', message: `${path} is not UTF-8 text` }];
  }
  if (options.contains !== undefined && !text.includes(options.contains))
    no(`${path} does not contain "${options.contains}"`);
  if (!matched) no(`${path} does not match /${options.matches}/`);
  const value = options.pointer === undefined ? undefined : judgeValue(path, text, options.pointer, options.equals);
  return value === undefined ? wrong : [...wrong, value];
}

function judgeValue(path: string, text: string, pointer: string, equals: Options['equals']): Judgement | undefined {
  const at = atPointer(text, pointer);
  if (at.state === 'not-json') return { outcome: 'inconclusive', message: `${path} is not JSON: ${at.why}` };
  if (at.state === 'absent') return { outcome: 'refuted', message: `${path} has nothing at ${pointer}` };
  if (equals === undefined || at.json === atPointer(JSON.stringify(equals), '').json) return undefined;
  return {
    outcome: 'refuted',
    message: `${path} has ${at.json.slice(0, 200)} at ${pointer}, not ${JSON.stringify(equals).slice(0, 200)}`,
  };
}

/** One wrong file refutes all; one that cannot be judged leaves them open. */
function together(findings: readonly Judgement[], { tree, commit }: Workspace): Finding {
  const worst = findings.toSorted((a, b) => weight(a) - weight(b))[0];
  const outcome = worst?.outcome ?? 'inconclusive';
  const told = findings.filter((finding) => finding.outcome === outcome).map(({ message }) => message);
  const facts = { files: findings.length, refuted: findings.filter((finding) => finding.outcome === 'refuted').length };
  return { outcome, message: told.join('; '), facts, boundTo: { tree, ...(commit === undefined ? {} : { commit }) } };
}

function weight({ outcome }: Judgement): number {
  return ['refuted', 'inconclusive', 'supported'].indexOf(outcome);
}

function literalGlob(path: string): string {
  return path.replaceAll(/[\\*?[\]{}()!+@|]/g, '\\$&');
}

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
