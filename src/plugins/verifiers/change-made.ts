import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import type { Look } from '../../core/claim/evidence.ts';
import { type Change, changesIn, pathsOf } from '../../core/git/changes.ts';
import { counted, type Finding, inquire, type Inquiry, some } from '../../core/git/inquiry.ts';
import { type NamedPaths, namedPaths } from '../../core/git/named-paths.ts';
import { type Range, rangeOf } from '../../core/git/range.ts';
import { describeChanges } from '../../core/git/kind-of-change.ts';
import { stillThere } from '../../core/git/still-there.ts';
import { whyUnseen } from '../../core/git/unseen-change.ts';
import { symbolsMissing } from '../../core/git/symbols.ts';

const Options = deferred(() =>
  z.strictObject({
    paths: z.array(z.string().min(1).max(1000)).max(100).optional().describe('files, folders or globs that changed'),
    gone: z
      .array(z.string().min(1).max(1000))
      .max(100)
      .optional()
      .describe('those of the paths that are said to be removed: still there, they support nothing'),
    symbols: z
      .array(z.string().min(1).max(200))
      .max(50)
      .optional()
      .describe('names that added or removed lines mention'),
    base: z
      .string()
      .min(1)
      .max(1000)
      .optional()
      .describe('commit before the change; default: merge base with the default branch, on it the parent'),
  }),
);
type Options = z.infer<typeof Options>;

/** Whether the claimed files or symbols really differ between a base and what is claimed. */
export const changeMade = verifier({
  id: 'change-made',
  title: 'Change made',
  summary: 'Compares base and target: the named files or symbols really differ.',
  lifecycle: 'stable',
  version: '5',
  looksAt: 'repository',
  judges: ['change-made'],
  options: Options,
  fromPart: ({ names, gone }) => ({ ...(names && { paths: names }), ...(gone && { gone }) }),
  run: look,
});

function look({ options, workspace, claimedAt, ports }: Examination<Options>): Promise<Look> {
  const planned = ['which state the change started from', 'what differs since'];
  return inquire(ports, planned, async (inquiry) => {
    if (workspace === undefined) {
      return { outcome: 'not-applicable', message: 'the claim is not about a repository', boundTo: {} };
    }
    const range = await rangeOf(inquiry, workspace, options.base);
    if ('missing' in range)
      return { outcome: 'inconclusive', message: range.missing, boundTo: { tree: workspace.tree } };
    const changes = await changesIn(inquiry, range);
    const facts = { base: range.base, baseIs: range.because, filesChanged: changes.length };
    const { symbols = [], gone = [] } = options;
    const tracked = await trackedPaths(inquiry, range);
    const known = [...new Set([...tracked, ...changes.flatMap(pathsOf)])];
    const named = (options.paths ?? []).map((name) => namedPaths(name, known));
    if (named.length + symbols.length === 0) {
      const message = `the claim names no file or symbol; ${counted(changes.length, 'file differs', 'files differ')} from ${range.because}`;
      return { outcome: 'inconclusive', message, facts, boundTo: range.boundTo };
    }
    const inLines = named.filter(isSymbol).map(({ name }) => name.replace(/\(\)$/, ''));
    const paths = named.filter((name) => !isSymbol(name));
    const files = await judgePaths(inquiry, { range, changes, tracked, paths, gone, claimedAt });
    const asked = { range, changes: files.changes, symbols: [...symbols, ...inLines] };
    const found = files.outcome === 'supported' ? await judgeSymbols(inquiry, asked) : files;
    const message = found === files ? files.message : [files.message, found.message].filter(Boolean).join('; ');
    return { outcome: found.outcome, message: `${message} (base: ${range.because})`, facts, boundTo: range.boundTo };
  });
}

/** "Added `parse` to `a.ts`": what no path here is called is looked for in changed lines, if it can be an identifier. */
function isSymbol({ name, paths }: NamedPaths): boolean {
  return (
    paths.length === 0 && /^[\p{L}_$][\p{L}\p{N}_$]*(?:\(\))?$/u.test(name) && !/^(?:readme|changelog)$/i.test(name)
  );
}

interface Question {
  readonly range: Range;
  readonly changes: readonly Change[];
  readonly tracked: readonly string[];
  readonly paths: readonly NamedPaths[];
  readonly gone: readonly string[];
  readonly claimedAt: string;
}

type Judgement = Pick<Finding, 'outcome' | 'message'>;

/** Every name must be of something that differs; one that is surely unchanged refutes, one that is not understood leaves it open. */
async function judgePaths(
  inquiry: Inquiry,
  { range, changes, tracked, paths, gone, claimedAt }: Question,
): Promise<Judgement & { readonly changes: readonly Change[] }> {
  if (paths.length === 0) return { outcome: 'supported', message: '', changes };
  const differing = changes.flatMap(pathsOf);
  const isChanged = ({ paths: of }: NamedPaths): boolean => of.some((path) => differing.includes(path));
  const unchanged = paths.filter((name) => !isChanged(name));
  if (unchanged.length === 0) {
    const still = stillThere(changes, tracked, gone);
    if (still !== undefined)
      return { outcome: 'inconclusive', message: `${still} was changed, and is still there`, changes: [] };
    const meant = new Set(paths.flatMap(({ paths: of }) => of));
    const claimed = changes.filter((change) => pathsOf(change).some((path) => meant.has(path)));
    return { outcome: 'supported', message: await describeChanges(inquiry, range, claimed), changes: claimed };
  }
  for (const name of unchanged) {
    const why = await whyUnseen(inquiry, range, name, claimedAt);
    if (why === undefined) {
      return { outcome: 'refuted', message: `${name.name} did not change`, changes: [] };
    }
    if (name === unchanged.at(-1)) return { outcome: 'inconclusive', message: why, changes: [] };
  }
  return {
    outcome: 'inconclusive',
    message: `nothing is known of ${some(paths.map(({ name }) => name))}`,
    changes: [],
  };
}

function listed(listing: string): readonly string[] {
  return listing.split('\0').filter(Boolean);
}

/** What git tracks and is there. */
async function trackedPaths(inquiry: Inquiry, { commit }: Range): Promise<readonly string[]> {
  if (commit !== undefined)
    return listed(await inquiry.text('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit));
  const deleted = new Set(listed(await inquiry.text('ls-files', '--deleted', '-z')));
  return [...new Set(listed(await inquiry.text('ls-files', '--cached', '-z')))].filter((path) => !deleted.has(path));
}

/** A symbol that no line mentions may have been changed in a way that does not spell it: never a refutation. */
async function judgeSymbols(
  inquiry: Inquiry,
  {
    range,
    changes,
    symbols,
  }: { readonly range: Range; readonly changes: readonly Change[]; readonly symbols: readonly string[] },
): Promise<Judgement> {
  if (symbols.length === 0) return { outcome: 'supported', message: '' };
  const missing = await symbolsMissing(inquiry, range, changes, symbols);
  if (missing.length === 0) return { outcome: 'supported', message: `changed lines mention ${some(symbols)}` };
  return { outcome: 'inconclusive', message: `no changed line mentions ${some(missing)}` };
}
