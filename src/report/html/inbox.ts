import { counted } from '../wording/numbers.ts';
import { markup, type Markup } from './markup.ts';
import { pageOf } from './shell.ts';

export interface Inbox {
  readonly person: string;
  readonly claims: readonly WaitingClaim[];
  readonly notes: readonly string[];
}

interface WaitingClaim {
  readonly id: string;
  readonly pod: string;
  readonly statement: string;
  /** RFC 3339, UTC. */
  readonly claimedAt: string;
  readonly claimant: { readonly id: string; readonly kind: string };
  readonly again?: string | undefined;
  readonly command: string;
}

/** What waits for each person, without verdicts: whoever looks, looks first. Nothing on it answers. */
export function inboxHtml(inboxes: readonly Inbox[]): string {
  const waiting = new Set(inboxes.flatMap(({ claims }) => claims.map(({ id }) => id))).size;
  const body = markup`<header><p class="kicker">Factum inbox</p><h1>${counted(waiting, 'claim')} ${waiting === 1 ? 'waits' : 'wait'} for a human look</h1>
<p class="lede">Look yourself, then answer at a terminal of your own: Factum shows what to look at, asks what you saw, and signs with your key. What machines and others found is not here, so that you look first.</p></header>
${inboxes.map(personOf)}`;
  return pageOf({ title: 'Factum inbox', schema: 'Made when it was opened; open it again for what is new', body });
}

function personOf({ person, claims, notes }: Inbox): Markup {
  const many =
    claims.length === 0
      ? 'Nothing waits.'
      : `${counted(claims.length, 'claim')}${claims.length === 1 ? '' : ', oldest first'}.`;
  return markup`<section><h2><bdi>${person}</bdi></h2><p class="lede">${many}</p>${claims.map(claimOf)}${notes.map((note) => markup`<p class="what">note: ${note}</p>`)}</section>`;
}

function claimOf({ id, pod, statement, claimedAt, claimant, again, command }: WaitingClaim): Markup {
  return markup`<article class="card wide" id="${id}"><h3>“<bdi>${statement}</bdi>”</h3>
<p class="source"><bdi>${claimant.id}</bdi> (${claimant.kind}) · ${claimedAt} · pod ${pod}</p>
<p>Answer with <code>${command}</code>, or with a passkey <code>${command} --passkey</code></p>${again !== undefined && markup`<p class="what">Again: ${again}</p>`}</article>`;
}
