import type { Diagnosis, RepositoryDiagnosis, Scope } from '../../core/debt/diagnosis.ts';
import type { Computed, Span } from '../../core/debt/figure.ts';
import { alarmSentence, promiseText, pText, watchedText } from '../wording/alarms.ts';
import { componentTree } from '../wording/components.ts';
import { absenceText, isTooWide, line, moneyText, placed } from '../wording/figures.ts';
import { bare, counted, percent, range, styleOf, written } from '../wording/numbers.ts';
import { capital, leftOut, lowered, noMove, sentences } from '../wording/scope.ts';
import { toolName } from '../wording/terms.ts';
import { headline, row } from './diagnosis/headline.ts';
import { absences, badnessBand, daysText, inputTable, signalTable } from './diagnosis/table.ts';
import { clip, ink, type Paper, paragraph } from './paper.ts';

export function diagnoseText(paper: Paper, { repositories, funnels }: Diagnosis): string {
  const blocks = repositories.map((each) => repositoryText(paper, each));
  return [...blocks, ...(funnels.length === 0 ? [] : [funnelText(paper, funnels)])].join('\n\n\n');
}

function repositoryText(paper: Paper, repository: RepositoryDiagnosis): string {
  return [
    head(paper, repository),
    ...repository.scopes.map((scope) => scopeText(paper, scope, repository.windows.now)),
    ...componentsText(paper, repository),
    foot(paper, repository),
  ].join('\n\n');
}

function head(paper: Paper, told: RepositoryDiagnosis): string {
  const { repository, branch, head: commit = '', windows, people, compared } = told;
  const [now, before] = [windows.now, windows.before];
  const begin = told.from !== undefined && told.from > before.from ? told.from : before.from;
  const meeting =
    compared === undefined
      ? ''
      : ` The week of ${compared.ref} (${compared.commit.slice(0, 8)}, ${dayOf(compared.at)}) is on neither side.`;
  return [
    `${ink(paper, 'bold', repository)}  ${branch} at ${commit.slice(0, 8)}, as of ${dayOf(told.asOf)}`,
    paragraph(
      paper,
      '',
      `${counted(told.changes, 'change')} (${counted(told.commits, 'commit')}) by ${counted(people.human, 'person', 'people')}, ${counted(people.bot, 'bot')} and ${counted(people.agent, 'agent')} since ${dayOf(told.from ?? told.asOf)}. Now: ${daysText(now)}. ${begin < before.to ? `Before: from ${dayOf(begin)} up to ${before.to === now.from ? 'then' : dayOf(before.to)}.` : 'There is no before.'}${meeting}`,
    ),
    ...told.notes.map(({ text }) => paragraph(paper, 'note  ', text)),
  ].join('\n');
}

const inks = { 'not-enough-data': 'yellow', ok: 'green', watch: 'yellow', alarm: 'red' } as const;

function scopeText(paper: Paper, scope: Scope, now: Span): string {
  const { state, because, kind, id, changes } = scope;
  const who = kind === 'pod' ? `pod ${id}: ` : '';
  const count = `${who}${counted(changes.now, 'change')} now, ${bare(changes.before)} before`;
  const standing = `${ink(paper, inks[state], state)}  ${count}\n${paragraph(paper, '  ', because)}`;
  const facts = [
    section(paper, 'Agents', agentsText(paper, scope)),
    section(paper, 'Signals (factum signals "<title>" defines each)', signalTable(paper, scope, now)),
    section(paper, 'Not shown, and what would show it', absences(paper, scope)),
  ];
  if (state === 'not-enough-data') return [standing, ...facts].join('\n\n');
  return [
    standing,
    headline(paper, scope, now),
    section(paper, 'What now', moveText(paper, scope)),
    section(paper, 'Risks, worst first: 0 is good, 1 is bad', risksText(paper, scope)),
    section(paper, 'Alarms', alarmsText(paper, scope)),
    section(paper, 'Agents', agentsText(paper, scope)),
    section(paper, 'Cost', costText(paper, scope)),
    section(paper, 'Signals (factum signals "<title>" defines each)', signalTable(paper, scope, now)),
    section(paper, 'What debts and score are made of', inputTable(paper, scope)),
    section(paper, 'Not shown, and what would show it', absences(paper, scope)),
  ].join('\n\n');
}

function section(paper: Paper, title: string, text: string): string {
  return `${ink(paper, 'bold', title)}\n${text}`;
}

function moveText(paper: Paper, scope: Scope): string {
  const { move, inputs } = scope;
  if (move === undefined) return paragraph(paper, '  ', noMove(scope));
  const titles = new Map(inputs.map(({ id, title }) => [id, title]));
  const parts = move.because.map(({ input, share }) => `${titles.get(input) ?? input} (${percent(share)})`);
  return [
    paragraph(paper, '  ', `${move.title}. It helps where: ${lowered(move.when)}`),
    ...move.steps.map((step, at) => paragraph(paper, `  ${at + 1}. `, step)),
    paragraph(
      paper,
      '  ',
      `Takes: ${move.time}. Then run factum diagnose --compare with the commit at which you began.`,
    ),
    paragraph(
      paper,
      '  ',
      sentences(
        `Here it aims at these shares of what could be better: ${parts.join(', ')}.`,
        leftOut(scope),
        `Source: ${move.source}`,
      ),
    ),
  ].join('\n');
}

function risksText(paper: Paper, { risks }: Scope): string {
  return risks
    .map(({ id, badness }) =>
      badness.state === 'computed'
        ? `  ${id.padEnd(20)} ${placed(badness, 'badness')} (${isTooWide('badness', badness.band) ? 'too wide for one number' : badnessBand(badness.band)})`
        : paragraph(paper, `  ${id.padEnd(20)} `, absenceText(badness)),
    )
    .join('\n');
}

