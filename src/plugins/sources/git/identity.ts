import type { Authorship } from '../../../core/signal/fact.ts';
import { agentRules } from './agent-rules.ts';
import { isAutomation, isBot, isNamesake, isStaff } from './not-agents.ts';
import { oncePerPair } from './text.ts';

export interface Identity {
  /** Opaque; the same for all names and addresses of one person. */
  readonly id: string;
  /** People are `human`; whether a change of theirs had an agent's help is another question. */
  readonly kind: Authorship;
}

export interface Identities {
  /** A signature or a trailer; somebody new gets an id of their own. */
  of(name: string, email: string): Identity;
  /** Number of identities that were seen, by kind. */
  count(): Readonly<Record<Authorship, number>>;
  /** Addresses of several people, who were told apart by name. */
  readonly sharedAddresses: number;
  /** Everybody who was asked for, in this order, with the answer: asking again gives another the same identities. */
  readonly asked: readonly Asked[];
}

export type Asked = readonly [name: string, email: string, identity: Identity];

/** Names and addresses by .mailmap, each once, in the order of their letters. */
export type Roll = readonly (readonly [name: string, email: string])[];

/** Joins what has the same address, the same distinctive name, or the name of an account and its address at the forge. */
export function identitiesOf(roll: Roll): Identities {
  const shared = sharedAddresses(roll);
  const known = { shared, accounts: accountsIn(roll) };
  const parent = new Map<string, string>();
  const ids = new Map<string, Identity>();
  const asked: Asked[] = [];

  function root(key: string): string {
    let at = key;
    for (let next = parent.get(at) ?? at; next !== at; next = parent.get(at) ?? at) at = next;
    if (at !== key) parent.set(key, at);
    return at;
  }
  function rootOf(name: string, email: string): string {
    const [first = `n:${normalised(name)}`, ...others] = keysOf(name, email, known);
    const roots = [first, ...others].map((key) => root(key));
    const old = roots.find((one) => ids.has(one)) ?? roots[0] ?? first;
    for (const one of roots) if (one !== old) parent.set(one, old);
    return old;
  }
  for (const [name, email] of roll) rootOf(name, email);

  const of = oncePerPair((name, email): Identity => {
    const at = rootOf(name, email);
    const found = ids.get(at) ?? { id: `p${ids.size + 1}`, kind: kindOf(name, email) };
    ids.set(at, found);
    asked.push([name, email, found]);
    return found;
  });

  function count(): Record<Authorship, number> {
    const counts = { human: 0, agent: 0, bot: 0, undisclosed: 0 };
    for (const { kind } of new Set(ids.values())) counts[kind]++;
    return counts;
  }
  return { of, count, sharedAddresses: shared.size, asked };
}

/** Not a person at all: GitHub's web front end, which commits for whoever pressed the button. */
export function isNobody({ email }: { readonly email: string }): boolean {
  return /^noreply@github\.com$|^noreply@gitlab\.com$/i.test(email);
}

const isSignature = ({ fields }: { readonly fields: readonly string[] }, field: string): boolean =>
  fields.includes(field);
const byAddress = agentRules.filter((rule) => rule.role === 'author' && isSignature(rule, 'author.email'));
const byName = agentRules.filter(
  (rule) =>
    rule.role === 'author' && isSignature(rule, 'author.name') && rule.confidence !== 'low' && !/suffix/.test(rule.id),
);
/** Some agents never author a commit, and are named beside its author only. */
const bySignature = agentRules.filter((rule) => rule.role === 'coauthor' && rule.confidence !== 'low');

/** By name and address alone; a person has no mark there. */
export function kindOf(name: string, email: string): Authorship {
  const signature = `${name} <${email}>`;
  if (isAutomation(signature)) return 'bot';
  if (byAddress.some(({ match }) => match.test(email))) return 'agent';
  const isPerson = isStaff(name, email) || isNamesake(signature);
  if (!isPerson && byName.some(({ match }) => match.test(name))) return 'agent';
  if (isBot(name, email)) return 'bot';
  return !isPerson && bySignature.some(({ match }) => match.test(signature)) ? 'agent' : 'human';
}

interface Known {
  readonly shared: ReadonlySet<string>;
  /** By login the address that a forge gives the account. */
  readonly accounts: ReadonlyMap<string, string>;
}

