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

export const pypiUrl = 'https://pypi.org';
const largestDocument = 50_000_000;

/** https://docs.pypi.org/api/json/ */
export async function listedByPypi(http: AskHttp, base: string, { name, version }: Release): Promise<Listing> {
  const project = `${base}/pypi/${encodeURIComponent(name)}`;
  const url = `${project}/${encodeURIComponent(version)}/json`;
  const one = await http({ url, maxBytes: largestDocument });
  if (!one.ok) return { state: 'hindered', hindrance: one };
  if (one.value.status === 200) return files(objectIn(one.value.body), url);
  if (one.value.status !== 404) return unexpected(url, one.value.status);

  const all = await http({ url: `${project}/json`, maxBytes: largestDocument });
  if (!all.ok) return { state: 'hindered', hindrance: all };
  if (all.value.status === 404) return withoutProject(http, base, name);
  if (all.value.status !== 200) return unexpected(`${project}/json`, all.value.status);
  const info = asObject(objectIn(all.value.body)?.['info']);
  if (info === undefined) return { state: 'unknown', because: `${project}/json is not a project` };
  return absentUnlessCached(all.value, `${base} has ${name}, newest ${String(info['version'])}, and not ${version}`);
}

async function withoutProject(http: AskHttp, base: string, name: string): Promise<Listing> {
  const index = await http({ url: `${base}/simple/`, method: 'HEAD' });
  if (!index.ok) return { state: 'hindered', hindrance: index };
  if (index.value.status !== 200) return unexpected(`${base}/simple/`, index.value.status);
  return { state: 'absent', because: `${base} has no project ${name}` };
}

function files(document: Readonly<Record<string, unknown>> | undefined, url: string): Listing {
  const urls = document?.['urls'];
  if (!Array.isArray(urls)) return { state: 'unknown', because: `${url} is not a release` };
  if (urls.length === 0) return { state: 'unknown', because: `${url} has no file` };
  const digests = urls.flatMap(
    (file) => canonicalDigest(String(asObject(asObject(file)?.['digests'])?.['sha256'] ?? '')) ?? [],
  );
  const info = asObject(document?.['info']);
  const reason = typeof info?.['yanked_reason'] === 'string' ? `: ${info['yanked_reason']}` : '';
  return { state: 'there', digests, notes: info?.['yanked'] === true ? [`yanked${reason}`] : [] };
}
