import { codeownersPlaces, parseCodeowners } from '../../../core/config/codeowners.ts';
import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { CoverageNote } from '../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { objectsOf } from './objects.ts';
import { refsBeside } from './records/records.ts';
import { dividing, isTeam } from './scope.ts';
import { textOf } from './text.ts';

interface Asked {
  readonly repository: string;
  readonly revision: string;
  readonly pods: readonly { readonly id: string; readonly paths: readonly string[] }[];
}

/** The commit that is asked for, and what decides beside the commits what is made of them. */
export async function surroundingsOf(ports: SourcePorts, asked: Asked) {
  const { revision } = asked;
  const [found, place, refs] = await Promise.all([
    filesAt(ports, revision),
    placeOf(ports, revision),
    refsBeside(ports),
  ]);
  const ownAttributes = hasOwnAttributes(ports, place);
  const head = found.head === undefined ? await headOf(ports, revision) : seen(found.head);
  if (!head.ok) return head;
  const files = found.head === undefined ? await filesAt(ports, head.value) : found;
  return seen({
    head: head.value,
    rules: pathRules(files, asked),
    branch: place.branch,
    records: refs?.records,
    isCutOff: place.isShallow,
    /** May say otherwise of the same commits another time; whom git-appraise means depends on everybody who ever wrote. */
    isChangeable: ownAttributes.then(
      (isOwn) =>
        isOwn ||
        place.isShallow ||
        files.head === undefined ||
        refs?.records.includes(' refs/notes/devtools/') !== false,
    ),
    notes: notesOn(ports, place, { isReplaced: refs?.isReplaced === true, ownAttributes }),
  });
}

/** Whatever is checked out, and whatever came later: who people are says the commit that is read, as it says whose the paths are. */
export function namedBy({ git, gitStream }: SourcePorts, commit: string): SourcePorts {
  return {
    git: (args, input) => git(args, input, commit),
    gitStream: (args, input) => gitStream(args, input, commit),
  };
}

/** Ids of the pods, which are known before anything is read; undefined where git cannot tell. */
export async function podsAt(ports: SourcePorts, asked: Asked): Promise<readonly string[] | undefined> {
  const files = await filesAt(ports, asked.revision);
  return files.head === undefined ? undefined : pathRules(files, asked).pods.map(({ id }) => id);
}

interface Files {
  /** Undefined where git could not tell. */
  readonly head: string | undefined;
  /** Texts by their paths. */
  readonly texts: ReadonlyMap<string, string>;
  /** Names of their contents, and of nothing that is not there. */
  readonly ids: ReadonlyMap<string, string>;
}

/** Bytes; a CODEOWNERS may be long. */
const largestFile = 64 * 1024 * 1024;

