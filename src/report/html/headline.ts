import { capital, headline, inputTitle, nextForShares, signalTitle, stageSentence } from '../wording/scope.ts';
import { percent } from '../wording/numbers.ts';
import { meaningOf } from '../wording/terms.ts';
import { explained, number, sureText } from './explained.ts';
import { gauge, hundred } from './gauge.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';

/** The first screen: what somebody who leads acts on. */
export function firstScreen(placed: Placed): Markup {
  const { scope } = placed;
  return markup`<section class="first"><p class="say">${headline(scope).map((sentence) => markup`<span>${sentence}</span> `)}</p>
<div class="board">${executionDebt(placed)}${score(placed)}${risks(placed)}${stage(placed)}${move(placed)}</div></section>`;
}

function executionDebt(placed: Placed): Markup {
  const { scope } = placed;
  const { predicted, measured } = scope.executionDebt;
  const { definition, source } = meaningOf('Execution Debt');
  const foreseen = predicted.level.state === 'computed';
  return markup`<article class="card debt"><h3>Execution Debt</h3><p class="what">Work that is reported and is not real. 0 is none, 100 is all of it.</p>
<div class="pair"><div><h4>Predicted</h4>${number(predicted.level, 'level', 'large')}</div>${gauge({ title: 'Execution Debt, predicted', figure: predicted.level, unit: 'level', ...hundred })}</div>
<div class="pair"><div><h4>Measured</h4>${number(measured.level, 'level', 'large')}</div>${gauge({ title: 'Execution Debt, measured', figure: measured.level, unit: 'level', ...hundred })}</div>
${explained({
  what: `${definition} (${source})`,
  from: markup`Predicted: from Human Debt, Technical Debt and visibility, as drawn ${see(placed, 'debts', 'Debts')}. Measured: from the signal “${signalTitle(scope, measured.signal)}”.`,
  sure: `Predicted: ${sureText(predicted.level, 'level')} Measured: ${sureText(measured.level, 'level')} The two are different questions, and that the first foretells the second is not assumed: docs/validation.md says how well it did.`,
  now: foreseen
    ? nextForShares(scope, predicted.shares, 'No input adds to it.')
    : 'Look at what is measured below, and at what would make the rest observable.',
})}</article>`;
}

const tierTicks = [0, 40, 60, 80, 100].map((at) => ({ at, label: String(at) }));

const tierZones = [
  { at: 20, label: 'illusory' },
  { at: 50, label: 'assumed' },
  { at: 70, label: 'inspectable' },
  { at: 90, label: 'proven' },
];

function score(placed: Placed): Markup {
  const { scope } = placed;
  const { level, tiers, coverage, shares } = scope.score;
  const { definition, source } = meaningOf('Execution Integrity Score');
  const found = tiers.length === 1 ? `Tier: ${tiers[0] ?? ''}` : `Tier not settled: ${tiers.join(' or ')}`;
  return markup`<article class="card score"><h3>Execution Integrity Score</h3><p class="what">How far work is verified, inspectable and recoverable. 100 is best.</p>
${number(level, 'level', 'large')}
<p class="coverage">${coverage.observed} of ${coverage.of} dimensions observed</p>
${gauge({ title: 'Execution Integrity Score', figure: level, unit: 'level', from: 0, to: 100, ticks: tierTicks, zones: tierZones })}
<p class="tiers">${tiers.length > 0 && found}</p>
${explained({
  what: `${definition} (${source})`,
  from: markup`The dimensions ${see(placed, 'score', 'Score')}; what was not observed is left out, not guessed. Tiers: ${meaningOf('tiers').definition}`,
  sure: sureText(level, 'level'),
  now: nextForShares(scope, shares, 'Make more dimensions observable: see “What was not seen”.'),
})}</article>`;
}

