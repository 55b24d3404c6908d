import { codeownersPlaces, parseCodeowners } from '../../../core/config/codeowners.ts';
import { couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { CoverageNote } from '../../../core/signal/fact.ts';
import type { SourcePorts } from '../../../core/signal/source.ts';
import { recordRefs } from './records/records.ts';
import { dividing, isTeam } from './scope.ts';
import { textOf } from './text.ts';

interface Asked {
  readonly repository: string;
  readonly revision: string;
  readonly pods: readonly { readonly id: string; readonly paths: string[] }[];
}

/** What decides beside the commits what is made of them. */
export async function surroundingsOf(ports: SourcePorts, head: string, asked: Asked) {
  const [rules, notes, branch, refs] = await Promise.all([
    pathRules(ports, head, asked),
    repositoryNotes(ports),
    branchOf(ports, asked.revision),
    recordRefs(ports),
  ]);
  const isCutOff = notes.some(({ code }) => code === 'shallow');
  /** May say otherwise of the same commits another time; whom git-appraise means depends on everybody who ever wrote. */
  const isChangeable =
    notes.length > 0 || !rules.isListed || refs === undefined || refs.includes(' refs/notes/devtools/');
  return { rules, notes, branch, refs, isCutOff, isChangeable };
}

/** The name of the branch that a revision such as `HEAD` or `@{upstream}` stands for; a commit stands for itself. */
export async function branchOf({ git: ask }: SourcePorts, revision: string): Promise<string> {
  const answer = await ask(['rev-parse', '--abbrev-ref', '--end-of-options', revision]);
  const lines = answer.ok && answer.value.exit === 0 ? textOf(answer.value.stdout).trim().split('\n') : [];
  return lines.findLast((line) => line !== '' && line !== '--end-of-options') ?? revision;
}

export async function headOf({ git: ask }: SourcePorts, revision: string): Promise<Seen<string>> {
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

async function pathRules(ports: SourcePorts, head: string, { pods, repository }: Asked) {
  const places = [...codeownersPlaces, '.gitattributes', '.mailmap'];
  const listed = await ports.git(['ls-tree', '--full-tree', head, ...places]);
  const isListed = listed.ok && listed.value.exit === 0;
  const listing = isListed ? listed.value.stdout : '';
  const textAt = (place: string) => (listing.includes(`\t${place}\n`) ? fileAt(ports, head, place) : undefined);
  const [texts, attributes] = await Promise.all([Promise.all(codeownersPlaces.map(textAt)), textAt('.gitattributes')]);
  const text = texts.find((one) => one !== undefined);
  const owners = text === undefined ? undefined : parseCodeowners(text);
  const teams = (owners?.owners ?? []).filter(({ owner }) => isTeam(owner));
  const byTeam = teams.map(({ owner, paths }) => ({ id: owner, paths }));
  const whole = [{ id: repository, paths: ['**'] }];
  return {
    pods: pods.length > 0 ? pods : byTeam.length > 0 ? byTeam : whole,
    ...dividing(pods, owners),
    ...(owners === undefined ? {} : { ownersOf: owners.ownersOf }),
    ...(attributes === undefined ? {} : { attributes }),
    // With the names of their contents: that of .mailmap, which git itself reads, is told by nothing else.
    texts: [text ?? null, attributes ?? null, textOf(listing)],
    isListed,
  };
}

async function fileAt({ git: ask }: SourcePorts, head: string, path: string): Promise<string | undefined> {
  const answer = await ask(['cat-file', 'blob', `${head}:${path}`]);
  return answer.ok && answer.value.exit === 0 ? textOf(answer.value.stdout) : undefined;
}

async function repositoryNotes({ git: ask }: SourcePorts): Promise<readonly CoverageNote[]> {
  const says = async (...args: readonly string[]): Promise<string> => {
    const answer = await ask(args);
    return answer.ok ? answer.value.stdout : '';
  };
  const [place, replaced] = await Promise.all([
    says('rev-parse', '--is-shallow-repository', '--git-common-dir'),
    says('for-each-ref', '--count=1', 'refs/replace'),
  ]);
  const [shallow = '', folder = ''] = place.split('\n');
  // Git is told to follow no grafts, so that it does not say either whether there are any.
  const grafts = await says('diff', '--no-index', '--no-color', '--', '/dev/null', `${folder}/info/grafts`);
  const isGrafted = replaced !== '' || /^\+[0-9a-f]{40}/m.test(grafts);
  return [
    ...(shallow === 'true' ? [{ code: 'shallow' } as const] : []),
    ...(isGrafted ? [{ code: 'grafts' } as const] : []),
  ];
}
