import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isErrno } from '../core/errno.ts';
import { messageOf } from '../core/errors.ts';
import { couldNotLook, type NpmSettings, type Seen, seen } from '../core/ports.ts';
import { registriesIn } from '../core/registry/npm-settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

const maxBytes = 1_000_000;

/**
 * Registries in npm's variables and in the user's and the machine's `.npmrc`, read as data: npm is not run, and of the
 * files nothing is kept but the keys that name registries.
 */
export async function npmSettings(env: Variables): Promise<Seen<readonly NpmSettings[]>> {
  const variables = npmVariables(env);
  const prefix = variables.get('prefix') ?? env['PREFIX'];
  const paths = [
    variables.get('userconfig') ?? join(env['HOME'] ?? homedir(), '.npmrc'),
    variables.get('globalconfig') ?? (prefix === undefined ? undefined : join(prefix, 'etc', 'npmrc')),
  ];
  const places: NpmSettings[] = [registriesIn([...variables].map((pair) => pair.join('=')).join('\n'))];
  for (const path of paths) {
    const text = path === undefined ? seen('') : await textOf(path);
    if (!text.ok) return text;
    places.push(registriesIn(text.value));
  }
  return seen(places.filter((place) => Object.keys(place).length > 0));
}

/** `npm_config_registry`, in any case; only the prefix of the name is npm's. */
function npmVariables(env: Variables): ReadonlyMap<string, string> {
  const found = Object.entries(env).flatMap(([name, value]): [string, string][] => {
    const key = /^npm_config_(.+)$/is.exec(name)?.[1];
    return key === undefined || value === undefined || value.includes('\n') ? [] : [[key.toLowerCase(), value]];
  });
  return new Map(found);
}

async function textOf(path: string): Promise<Seen<string>> {
  try {
    // A pipe in its place would be waited for.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await file.stat();
    // npm itself takes a folder or a device for an empty file.
    if (!stat.isFile()) return seen('');
    if (stat.size > maxBytes) return couldNotLook('too-large', `${path} has more than ${maxBytes} bytes`);
    return seen(await file.readFile('utf8'));
  } catch (thrown) {
    if (isErrno(thrown, 'ENOENT', 'ENOTDIR')) return seen('');
    return couldNotLook('broken', `${path} could not be read: ${messageOf(thrown)}`);
  }
}
