import { z } from 'zod';
import { codeownersPlaces, parseCodeowners } from '../../../core/config/codeowners.ts';
import { type CouldNotLook, couldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { ChangeFact, Coverage, CoverageNote } from '../../../core/signal/fact.ts';
import { type Reading, source, type SourcePorts } from '../../../core/signal/source.ts';
import { clampedTimes } from './clock.ts';
import { closedChange, type CommitSigns } from './close-change.ts';
import type { ParsedCommit } from './commit.ts';
import { corrections, isMending } from './corrections.ts';
import { deciding } from './decisions.ts';
import { knowing, type SourceFile } from './knowledge.ts';
import { lineTracker } from './lines.ts';
import { type PathKind, pathKinds } from './path-kind.ts';
import { type ChangeReader, type Gathered, readChanges } from './read-changes.ts';
import { hasRecords, noRecords, readRecords } from './records/records.ts';
import { requestsTo } from './records/requests.ts';
import { standing } from './records/standing.ts';
import { callRoll, changeAt } from './roll.ts';
import { rememberingGit, unsettled } from './resume.ts';
import { dividing, isTeam, scopesOf } from './scope.ts';
import { isSourceFile } from './source-files.ts';
import { spreading, type Touch } from './spread.ts';
import { textOf } from './text.ts';

const options = z.strictObject({
  repository: z.string().describe('name that figures are shown under'),
  revision: z.string().default('HEAD').describe('branch or commit whose first-parent line is read'),
  pods: z
    .array(z.strictObject({ id: z.string(), paths: z.array(z.string()) }))
    .default([])
    .describe('pods and the globs of what they own; default: teams in CODEOWNERS, else the repository as one pod'),
  lines: z
    .boolean()
    .default(false)
    .describe('follow each line from the change that adds it to the one that takes it away; takes longer'),
  latest: z.number().default(Infinity).describe('no clock is right that says later (milliseconds since 1970)'),
});

export const git = source({
  id: 'git',
  title: 'git history',
  summary: "Reads a repository's default branch: changes with authors, agents, reviews, size and reasons; corrections.",
  lifecycle: 'experimental',
  options,
  run: readHistory,
});

type Options = z.infer<typeof options>;

async function readHistory({
  ports,
  options: asked,
  emit,
  progress,
  memory: given,
}: Reading<Options>): Promise<Seen<Coverage>> {
  const found = await headOf(ports, asked.revision);
  if (!found.ok) return found;
  const head = found.value;
  const [rules, about, branch, beside] = await Promise.all([
    pathRules(ports, head, asked),
    repositoryNotes(ports),
    branchOf(ports, asked.revision),
    hasRecords(ports),
  ]);
  const isChangeable = about.length > 0 || beside || !rules.isListed;
  const memory = await rememberingGit(ports, isChangeable ? undefined : given, [
    asked.repository,
    asked.pods,
    asked.lines,
    rules.texts,
  ]);
  const called = await callRoll(ports, head, memory.roll);
  if (!called.ok) return called;
  const roll = called.value;
  const clock = clampedTimes(roll.times, asked.latest);
  const asOf = clock.times.reduce((a, b) => Math.max(a, b), 0);
  const kindOf = pathKinds(rules);
  const records = beside ? await readRecords(ports, roll.people) : noRecords;
  const { before, identities } = memory.goesOn({ roll, clock, asOf });
  const known = { identities, kindOf, records };
  const scopes = scopesOf(rules.pods);
  const correcting = corrections(before);
  const decisions = deciding(before?.decisions);
  const knows = knowing(identities, asOf, before?.knowledge);
  const spread = spreading(scopes, before?.spread);
  const { rewritten } = correcting;
  const isCutOff = about.some(({ code }) => code === 'shallow');
  const placed = (place: number) => ({ id: changeAt(roll, place) ?? '', mergedAt: clock.times[place] ?? 0 });
  const lines = lineTracker({ kindOf, isCutOff, rewritten, changeAt: placed }, before?.lines);
  // What a history that is cut off begins with is not what its first commit did.
  const isKnown = ({ parents }: ParsedCommit): boolean => !isCutOff || parents.length > 0;
  const most = asked.lines ? 'hunks' : 'counts';
  const each = (signs: CommitSigns): void => (isKnown(signs.commit) ? knows.learn(signs) : undefined);
  const { agentsOf } = records;
  // Only where votes are on record does it tell anything; such histories are always read from their begin.
  const stands = beside ? standing() : (change: ChangeFact) => change;
  let changes = before?.times.length ?? 0;
  const reader = readChanges(ports, head, { roll, before: changes, most, each, agentsOf });
  const garbled = (): number => (before?.garbled ?? 0) + reader.garbled();
  const isWhole = (): boolean => reader.followed() && reader.uncounted() === 0;
  const settled = clock.times.length - unsettled;
  // A few more are sooner read again than everything is written anew.
  const isNews = settled - (before?.times.length ?? -Infinity) >= unsettled;
  const take = async ({ own: written, merged }: Gathered): Promise<void> => {
    const own = isKnown(written.commit) ? written : { ...written, commit: unread(written.commit) };
    const [mergedAt = 0, previous] = [clock.times[changes], clock.times[changes - 1]];
    const sincePrevious = previous === undefined ? {} : { sincePrevious: mergedAt - previous };
    const closed = { ...closedChange(own, merged, mergedAt, known), ...sincePrevious };
    const change = stands(closed);
    for (const fact of spread.add(mergedAt, touchesOf(change, own.commit, kindOf))) emit(fact);
    emit(change);
    const all = [own, ...merged].map(({ commit }) => commit);
    const corrected = correcting.of(change, all);
    for (const correction of corrected) emit(correction);
    correcting.learn(change, all);
    decisions.note(change, own.commit);
    const isCorrective = corrected.length > 0 || isMending(own.commit.message);
    for (const fact of asked.lines ? lines.follow(change, written.commit, isCorrective) : []) emit(fact);
    changes++;
    if (changes === settled && isNews && isWhole()) {
      await decisions.read(ports);
      memory.keep({
        change: change.id,
        asOf,
        times: clock.times.slice(0, changes),
        roll,
        people: identities.asked,
        garbled: garbled(),
        ...correcting.state(),
        decisions: decisions.state,
        knowledge: knows.state,
        spread: spread.state(),
        lines: lines.state(),
      });
    }
    progress?.(changes, clock.times.length);
  };
  const failed = await eachChange(reader, take);
  if (failed !== undefined) return failed;
  for (const fact of await decisions.facts(ports, (path) => kindOf(path).pods)) emit(fact);
  for (const fact of spread.end()) emit(fact);
  // A commit that was asked for by its name is on the branch that is checked out.
  const isBare = records.requests.length > 0 && /^[0-9a-f]{40,64}$/.test(branch);
  const target = isBare ? await branchOf(ports, 'HEAD') : branch;
  for (const fact of requestsTo(target, records.requests, asOf)) emit(fact);
  const files = reader.followed() ? await sourceFilesAt(ports, head, kindOf) : undefined;
  for (const fact of files === undefined ? [] : knows.facts(files, scopes)) emit(fact);
  return seen({
    repository: asked.repository,
    branch,
    head,
    asOf,
    ...(clock.times[0] === undefined ? {} : { from: clock.times[0] }),
    commits: roll.commits,
    changes,
    people: identities.count(),
    components: rules.components,
    notes: [
      ...about,
      ...note('missing-objects', reader.uncounted()),
      ...note('lines-not-read', lines.lost()),
      ...note('knowledge-not-read', files === undefined ? 1 : 0),
      ...note('not-utf8', garbled()),
      ...note('clock-clamped', clock.clamped),
      ...note('shared-address', identities.sharedAddresses),
      ...note('records-skipped', records.skipped),
    ],
  });
}

/** However it ends, no git is left running. */
async function eachChange(
  reader: ChangeReader,
  take: (change: Gathered) => Promise<void>,
): Promise<CouldNotLook | undefined> {
  try {
    for (;;) {
      const next = await reader.next();
      if (!next.ok) return next;
      if (next.value === undefined) return undefined;
      await take(next.value);
    }
  } finally {
    reader.stop();
  }
}

/** The name of the branch that a revision such as `HEAD` or `@{upstream}` stands for; a commit stands for itself. */
async function branchOf({ git: ask }: SourcePorts, revision: string): Promise<string> {
  const answer = await ask(['rev-parse', '--abbrev-ref', '--end-of-options', revision]);
  const lines = answer.ok && answer.value.exit === 0 ? textOf(answer.value.stdout).trim().split('\n') : [];
  return lines.findLast((line) => line !== '' && line !== '--end-of-options') ?? revision;
}

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

function unread(commit: ParsedCommit): ParsedCommit {
  return { ...commit, depth: 'nothing', files: [] };
}

async function pathRules(ports: SourcePorts, head: string, { pods, repository }: Options) {
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

/** Files of the change that count; what bots alone did is nobody's work. */
function touchesOf(
  { authorship }: ChangeFact,
  { files }: ParsedCommit,
  kindOf: (path: string) => PathKind,
): readonly Touch[] {
  if (authorship === 'bot') return [];
  return files.flatMap(({ path, what, added = 0, deleted = 0 }) => {
    const { counts, pods } = kindOf(path);
    return counts && what === 'file' ? [{ path, lines: added + deleted, pods }] : [];
  });
}

/** Undefined where git cannot list them. */
async function sourceFilesAt(
  { git: ask }: SourcePorts,
  head: string,
  kindOf: (path: string) => PathKind,
): Promise<readonly SourceFile[] | undefined> {
  const answer = await ask(['ls-tree', '-r', '-z', head]);
  if (!answer.ok || answer.value.exit !== 0) return undefined;
  return answer.value.stdout.split('\0').flatMap((entry) => {
    const path = textOf(entry.slice(entry.indexOf('\t') + 1));
    const { counts, pods } = kindOf(path);
    return entry.startsWith('100') && counts && isSourceFile(path) ? [{ path, pods }] : [];
  });
}

async function repositoryNotes({ git: ask }: SourcePorts): Promise<readonly CoverageNote[]> {
  const says = async (...args: readonly string[]): Promise<string> => {
    const answer = await ask(args);
    return answer.ok ? answer.value.stdout : '';
  };
  const [shallow = '', folder = ''] = (await says('rev-parse', '--is-shallow-repository', '--git-common-dir')).split(
    '\n',
  );
  const replaced = await says('for-each-ref', '--count=1', 'refs/replace');
  // Git is told to follow no grafts, so that it does not say either whether there are any.
  const grafts = await says('diff', '--no-index', '--no-color', '--', '/dev/null', `${folder}/info/grafts`);
  const isGrafted = replaced !== '' || /^\+[0-9a-f]{40}/m.test(grafts);
  return [
    ...(shallow === 'true' ? [{ code: 'shallow' } as const] : []),
    ...(isGrafted ? [{ code: 'grafts' } as const] : []),
  ];
}

function note(code: CoverageNote['code'], count: number): readonly CoverageNote[] {
  return count > 0 ? [{ code, count }] : [];
}
