import type { HttpAnswer, HttpRequest, Seen } from '../ports.ts';
import {
  absentUnlessCached,
  asObject,
  type AskHttp,
  type Listing,
  objectIn,
  type Release,
  unexpected,
} from './release.ts';

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ');

/** Registry and repository of an image name; Docker's rule: the first segment is a host if it looks like one. */
export function imageAt(name: string): { readonly base: string; readonly repository: string } {
  const [first = '', ...rest] = name.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  if (hasHost && first !== 'docker.io') return { base: `https://${first}`, repository: rest.join('/') };
  const path = hasHost ? rest : [first, ...rest];
  return {
    base: 'https://registry-1.docker.io',
    repository: (path.length === 1 ? ['library', ...path] : path).join('/'),
  };
}

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md; `version` is a tag or a digest. */
export async function listedByOci(http: AskHttp, base: string, { name, version }: Release): Promise<Listing> {
  const ask = asAnybody(http);
  const repository = `${base}/v2/${name}`;
  const url = `${repository}/manifests/${version}`;
  const found = await ask({ url, headers: { accept: manifestTypes } });
  if (!found.ok) return { state: 'hindered', hindrance: found };
  if (found.value.status === 200) return manifest(found.value, url);
  if (found.value.status !== 404) return unexpected(url, found.value.status);

  // A registry hides what is private behind the same 404, so the repository must be seen to be open.
  const tags = await ask({ url: `${repository}/tags/list` });
  if (!tags.ok) return { state: 'hindered', hindrance: tags };
  const list = objectIn(tags.value.body)?.['tags'];
  if (tags.value.status !== 200 || !Array.isArray(list))
    return unexpected(`${repository}/tags/list`, tags.value.status);
  if (list.includes(version))
    return { state: 'unknown', because: `${repository} lists ${version} but does not give it` };
  return absentUnlessCached(tags.value, `${repository} is there without ${version}`);
}

/** Its own digest first, then those of the images in an index. */
function manifest({ headers, body }: HttpAnswer, url: string): Listing {
  const document = objectIn(body);
  if (document === undefined) return { state: 'unknown', because: `${url} is not a manifest` };
  const own = headers['docker-content-digest'];
  const inner = Array.isArray(document['manifests']) ? document['manifests'] : [];
  const digests = [own, ...inner.map((entry) => asObject(entry)?.['digest'])];
  return { state: 'there', digests: digests.filter((digest) => typeof digest === 'string'), notes: [] };
}

/** Public images, too, want a token that anybody gets (https://distribution.github.io/distribution/spec/auth/token/). */
function asAnybody(http: AskHttp): AskHttp {
  let token: string | undefined;
  return async (request) => {
    const first = await http(withToken(request, token));
    if (!first.ok || first.value.status !== 401) return first;
    const url = tokenUrl(first.value.headers['www-authenticate'] ?? '');
    if (url === undefined) return first;
    const given: Seen<HttpAnswer> = await http({ url });
    if (!given.ok) return given;
    const document = objectIn(given.value.body);
    const bearer = document?.['token'] ?? document?.['access_token'];
    if (given.value.status !== 200 || typeof bearer !== 'string') return first;
    token = bearer;
    return http(withToken(request, token));
  };
}

function withToken(request: HttpRequest, token: string | undefined): HttpRequest {
  return token === undefined
    ? request
    : { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } };
}

function tokenUrl(challenge: string): string | undefined {
  if (!/^bearer /i.test(challenge)) return undefined;
  const value = (name: string) => new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(challenge)?.[1];
  const realm = value('realm');
  if (realm === undefined || !URL.canParse(realm)) return undefined;
  const query = ['service', 'scope'].flatMap((name) => {
    const given = value(name);
    return given === undefined ? [] : [`${name}=${encodeURIComponent(given)}`];
  });
  return `${realm}${realm.includes('?') ? '&' : '?'}${query.join('&')}`;
}
