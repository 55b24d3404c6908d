import { componentsIn } from '../../core/debt/components.ts';
import type { Collector } from '../../core/debt/collect.ts';
import { alarmsIn } from '../../core/debt/alarms.ts';
import type { RepositoryDiagnosis, Scope } from '../../core/debt/diagnosis.ts';
import { instant, type Period, spanOf } from '../../core/debt/reading.ts';
import { diagnoseScope } from '../../core/debt/scope.ts';
import type { Histories, OpenHistory, Progress } from '../../core/operation.ts';
import { type Coverage, coverageNotes } from '../../core/signal/fact.ts';
import { week, weekOf, type Window, type Windows, windowsAt } from '../../core/signal/week.ts';
import { podsAmong } from './pods.ts';
import { type HistoryWanted, readHistory, weeksOf } from './read-history.ts';

/** Reads one history and says what it shows. Throws NO_HISTORY, GIT_FAILED, POD_NOT_FOUND, REF_NOT_FOUND. */
export async function diagnoseRepository(
  history: OpenHistory,
  kit: Histories,
  wanted: HistoryWanted,
  progress: Progress,
): Promise<RepositoryDiagnosis> {
  const { coverage, collected, compared } = await readHistory(history, kit, wanted, progress);
  const period = {
    windows: windowsFor(windowsAt(coverage.asOf, weeksOf(history)), wanted, compared?.at),
    asOf: coverage.asOf,
    compared: compared !== undefined,
  };
  return {
    ...toldOf(coverage, period),
    ...(compared === undefined ? {} : { compared: { ...compared, at: instant(compared.at) } }),
    pods: podsAmong(history, collected.met.keys()).map((id) => ({ id, changes: collected.met.get(id) ?? 0 })),
    components: componentsIn(coverage.components, collected.whole.components, period.windows),
    scopes: scopesOf(history, { ...kit, repositories: wanted.repositories }, period, collected),
  };
}

/** Weeks are counted whole: that of a commit at which others are compared is on neither side. */
function windowsFor(
  { current, baseline }: Windows,
  { since = -Infinity }: HistoryWanted,
  comparedAt: number | undefined,
): Windows {
  const meet = comparedAt === undefined ? current.from : Math.min(weekOf(comparedAt), current.to);
  const begin = comparedAt === undefined ? meet : meet + week;
  const within = (from: number, to: number): Window => ({ from: Math.min(Math.max(from, weekOf(since)), to), to });
  return { current: within(begin, current.to), baseline: within(meet - (baseline.to - baseline.from), meet) };
}

function scopesOf(
  history: OpenHistory,
  kit: Histories & Pick<HistoryWanted, 'repositories'>,
  period: Period,
  { whole, pods }: Collector,
): Scope[] {
  const given = history.config?.diagnose;
  const all = [
    { kind: 'repository' as const, id: history.name, own: whole },
    ...[...pods].map(([id, own]) => ({ kind: 'pod' as const, id, own })),
  ];
  const watched = all.map(({ kind, id, own }) => ({ id: `${kind} ${id}`, kept: own.kept }));
  const alarms = alarmsIn(watched, kit, period);
  return all.map(({ kind, id, own }) => {
    const found = alarms.get(`${kind} ${id}`) ?? { found: [], looked: [], tooShort: [] };
    return diagnoseScope(kind, id, own, {
      signals: kit.signals,
      toolkits: kit.toolkits,
      period,
      anchors: given?.anchors ?? {},
      cost: { people: given?.people, personWeek: given?.person_week },
      alarms: found,
    });
  });
}

function toldOf(coverage: Coverage, { windows }: Period) {
  const { repository, branch, head, asOf, from, commits, changes, people, notes } = coverage;
  return {
    repository,
    branch,
    ...(head === undefined ? {} : { head }),
    asOf: instant(asOf),
    ...(from === undefined ? {} : { from: instant(from) }),
    windows: { now: spanOf(windows.current), before: spanOf(windows.baseline) },
    commits,
    changes,
    people: { ...people },
    notes: notes.map(({ code, count, detail }) => {
      const many = count === undefined ? '' : ` (${count})`;
      return { code, text: `${coverageNotes[code]}${many}${detail === undefined ? '' : `: ${detail}`}` };
    }),
  };
}