function stage({ scope }: Placed): Markup {
  const { stage: at, evidence, notLooked } = scope.stage;
  const names = ['slow degradation', 'invisible gaps', 'decision visibility collapses'];
  const steps = names.map(
    (name, index) =>
      markup`<li${at === index + 1 && markup` class="here" aria-current="step"`}><span>${index + 1}</span>${name}</li>`,
  );
  const meaning = meaningOf('failure stages');
  return markup`<article class="card stage"><h3>Failure stage</h3><p class="verdict">${stageSentence(scope)}</p><ol class="steps">${steps}</ol>
${list(evidence)}${notLooked.length > 0 && markup`<p class="what">Could not look at:</p>${list(notLooked)}`}
${explained({
  what: `${meaning.definition} (${meaning.source})`,
  from: 'Breaks and drifts of outcomes while activity does not fall (1); the lower end of the measured gap (2); decision visibility (3). The limits are [F]: Factum’s own.',
  sure:
    at === 0
      ? 'That none is shown is no proof that there is none.'
      : 'Each stage is shown only with the evidence above; alarms carry their p.',
  now: at === 0 ? 'Nothing for the stage.' : 'Look at the evidence together, as a pod, before anything is changed.',
})}</article>`;
}

function risks({ scope }: Placed): Markup {
  const rows = scope.risks.map(
    (risk) => markup`<li><div><h4>${capital(risk.id)}</h4>${number(risk.badness, 'badness')}</div>
<div>${gauge({ title: `Risk: ${risk.id}`, figure: risk.badness, unit: 'badness', from: 0, to: 1, ticks: goodToBad })}
<p class="source">${risk.inputs.map((input) => inputTitle(scope, input)).join('; ')}</p></div></li>`,
  );
  const { definition, source } = meaningOf('Execution Risk');
  const [worst] = scope.risks;
  return markup`<article class="card risks"><h3>Three risks</h3><p class="what">Badness of what each is made of, worst first: 0 at the good anchors, 1 at the bad ones.</p><ol class="plain">${rows}</ol>
${explained({
  what: `${definition} (${source})`,
  from: 'Each is the mean of its observed inputs; their anchors stand under “Debts”.',
  sure: scope.risks.map((risk) => `${risk.id}: ${sureText(risk.badness, 'badness')}`).join(' '),
  now: worst?.badness.state === 'computed' ? `Talk about ${worst.id} first.` : 'Make the inputs observable first.',
})}</article>`;
}

const goodToBad = [
  { at: 0, label: 'good' },
  { at: 1, label: 'bad' },
];

function move({ scope }: Placed): Markup {
  const { move: found } = scope;
  if (found === undefined)
    return markup`<article class="card move"><h3>The one structural move</h3><p class="verdict">None is proposed</p><p>${scope.state === 'not-enough-data' ? 'There is too little to propose one.' : 'No input is bad beyond doubt, and a change without a reason is a cost.'}</p></article>`;
  const share = found.because.reduce((sum, each) => sum + each.share, 0);
  return markup`<article class="card move"><h3>The one structural move</h3><div class="grid-2"><div><p class="verdict">${found.title}</p>
<p>${found.when} It aims at ${percent(share)} of what could be better here:</p>
<ul>${found.because.map((each) => markup`<li>${inputTitle(scope, each.input)} (${percent(each.share)})</li>`)}</ul>
<p class="what">Time: ${found.time}. Source: ${found.source}. Afterwards, measure again with the same signals.</p></div>
<ol class="todo">${found.steps.map((step) => markup`<li>${step}</li>`)}</ol></div></article>`;
}

/** A part that is left out where there is too little is not linked to. */
function see({ scope, id }: Placed, part: string, title: string): Markup | string {
  return scope.state === 'not-enough-data'
    ? 'once there is enough'
    : markup`under <a href="#${id}${part}">${title}</a>`;
}

function list(texts: readonly string[]): Markup | undefined {
  return texts.length === 0 ? undefined : markup`<ul>${texts.map((text) => markup`<li>${text}</li>`)}</ul>`;
}
