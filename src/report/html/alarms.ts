import type { AlarmReading } from '../../core/debt/diagnosis.ts';
import { alarmSentence, promiseText, pText, watchedNames } from '../wording/alarms.ts';
import { capital, listed } from '../wording/scope.ts';
import { markup, type Markup } from './markup.ts';
import { dateText } from '../wording/time.ts';
import type { Placed } from './placed.ts';

const kinds = {
  break: 'Break: from one week to the next',
  drift: 'Drift: gradual',
} as const;

/** What changed beyond chance; and how often that would be said of a history in which nothing changes. */
export function alarms({ scope, id }: Placed): Markup {
  const { found, looked, notLooked } = scope.alarms;
  return markup`<section id="${id}changed"><h2>What changed</h2>
${found.length === 0 && markup`<p class="verdict">${looked.length === 0 ? 'Nothing could be looked at' : 'Nothing broke and nothing drifts'}</p>`}
${found.map((alarm) => one(alarm, alarmSentence(scope, alarm)))}
<p class="what">${notLooked !== undefined && `${capital(notLooked)}. `}${promiseText(scope.alarms)} ${watchedNames(scope)}</p></section>`;
}

function one(alarm: AlarmReading, sentence: string): Markup {
  return markup`<article class="alarm ${alarm.reads}"><h3>${kinds[alarm.kind]}</h3><p>${sentence}</p>
<p class="source">${pText(alarm.p)}, adjusted over all series of this report; found by ${listed(alarm.detectors)}. What now: ask what changed around ${dateText(alarm.at)}${alarm.reads === 'better' && ', so that it stays'}. What it is made of stands under “Signals”.</p></article>`;
}
