import type { Diagnosis, RepositoryDiagnosis, Scope } from '../../core/debt/diagnosis.ts';
import { table } from '../reference/markdown.ts';
import { componentsMean, componentTree } from '../wording/components.ts';
import { counted, percent, range, styleOf, written } from '../wording/numbers.ts';
import { headline, inputTitle, leftOut, lowered, noMove, stateWords } from '../wording/scope.ts';
import { legend } from '../wording/terms.ts';
import { dateText, spanText } from '../wording/time.ts';
import { unseenOf } from '../wording/unseen.ts';
import { atAGlance, explanations } from './at-a-glance.ts';
import { agents, alarms, cost, debts, score, signals } from './behind.ts';
import { folded, md } from './text.ts';

/** The same as the page, for a comment on a pull request or a wiki; the same bytes for the same diagnosis. */
export function diagnosisMarkdown(diagnosis: Diagnosis): string {
  const { repositories, schema } = diagnosis;
  const blocks = [...(repositories.length > 1 ? several(diagnosis) : []), ...repositories.flatMap(repository), schema];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function several({ repositories, funnels }: Diagnosis): readonly string[] {
  const all = repositories.flatMap(({ scopes }) => scopes.flatMap((scope) => scope.signals));
  const rows = funnels.flatMap(({ signal, pooled, points }) =>
    points.map(({ repository: name, value, n, limits, outside }) => {
      const style = styleOf('share', value, limits);
      const title = all.find(({ id }) => id === signal)?.title ?? signal;
      const reads = outside ? 'outside' : 'within';
      const texts = [`${title}, all together ${percent(pooled)}`, name, written(value, style), String(n)];
      return [...texts, range(limits, style), reads].map((text) => md`${text}`);
    }),
  );
  return [
    md`# ${repositories.length} repositories`,
    'In the order in which they were asked for; nothing here ranks them. Only what lies outside of what chance explains is unlike the others, and that asks for a reason, not for a rank (funnel plot: Spiegelhalter 2005, Stat. Med. 24).',
    rows.length === 0 ? '' : table(['signal', 'repository', 'value', 'n', 'expected by chance', 'reads'], rows),
  ];
}

function repository(diagnosis: RepositoryDiagnosis): readonly string[] {
  const [whole, ...pods] = diagnosis.scopes;
  const { branch, head = 'none', asOf } = diagnosis;
  const standing = whole === undefined ? '' : md`; ${stateWords[whole.state]}: ${whole.because}`;
  return [
    md`# Factum diagnosis: ${diagnosis.repository}`,
    md`As of ${dateText(asOf)}, branch ${branch} at ${head.slice(0, 10)}` + standing,
    ...(whole === undefined ? [] : scopeBlocks(whole)),
    ...pods.map((pod) =>
      folded(`Pod ${pod.id}: ${stateWords[pod.state]}, ${pod.because}`, scopeBlocks(pod).join('\n\n')),
    ),
    ...componentsOf(diagnosis),
    ...howItWasRead(diagnosis),
  ];
}

function scopeBlocks(scope: Scope): readonly string[] {
  const isJudged = scope.state !== 'not-enough-data';
  const blocks = [
    `> ${headline(scope).map(plainly).join(' ')}`,
    atAGlance(scope),
    folded('What is it, from what, how sure, what now', explanations(scope)),
    ...move(scope),
    ...alarms(scope),
    ...(isJudged ? [...debts(scope), ...score(scope)] : []),
    ...signals(scope),
    ...agents(scope),
    ...cost(scope),
    ...unseen(scope),
  ];
  return blocks.filter((block) => block !== '');
}

function plainly(text: string): string {
  return md`${text}`;
}

function move(scope: Scope): readonly string[] {
  const found = scope.move;
  if (found === undefined) return ['## The one structural move', md`None is proposed. ${noMove(scope)}`];
  const causes = found.because.map(({ input, share }) => md`- ${inputTitle(scope, input)} (${percent(share)})`);
  return [
    '## The one structural move',
    md`**${found.title}.** It helps where: ${lowered(found.when)} Here it aims at these shares of what could be better:`,
    causes.join('\n'),
    md`${leftOut(scope)}`,
    found.steps.map((step, at) => `${at + 1}. ${plainly(step)}`).join('\n'),
    md`Time: ${found.time}. Source: ${found.source}. Afterwards, measure again with the same signals.`,
  ];
}

function unseen(scope: Scope): readonly string[] {
  const rows = unseenOf(scope).map(({ title, why, needs }) => [title, why, needs].map(plainly));
  if (rows.length === 0) return [];
  return ['## What was not seen', '“Could not look” is not “no”.', table(['what', 'why', 'it takes'], rows)];
}

function componentsOf(diagnosis: RepositoryDiagnosis): readonly string[] {
  const { groups, others } = componentTree(diagnosis);
  if (groups.length === 0) return [];
  const rows = groups.flatMap(({ owners, lines }) =>
    lines.map(({ name, now, before }) => [owners, name, now, before].map(plainly)),
  );
  const more = others === 0 ? '' : `${others} more with fewer changes: --format json has all.`;
  return ['## Components', componentsMean, table(['owner', 'component', 'changes now', 'before'], rows), more];
}

function howItWasRead({ commits, changes, people, notes, windows, compared }: RepositoryDiagnosis): readonly string[] {
  const between =
    compared === undefined ? '' : md` Before and after ${compared.ref} (${compared.commit}, ${dateText(compared.at)}).`;
  const lines = [
    md`- ${counted(commits, 'commit')}, ${counted(changes, 'change')}. Now: ${spanText(windows.now)}; baseline: ${spanText(windows.before)}.` +
      between,
    md`- ${counted(people.human, 'human')}, ${counted(people.agent, 'agent')}, ${counted(people.bot, 'bot')}; counted, never named. No person is scored or ranked.`,
    '- Bands hold the true value in 80 of 100 such cases. A change whose band holds 0 is not shown as a change.',
    md`- ${legend} How well each figure does is in docs/validation.md.`,
    ...notes.map(({ text }) => md`- Note: ${text}`),
  ];
  return ['## How it was read', lines.join('\n')];
}
