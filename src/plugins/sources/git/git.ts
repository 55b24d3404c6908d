import { z } from 'zod';
import { type CouldNotLook, type Seen, seen } from '../../../core/ports.ts';
import type { Coverage, CoverageNote } from '../../../core/signal/fact.ts';
import { type Reading, source, type SourcePorts } from '../../../core/signal/source.ts';
import { clampedTimes } from './clock.ts';
import type { SourceFile } from './knowledge.ts';
import { kindsState, type PathKind, pathKinds } from './path-kind.ts';
import { type ChangeReader, type Gathered, readChanges } from './read-changes.ts';
import { noRecords, readRecords, recordsIn } from './records/records.ts';
import { requestsTo } from './records/requests.ts';
import { rememberingGit, unsettled } from './resume.ts';
import { areAllCalled, callEarly, callRoll } from './roll.ts';
import { isSourceFile } from './source-files.ts';
import { remembered } from './spread.ts';
import { branchOf, namedBy, surroundingsOf } from './surroundings.ts';
import { textOf } from './text.ts';
import { trackers } from './trackers.ts';

const options = z.strictObject({
  repository: z.string().describe('name that figures are shown under'),
  revision: z.string().default('HEAD').describe('branch or commit whose first-parent line is read'),
  branch: z.string().optional().describe('name of its branch; default: what git says, of a commit the one checked out'),
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
  ports: asking,
  options: asked,
  begin,
  emit,
  progress,
  memory: given,
}: Reading<Options>): Promise<Seen<Coverage>> {
  // What is told of all commits does not depend on what else there is, unless something was kept.
  const early = given?.isEmpty === false ? undefined : callEarly(asking, asked.revision);
  const surroundings = await surroundingsOf(asking, asked);
  if (!surroundings.ok) return surroundings;
  const { head, rules, branch, records: refs, isCutOff, isChangeable, notes } = surroundings.value;
  const ports = namedBy(asking, head);
  const beside = refs !== '';
  const { kindOf, known: kinds } = pathKinds(rules);
  const listed = sourceFilesAt(ports, head, kindOf);
  const decides = [asked.repository, asked.pods, asked.lines, rules.others, beside];
  const memory = await rememberingGit(ports, { head, memory: given, isChangeable, rules: decides });
  const called = (await early?.(head)) ?? (await callRoll(ports, head, memory.roll));
  if (!called.ok) return called;
  const { roll } = called.value;
  const clock = clampedTimes(roll.times, asked.latest);
  const asOf = clock.times.reduce((a, b) => Math.max(a, b), 0);
  const wantedFrom = begin?.(asOf) ?? -Infinity;
  const recorded = beside
    ? await memory.records(refs, (before) => readRecords(ports, { roll: roll.people, refs, before }))
    : undefined;
  const ruled = { owned: rules.owned, pods: rules.pods.map(({ id }) => id), ignored: rules.ignored };
  const { before, identities } = await memory.goesOn({ roll, clock, asOf, recorded, ...ruled, kindOf });
  // Where nothing is gone on from after all, the names of what was there are wanted, too.
  const named = before === undefined && !areAllCalled(called.value) ? await callRoll(ports, head) : called;
  if (!named.ok) return named;
  const wanted = placeSince(clock.times, wantedFrom - remembered);
  // What came after a reading that is gone on from is all read in full: its lines are those of what was there.
  const fullFrom = before === undefined ? wanted : 0;
  const records = recorded === undefined ? noRecords : recordsIn(recorded);
  const known = { identities, kindOf, records };
  const { pods, ignored } = rules;
  const following = { repository: asked.repository, lines: asked.lines, isCutOff, ignored, beside };
  const tracked = trackers({ known, roll, clock, asOf, pods, ...following }, before);
  let changes = before?.times.length ?? 0;
  const most = asked.lines ? 'hunks' : 'counts';
  const { learn: each } = tracked;
  const reader = readChanges(ports, head, {
    roll,
    names: named.value.names,
    before: changes,
    earlier: before?.gaps ?? [],
    most,
    fullFrom,
    wanted,
    each,
    agentsOf: records.agentsOf,
  });
  const garbled = (): number => (before?.garbled ?? 0) + reader.garbled();
  const settled = clock.times.length - unsettled;
  // A few more are sooner read again than everything is written anew.
  const isNews = memory.keeps && settled - (before?.times.length ?? -Infinity) >= unsettled;

  const failed = await eachChange(reader, async (change) => {
    for (const fact of tracked.of(change, changes)) emit(fact);
    changes++;
    const gaps = changes === settled && isNews && records.skipped === 0 ? reader.gaps() : undefined;
    if (gaps !== undefined) {
      const state = await tracked.state(ports);
      const [times, people] = [clock.times.slice(0, changes), identities.asked];
      const read = {
        ...ruled,
        kinds: kindsState(kinds, before?.kinds()),
        records: recorded,
        change: change.own.commit.id,
        commits: (before?.commits ?? 0) + reader.commits(),
        gaps: [...gaps],
      };
      memory.keep({ ...state, ...read, asOf, times, roll, people, garbled: garbled() });
    }
    progress?.(changes, clock.times.length);
  });
  if (failed !== undefined) return failed;

  const files = reader.followed() ? await listed : undefined;
  for (const fact of await tracked.atEnd(ports, files)) emit(fact);
  const isCommit = /^[0-9a-f]{40,64}$/.test(branch);
  const target = asked.branch ?? (isCommit ? await branchOf(ports, 'HEAD') : branch);
  for (const fact of requestsTo(target, records.requests, asOf)) emit(fact);
  return seen({
    repository: asked.repository,
    branch: target,
    head,
    asOf,
    ...(clock.times[0] === undefined ? {} : { from: clock.times[0] }),
    commits: roll.commits,
    changes,
    people: identities.count(),
    components: rules.components,
    notes: [
      ...(await notes),
      ...note('missing-objects', reader.uncounted()),
      ...note('lines-not-read', asked.lines ? reader.uncounted() : 0),
      ...note('decisions-not-read', tracked.undecided()),
      ...note('knowledge-not-read', files === undefined ? 1 : 0),
      ...note('not-utf8', garbled()),
      ...note('clock-clamped', clock.clamped),
      ...note('shared-address', identities.sharedAddresses),
      ...note('records-skipped', records.skipped),
    ],
  });
}

/** Place of the first change of that time or later; behind the last one where there is none. */
function placeSince(times: Float64Array, since: number): number {
  const place = times.findIndex((time) => time >= since);
  return place < 0 ? times.length : place;
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

/** Undefined where git cannot list them. */
async function sourceFilesAt(
  { git: ask }: SourcePorts,
  head: string,
  kindOf: (path: string) => PathKind,
): Promise<readonly SourceFile[] | undefined> {
  const answer = await ask(['ls-tree', '--full-tree', '-r', '-z', head]);
  if (!answer.ok || answer.value.exit !== 0) return undefined;
  return answer.value.stdout.split('\0').flatMap((entry) => {
    const path = textOf(entry.slice(entry.indexOf('\t') + 1));
    const { counts, pods } = kindOf(path);
    return entry.startsWith('100') && counts && isSourceFile(path) ? [{ path, pods }] : [];
  });
}

function note(code: CoverageNote['code'], count: number): readonly CoverageNote[] {
  return count > 0 ? [{ code, count }] : [];
}
