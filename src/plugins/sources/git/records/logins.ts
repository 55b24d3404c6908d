import { identitiesOf, type Roll } from '../identity.ts';

export type PersonOf = (author: string) => { readonly name: string; readonly email: string };

/**
 * `ada` is the one person, of those who wrote in the history and of the addresses `said` beside it, whose addresses begin
 * so; an address is itself.
 */
export function personByLogin(roll: Roll, said: readonly string[]): PersonOf {
  const addresses = [...new Set(said)].filter((author) => author.includes('@'));
  const all: Roll = [...roll, ...addresses.map((email) => ['', email] as const)];
  const { of } = identitiesOf(all);
  /** By login an address of each person. */
  const byLogin = new Map<string, Map<string, string>>();
  for (const [name, email] of all) {
    const login = email
      .toLowerCase()
      .replace(/@.*$/, '')
      .replace(/^\d+\+/, '');
    const people = byLogin.get(login) ?? new Map<string, string>();
    byLogin.set(login, people.set(of(name, email).id, email.toLowerCase()));
  }
  return (author) => {
    if (author.includes('@')) return { name: '', email: author };
    const [email = '', ...others] = byLogin.get(author.toLowerCase())?.values() ?? [];
    return others.length > 0 ? { name: author, email: '' } : { name: author, email };
  };
}
