import type { NpmSettings } from '../ports.ts';
import { npmUrl } from './npm.ts';
import { asObject, objectIn } from './release.ts';

/** Where npm would publish a package, as far as files tell. */
export interface NpmPlaces {
  /** Addresses without a final slash; several where places contradict each other, so that any of them may have it. */
  readonly urls: readonly string[];
  /** Why a package that is in none of them may be published all the same; undefined: it is not. */
  readonly doubt?: string;
}

/** What a repository's own files say about publishing. */
export interface PublishingFiles {
  /** `.npmrc` beside a `package.json`; those of the user come through a port. */
  readonly npmrc: readonly string[];
  /** `package.json` of the package itself, if it is made here. */
  readonly manifest?: string;
  /** Settings of other tools, and workflows: read for addresses only. */
  readonly others: readonly string[];
}

/** Reads an `.npmrc` as data: the keys that name registries and no other, so that no token is kept (npmrc(5), ini). */
export function registriesIn(npmrc: string): NpmSettings {
  const settings: Record<string, string> = {};
  for (const line of npmrc.split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) break;
    const [, key, value] = /^\s*((?:@[^:=\s]+:)?registry)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) settings[key] = value.replace(/^(["'])(.*)\1$/, '$2');
  }
  return settings;
}

/**
 * Whatever names a registry for the scope or for publishing decides. A plain `registry` may be no more than a mirror to
 * install from, and other tools have settings of their own: both leave it open when nothing is found.
 */
export function placesFor(name: string, files: PublishingFiles, user: readonly NpmSettings[]): NpmPlaces {
  const own = asObject(objectIn(files.manifest ?? '')?.['publishConfig']) ?? {};
  const layers = [...files.npmrc.map(registriesIn), ...user];
  const scope = /^@[^/]+/.exec(name)?.[0];
  const named = [
    own['registry'],
    ...(scope === undefined ? [] : [own, ...layers].map((layer) => layer[`${scope}:registry`])),
  ];
  const decisive = addresses(named);
  const general = addresses(layers.map((layer) => layer['registry']));
  const unread = [...decisive, ...general].find((address) => address.url === undefined);
  const urls = urlsOf(decisive.length > 0 ? decisive : [...general, { text: npmUrl, url: npmUrl }]);
  const elsewhere = files.others.flatMap(foreignAddresses).find((url) => !urls.includes(url));
  const doubt =
    (unread === undefined ? undefined : `a setting names a registry as ${unread.text}, which is not followed`) ??
    (decisive.length === 0 && urls.length > 1 ? `${urls[0]} may only mirror another registry` : undefined) ??
    (elsewhere === undefined ? undefined : `the repository also names the registry ${elsewhere}`);
  return { urls, ...(doubt === undefined ? {} : { doubt }) };
}

interface Address {
  readonly text: string;
  /** Undefined: a variable, or no address at all. Variables are not replaced: they may hold what nobody else may see. */
  readonly url?: string;
}

function addresses(values: readonly unknown[]): readonly Address[] {
  return values
    .filter((value) => typeof value === 'string' && value !== '')
    .map((value) => {
      const text = String(value);
      const url = plainUrl(text);
      return { text: text.replace(/\/\/[^/@]*@/, '//'), ...(url === undefined ? {} : { url }) };
    });
}

/** Without credentials: Factum asks as anybody. */
function plainUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || text.includes('${') || !URL.canParse(text)) return undefined;
  const { protocol, host, pathname } = new URL(text);
  const url = `${protocol}//${host}${pathname}`.replace(/\/+$/, '');
  // A name of the same registry, which Yarn used to write.
  return host === 'registry.yarnpkg.com' ? npmUrl : url;
}

function urlsOf(found: readonly Address[]): readonly string[] {
  return [...new Set(found.flatMap(({ url }) => url ?? []))];
}

const anyAddress = /https?:\/\/[^\s"'`,;)}\]]+/gi;
const byVariable = /(?:--registry[=\s]|registry-url:|npm(?:Publish)?Registry(?:Server)?:)\s*["']?[^\s"']*\$[^\s"']*/g;

/** Addresses on lines that speak of a registry, and variables where npm and Yarn are told of one. */
function foreignAddresses(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => /registr/i.test(line));
  const found = lines.flatMap((line) => [...(line.match(anyAddress) ?? []), ...(line.match(byVariable) ?? [])]);
  return found.flatMap((url) => plainUrl(url) ?? [url]).filter((url) => url !== npmUrl);
}