function alarmsText(paper: Paper, scope: Scope): string {
  const { alarms } = scope;
  if (alarms.notLooked !== undefined) return paragraph(paper, '  ', `could not look: ${alarms.notLooked}`);
  const none = alarms.found.length === 0 ? ['None.'] : [];
  const found = alarms.found.map((alarm) =>
    paragraph(paper, '  ', `${capital(alarm.kind)}. ${alarmSentence(scope, alarm)} ${pText(alarm.p)}, adjusted.`),
  );
  const told = [...none, watchedText(alarms), promiseText(alarms)].join(' ');
  return [...found, paragraph(paper, '  ', told)].join('\n');
}

function agentsText(paper: Paper, { agents: { share, unseen, tools } }: Scope): string {
  if (share.state !== 'measured') return paragraph(paper, '  ', absenceText(share));
  if (share.value === 0)
    return paragraph(
      paper,
      '  ',
      `None of ${counted(share.n, 'change')} carries the mark of an agent (author, trailer or footer; prose is not read); undisclosed is not human.`,
    );
  const told = tools.map(({ tool, changes }) => `${toolName(tool)} ${changes}`);
  const marks = told.length === 0 ? '' : ` Marks: ${told.join(', ')}.`;
  const found =
    unseen.state === 'measured' ? `${line(unseen, 'share')} of ${counted(unseen.n, 'change')}` : absenceText(unseen);
  return [
    `${line(share, 'share')} of ${counted(share.n, 'change')} carry the mark of an agent, a lower bound; the rest is undisclosed, not human.${marks}`,
    `Of those, without a human look on record: ${found}`,
  ]
    .map((text) => paragraph(paper, '  ', text))
    .join('\n');
}

function publishedText({ from, to }: { readonly from: number; readonly to: number }): string {
  return `${bare(100 * from)} to ${percent(to)}`;
}

function personWeeksText({ value, band }: Computed, people: number, weeks: number): string {
  const style = styleOf('ratio', value, band);
  const figure = `${written(value, style)} (${range(band, style)}) person-weeks`;
  return `${figure} of ${counted(people, 'person', 'people')} in ${weeks} weeks, were this all that they do`;
}

function costText(paper: Paper, { cost }: Scope): string {
  const { rework, waiting, published, people, weeks, personWeeks, money } = cost;
  const measured =
    rework.share.state === 'measured'
      ? `${line(rework.share, 'share')} of added lines were changed again within 14 days`
      : absenceText(rework.share);
  const all =
    personWeeks.state === 'computed' ? [paragraph(paper, '  ', personWeeksText(personWeeks, people ?? 0, weeks))] : [];
  const sum = money === undefined ? [] : [paragraph(paper, '  ', moneyText(money))];
  return [
    paragraph(paper, '  ', `Rework: ${measured}; published range ${publishedText(rework.published)}.`),
    ...all,
    ...sum,
    paragraph(
      paper,
      '  ',
      `Waiting: ${waiting.share.state === 'measured' ? line(waiting.share, 'share') : absenceText(waiting.share)}; published range ${publishedText(waiting.published)}. Hidden work ${publishedText(published.hidden)}, together ${publishedText(published.combined)}: published elsewhere, not measured here.`,
    ),
  ].join('\n');
}

function componentsText(paper: Paper, repository: RepositoryDiagnosis): readonly string[] {
  const { groups, others } = componentTree(repository);
  if (groups.length === 0) return [];
  const rows = groups.flatMap(({ owners, lines }) => [
    paragraph(paper, '  ', owners),
    ...lines.map(
      ({ name, now, before }) => `    ${clip(name, 50).padEnd(50)} ${now.padStart(9)} ${before.padStart(9)}`,
    ),
  ]);
  const titles = ink(
    paper,
    'dim',
    `${'  owner, and what of it changed'.padEnd(54)} ${'now'.padStart(9)} ${'before'.padStart(9)}`,
  );
  const more = others === 0 ? [] : [`  ${others} more with fewer changes: --format json has all`];
  return [section(paper, 'Components', [titles, ...rows, ...more].join('\n'))];
}

function foot(paper: Paper, { pods, scopes }: RepositoryDiagnosis): string {
  const shownPods = new Set(scopes.map(({ id }) => id));
  const others = pods.filter(({ id }) => !shownPods.has(id)).map(({ id }) => id);
  const list = others.length === 0 ? [] : [paragraph(paper, '', `Pods, for --pod: ${others.join(', ')}.`)];
  return [
    ...list,
    paragraph(
      paper,
      '',
      'Bands hold the true value 4 times in 5. ~: the band of the change holds 0, so no change is shown. better? or worse?: perhaps by chance, among so many signals. Levels are against anchors, changes against the own past; compare a pod with itself. Teams, never people. --format json has everything.',
    ),
  ].join('\n');
}

function funnelText(paper: Paper, funnels: Diagnosis['funnels']): string {
  const rows = funnels.map(({ signal, pooled, points: each }) => {
    const outside = each.filter(({ outside: is }) => is);
    const told = outside.map(({ repository, value, n }) => `${repository} ${percent(value)} (n = ${bare(n)})`);
    return row(
      paper,
      clipped(signal),
      percent(pooled),
      told.length === 0 ? 'none is outside' : `outside: ${told.join(', ')}`,
    );
  });
  return section(paper, 'Beside each other (95 % funnel around all together; no order is meant)', rows.join('\n'));
}

function clipped(signal: string): string {
  return signal.slice(0, 21);
}

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