/** Where formatters' commits are listed, as GitHub and GitLab look for it, too. */
const ignoreRevs = '.git-blame-ignore-revs';
const listedCommit = /^[ \t]*([0-9a-f]{40,64})[ \t]*(?:#|$)/gm;

/** In one question: to start git takes longer than to answer. None of a revision whose form would mean something else in it. */
async function filesAt(ports: SourcePorts, revision: string): Promise<Files> {
  const places = [...codeownersPlaces, '.gitattributes', '.mailmap', ignoreRevs];
  const names = [`${revision}^{commit}`, ...places.map((place) => `${revision}^{commit}:${place}`)];
  const told: (string | undefined)[] = [];
  const [texts, ids] = [new Map<string, string>(), new Map<string, string>()];
  for await (const object of objectsOf(ports, /[\n:{]/.test(revision) ? [] : names, largestFile)) {
    const place = places[told.length - 1];
    told.push(object?.id);
    if (place !== undefined && object !== undefined) ids.set(place, object.id);
    if (place !== undefined && object?.content !== undefined) texts.set(place, textOf(object.content));
  }
  return { head: told[0], texts, ids };
}

interface Place {
  readonly isShallow: boolean;
  readonly folder: string;
  /** The name of the branch that a revision such as `HEAD` or `@{upstream}` stands for; a commit stands for itself. */
  readonly branch: string;
}

async function placeOf({ git: ask }: SourcePorts, revision: string): Promise<Place> {
  const asked = ['--is-shallow-repository', '--git-common-dir', '--abbrev-ref', '--end-of-options', revision];
  const answer = await ask(['rev-parse', ...asked]);
  const [shallow, folder = '', ...named] = answer.ok ? textOf(answer.value.stdout).split('\n') : [];
  const name = named.findLast((line) => line !== '' && line !== '--end-of-options');
  return { isShallow: shallow === 'true', folder, branch: name ?? revision };
}

export async function branchOf(ports: SourcePorts, revision: string): Promise<string> {
  return (await placeOf(ports, revision)).branch;
}

/** Says, too, why there is none. */
async function headOf({ git: ask }: SourcePorts, revision: string): Promise<Seen<string>> {
  const answer = await ask(['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]);
  if (!answer.ok) return answer;
  const { exit, stdout, stderr } = answer.value;
  if (exit === 0) return seen(stdout.trim());
  const any = await ask(['for-each-ref', '--count=1']);
  const isEmpty = any.ok && any.value.exit === 0 && any.value.stdout === '';
  return couldNotLook(
    'broken',
    isEmpty ? 'nothing was committed yet' : `there is no commit ${revision} ${stderr}`.trim(),
  );
}

function pathRules({ texts, ids }: Files, { pods, repository }: Asked) {
  const text = codeownersPlaces.map((place) => texts.get(place)).find((one) => one !== undefined);
  const attributes = texts.get('.gitattributes');
  const owners = text === undefined ? undefined : parseCodeowners(text);
  const teams = pods.length > 0 ? [] : (owners?.owners ?? []).filter(({ owner }) => isTeam(owner));
  const byTeam = teams.map(({ owner, paths }) => ({ id: owner, paths }));
  const whole = [{ id: repository, paths: ['**'] }];
  return {
    pods: pods.length > 0 ? pods : byTeam.length > 0 ? byTeam : whole,
    // A later rule may have taken a path away from a team: its globs alone do not tell.
    ...(owners === undefined || teams.length === 0
      ? {}
      : { podsOf: (path: string) => owners.ownersOf(path).filter(isTeam) }),
    ...dividing(pods, owners),
    ...(owners === undefined ? {} : { ownersOf: owners.ownersOf }),
    ...(attributes === undefined ? {} : { attributes }),
    owned: text,
    ignored: new Set([...(texts.get(ignoreRevs) ?? '').matchAll(listedCommit)].map(([, id = '']) => id)),
    /** Git itself reads the second of them, and may read the first, too. */
    others: [attributes ?? null, ...['.gitattributes', '.mailmap'].map((place) => ids.get(place) ?? null)],
  };
}

async function notesOn(
  ports: SourcePorts,
  { isShallow, folder }: Place,
  { isReplaced, ownAttributes }: { readonly isReplaced: boolean; readonly ownAttributes: Promise<boolean> },
): Promise<readonly CoverageNote[]> {
  // Git is told to follow no grafts, so that it does not say either whether there are any.
  const grafts = await linesIn(ports, `${folder}/info/grafts`);
  const isGrafted = grafts.some((line) => /^[0-9a-f]{40}/.test(line));
  return [
    ...(isShallow ? [{ code: 'shallow' } as const] : []),
    ...(isReplaced || isGrafted ? [{ code: 'grafts' } as const] : []),
    ...((await ownAttributes) ? [{ code: 'own-attributes' } as const] : []),
  ];
}

/** Whether this clone alone has git take files for binary, or for text: there is no way to have it leave that out. */
async function hasOwnAttributes(ports: SourcePorts, { folder }: Place): Promise<boolean> {
  const lines = await linesIn(ports, `${folder}/info/attributes`);
  return lines.some((line) => /^\s*(?:\[attr\]|[^#\s].*\s[-!]?(?:diff|binary)(?:[=\s]|$))/.test(line));
}

/** Of a file of git's own; none where it is not there. */
async function linesIn({ git: ask }: SourcePorts, path: string): Promise<readonly string[]> {
  // As text: attributes may say of this one, too, that it is none.
  const answer = await ask(['diff', '--no-index', '--no-color', '--text', '--', '/dev/null', path]);
  const lines = answer.ok ? answer.value.stdout.split('\n') : [];
  return lines.filter((line) => /^\+(?!\+\+ )/.test(line)).map((line) => line.slice(1));
}