function keysOf(name: string, email: string, { shared, accounts }: Known): readonly string[] {
  const named = normalised(name);
  const keys: string[] = [];
  for (const address of [addressKey(email), accounts.get(name.trim().toLowerCase()) ?? ''])
    if (address !== '' && !shared.has(address)) keys.push(`e:${address}`);
  if (isDistinctive(named)) keys.push(`n:${named}`);
  return keys.length > 0 ? keys : [`n:${named}`];
}

/** `123+login@users.noreply.github.com` and `login@users.noreply.github.com` are one; Gmail reads no dot and no tag. */
function addressKey(email: string): string {
  const address = email.trim().toLowerCase();
  const [, mailbox] = /^([^@+]+)(?:\+[^@]*)?@(?:gmail|googlemail)\.com$/.exec(address) ?? [];
  if (mailbox !== undefined) return `${mailbox.replaceAll('.', '')}@gmail.com`;
  return address.replace(/^\d+[+-](?=[^@]+@users\.noreply\.)/, '');
}

/**
 * Logins of people that may stand for a name. Four letters, what machines call whoever sits there, and a name under which
 * two mailboxes wrote, such as a given name, are anybody's.
 */
function accountsIn(roll: Roll): ReadonlyMap<string, string> {
  const accounts = new Map<string, string>();
  const mailboxes = new Map<string, Set<string>>();
  for (const [name, email] of roll) {
    const address = addressKey(email);
    const [, login] = /^([^@]{5,})@users\.noreply\./.exec(address) ?? [];
    if (login !== undefined && !anybody.test(login) && kindOf(name, email) === 'human') accounts.set(login, address);
    const signed = name.trim().toLowerCase();
    if (login === undefined && isMailbox(address))
      mailboxes.set(signed, (mailboxes.get(signed) ?? new Set()).add(address));
  }
  for (const [signed, { size }] of mailboxes) if (size > 1) accounts.delete(signed);
  return accounts;
}

const anybody = /^(?:admin\w*|developer|github|gitlab|nobody|ubuntu|unknown|vagrant|username)$/;

/** Letters that are no accented ones to Unicode, as people write them who have no such key. */
const plainly: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i' };

/** `Lovelace, Ada` and `Ada Lovelace (Example Ltd)` are `Ada Lovelace`. */
export function normalised(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[łøđı]/g, (letter) => plainly[letter] ?? letter)
    .replace(/\s*\((?:aider|claude[^)]*|gpt[^)]*)\)$/, '')
    .replace(/^(\S+ .*\S)\s*\([^()]*\)$/, '$1')
    .replace(/^([^,]+), ?([^,&]+)$/, '$2 $1')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Family and given name in scripts that put no space between them; Hangul is taken apart by then, two signs or three each. */
const wholeName = /^(?:\p{Script=Han}{2,4}|\p{Script=Hangul}{4,12})$/u;

/** Two words; one word is a given name or an account that many people have ("root", "alex"). */
function isDistinctive(name: string): boolean {
  if (wholeName.test(name)) return true;
  return (
    name.length >= 5 &&
    name.includes(' ') &&
    !/^(?:your name|foo bar|unknown author|no name|not committed yet)$/.test(name)
  );
}

/**
 * Addresses of three people or more, told by names without a word in common. Of a mailbox only whole names tell: one
 * person writes a nickname, an account and a name from it. What is no mailbox (root@localhost, none@none) is anybody's.
 */
function sharedAddresses(roll: Roll): ReadonlySet<string> {
  const names = new Map<string, Set<string>>();
  for (const [name, email] of roll) {
    const key = addressKey(email);
    // No address is nobody's, and joins nobody.
    if (key === '') continue;
    const known = names.get(key) ?? new Set();
    names.set(key, known.add(normalised(name)));
  }
  return new Set([...names].filter(([address, all]) => isShared(address, [...all])).map(([address]) => address));
}

function isShared(address: string, names: readonly string[]): boolean {
  return names.length > 2 && unrelated(isMailbox(address) ? names.filter(isDistinctive) : names) > 2;
}

function isMailbox(address: string): boolean {
  return /@[^@]*\w\.\w+$/.test(address) && !/^(?:root|nobody|none|unknown)@|\.local(?:domain)?$/.test(address);
}

/** How many groups of names have no word in common; a name may join two of them. */
function unrelated(names: readonly string[]): number {
  let groups: readonly ReadonlySet<string>[] = [];
  for (const name of names) {
    const words = name.split(' ');
    const near = groups.filter((group) => words.some((word) => group.has(word)));
    const joined = new Set([...near.flatMap((group) => [...group]), ...words]);
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  }
  return groups.length;
}
