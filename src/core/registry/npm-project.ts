import { seen, type Seen, type VerifierPorts, type Workspace, type WorkspaceFile } from '../ports.ts';
import { listedByNpm } from './npm.ts';
import { type NpmPlaces, placesFor, type PublishingFiles } from './npm-settings.ts';
import { type Listing, objectIn, type Release } from './release.ts';

type Reading = Pick<VerifierPorts, 'readFile' | 'findFiles'>;

/** Settings of other package managers, and what runs when a release is made. */
const others =
  '{.yarnrc,.yarnrc.yml,bunfig.toml,lerna.json,pnpm-workspace.yaml,.gitlab-ci.yml,.github/workflows/*.yml,.github/workflows/*.yaml}';

/** Asks the registries where npm publishes this package; any that has it will do, and only all together have it not. */
export async function listedByPlaces(
  release: Release,
  ports: VerifierPorts,
  workspace: Workspace | undefined,
): Promise<Listing> {
  const places = await placesOf(release.name, ports, workspace);
  if (!places.ok) return { state: 'hindered', hindrance: places };
  const listings: Listing[] = [];
  for (const url of places.value.urls) {
    const listing = await listedByNpm(ports.http, url, release);
    if (listing.state === 'there') return listing;
    listings.push(listing);
  }
  const listing = listings.find(({ state }) => state !== 'absent') ?? listings.at(0);
  const { doubt } = places.value;
  if (listing === undefined) return { state: 'unknown', because: doubt ?? 'no registry is named' };
  if (listing.state !== 'absent' || doubt === undefined) return listing;
  return { state: 'unknown', because: `${listing.because}, but ${doubt}` };
}

/** The `package.json` of this name, wherever it is in the repository; undefined = it is not made here. */
export async function manifestOf(
  name: string,
  ports: Reading,
  workspace: Workspace,
): Promise<Seen<WorkspaceFile | undefined>> {
  const paths = await pathsLike('{package.json,**/package.json}', ports, workspace);
  if (!paths.ok) return paths;
  for (const path of new Set(['package.json', ...paths.value])) {
    const file = await ports.readFile(workspace, path);
    if (!file.ok) return file;
    if (file.value !== undefined && objectIn(file.value.text)?.['name'] === name) return file;
  }
  return seen(undefined);
}

async function placesOf(
  name: string,
  ports: VerifierPorts,
  workspace: Workspace | undefined,
): Promise<Seen<NpmPlaces>> {
  const user = await ports.npmSettings();
  if (!user.ok) return user;
  const files = workspace === undefined ? seen(noFiles) : await publishingFiles(name, ports, workspace);
  return files.ok ? seen(placesFor(name, files.value, user.value)) : files;
}

const noFiles: PublishingFiles = { npmrc: [], others: [] };

async function publishingFiles(name: string, ports: Reading, workspace: Workspace): Promise<Seen<PublishingFiles>> {
  const manifest = await manifestOf(name, ports, workspace);
  if (!manifest.ok) return manifest;
  const { path, text } = manifest.value ?? {};
  const beside = path === undefined ? '.npmrc' : path.replace(/[^/]*$/, '.npmrc');
  const npmrc = await textsOf(['.npmrc', beside], ports, workspace);
  if (!npmrc.ok) return npmrc;
  const paths = await pathsLike(others, ports, workspace);
  if (!paths.ok) return paths;
  const settings = await textsOf(['package.json', ...paths.value], ports, workspace);
  if (!settings.ok) return settings;
  return seen({ npmrc: npmrc.value, others: settings.value, ...(text === undefined ? {} : { manifest: text }) });
}

async function textsOf(
  paths: readonly string[],
  ports: Reading,
  workspace: Workspace,
): Promise<Seen<readonly string[]>> {
  const texts: string[] = [];
  for (const path of new Set(paths)) {
    const file = await ports.readFile(workspace, path);
    if (!file.ok) return file;
    if (file.value !== undefined) texts.push(file.value.text);
  }
  return seen(texts);
}

/** Outside of a repository nothing is listed, and files are read where they usually are. */
async function pathsLike(glob: string, ports: Reading, workspace: Workspace): Promise<Seen<readonly string[]>> {
  const paths = await ports.findFiles(workspace, glob);
  return !paths.ok && paths.why === 'not-allowed' ? seen([]) : paths;
}
