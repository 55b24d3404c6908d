import type { RepositoryDiagnosis, Scope } from '../../core/debt/diagnosis.ts';
import { counted } from '../wording/numbers.ts';
import { stateWords } from '../wording/scope.ts';
import { dateText } from '../wording/time.ts';
import { agentsAndCost } from './agents.ts';
import { alarms } from './alarms.ts';
import { components } from './components.ts';
import { debts } from './debts.ts';
import { firstScreen } from './headline.ts';
import { limits, unseen } from './limits.ts';
import { markup, type Markup } from './markup.ts';
import type { Placed } from './placed.ts';
import { score } from './score.ts';
import { signalsSection } from './signals.ts';

const begin = [['changed', 'What changed']] as const;
const judged = [
  ['debts', 'Debts'],
  ['score', 'Score'],
] as const;
const end = [
  ['signals', 'Signals'],
  ['agents', 'Agents and cost'],
  ['unseen', 'Not seen'],
] as const;

export function repository(diagnosis: RepositoryDiagnosis, at: number): Markup {
  const id = `r${at}`;
  const [whole, ...pods] = diagnosis.scopes.map((scope, index) => ({ scope, id: `${id}s${index}-` }));
  return markup`<article class="repository" id="${id}"><header><p class="kicker">Factum diagnosis</p><h1><bdi>${diagnosis.repository}</bdi></h1>
<p class="meta">${meta(diagnosis, whole?.scope)}</p></header>
${whole !== undefined && markup`${firstScreen(whole.scope)}<nav aria-label="Parts of the report: ${diagnosis.repository}">${[...begin, ...(isJudged(whole.scope) ? judged : []), ...end].map(([part, title]) => markup`<a href="#${whole.id}${part}">${title}</a>`)}${diagnosis.components.length > 0 && markup`<a href="#${id}components">Components</a>`}<a href="#${id}limits">How it was read</a></nav>${behind(whole)}`}
${pods.length > 0 && markup`<section id="${id}pods"><h2>Pods</h2><p class="lede">Each pod against its own past, in the order of the configuration.</p>${pods.map(pod)}</section>`}
${components(diagnosis, id)}${limits(diagnosis, id)}</article>`;
}

function meta({ branch, asOf, head, compared }: RepositoryDiagnosis, whole: Scope | undefined): Markup {
  return markup`<span>as of ${dateText(asOf)}</span><span>branch <bdi>${branch}</bdi></span>${head !== undefined && markup`<span><code>${head.slice(0, 10)}</code></span>`}${compared !== undefined && markup`<span>before and after <bdi>${compared.ref}</bdi></span>`}${
    whole !== undefined &&
    markup`<span>${counted(whole.changes.now, 'change')} now, ${counted(whole.changes.before, 'change')} before</span><span>${stateWords[whole.state]}: ${whole.because}</span>`
  }`;
}

/** Of too little there is nothing behind debts and score but what was not seen, and that has its own part. */
function isJudged({ state }: Scope): boolean {
  return state !== 'not-enough-data';
}

/** What stands behind the first screen. */
function behind(placed: Placed): Markup {
  return markup`${alarms(placed)}${isJudged(placed.scope) && [debts(placed), score(placed)]}${signalsSection(placed)}${agentsAndCost(placed)}${unseen(placed)}`;
}

function pod(placed: Placed): Markup {
  const { scope } = placed;
  return markup`<details class="pod"><summary><bdi>${scope.id}</bdi> <small>${stateWords[scope.state]}: ${scope.because}; ${counted(scope.changes.now, 'change')} now</small></summary>${firstScreen(scope)}${behind(placed)}</details>`;
}
