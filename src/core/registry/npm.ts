import {
  absentUnlessCached,
  asObject,
  type AskHttp,
  canonicalDigest,
  type Listing,
  objectIn,
  type Release,
  unexpected,
} from './release.ts';

export const npmUrl = 'https://registry.npmjs.org';
const largestDocument = 50_000_000;

/** https://github.com/npm/registry/blob/main/docs/REGISTRY-API.md */
export async function listedByNpm(http: AskHttp, base: string, { name, version: spelled }: Release): Promise<Listing> {
  // npm drops build metadata when it publishes.
  const version = spelled.replace(/\+.*$/, '');
  const document = `${base}/${name.replace('/', '%2f')}`;
  const url = `${document}/${encodeURIComponent(version)}`;
  const one = await http({ url });
  if (!one.ok) return { state: 'hindered', hindrance: one };
  if (one.value.status === 200) return manifest(objectIn(one.value.body), url);
  if (one.value.status !== 404) return unexpected(url, one.value.status);

  // npm's own clients ask this way for a document that no cache kept.
  const all = await http({ url: `${document}?write=true`, maxBytes: largestDocument });
  if (!all.ok) return { state: 'hindered', hindrance: all };
  if (all.value.status === 404) return withoutDocument(http, base, name);
  if (all.value.status !== 200) return unexpected(document, all.value.status);
  const versions = asObject(objectIn(all.value.body)?.['versions']);
  if (versions === undefined) return { state: 'unknown', because: `${document} has no list of versions` };
  const beginning = Object.keys(versions).find((listed) => listed.startsWith(`${version}.`));
  if (beginning !== undefined)
    return { state: 'unknown', because: `${document} lists ${beginning}, and ${version} is no whole version` };
  if (Object.hasOwn(versions, version)) return manifest(asObject(versions[version]), document);
  return absentUnlessCached(all.value, `${document} lists ${Object.keys(versions).length} versions without ${version}`);
}

/**
 * What is private is "not found" for whoever is nobody. On the public registry only packages with a scope can be private
 * (https://docs.npmjs.com/about-private-packages); on others all of them can.
 */
async function withoutDocument(http: AskHttp, base: string, name: string): Promise<Listing> {
  if (name.startsWith('@') || base !== npmUrl)
    return { state: 'unknown', because: `${base} does not show ${name}: it may be private` };
  const ping = await http({ url: `${base}/-/ping` });
  if (!ping.ok) return { state: 'hindered', hindrance: ping };
  if (ping.value.status !== 200 || objectIn(ping.value.body) === undefined)
    return unexpected(`${base}/-/ping`, ping.value.status);
  return { state: 'absent', because: `${base} has no package ${name}` };
}

function manifest(document: Readonly<Record<string, unknown>> | undefined, url: string): Listing {
  const dist = asObject(document?.['dist']);
  if (document === undefined || dist === undefined)
    return { state: 'unknown', because: `${url} is not a package manifest` };
  const digests = [...String(dist['integrity'] ?? '').split(/\s+/), String(dist['shasum'] ?? '')].flatMap(
    (text) => canonicalDigest(text) ?? [],
  );
  const deprecated = document['deprecated'];
  const notes = typeof deprecated === 'string' && deprecated !== '' ? [`deprecated: ${deprecated}`] : [];
  return { state: 'there', digests, notes };
}
