import { z } from 'zod';
import { deferred } from '../../core/deferred.ts';
import { type Glance, hindered, lookOutside } from '../../core/claim/outside-look.ts';
import { type Examination, verifier } from '../../core/claim/verifier.ts';
import { listedByNpm } from '../../core/registry/npm.ts';
import { listedByPlaces, manifestOf } from '../../core/registry/npm-project.ts';
import { imageAt, listedByOci } from '../../core/registry/oci.ts';
import { listedByPypi, pypiUrl } from '../../core/registry/pypi.ts';
import {
  canonicalDigest,
  type Listing,
  registries,
  type RegistryKind,
  type Release,
} from '../../core/registry/release.ts';
import { spelledRelease } from '../../core/registry/spelling.ts';

const Options = deferred(() =>
  z.strictObject({
    registry: z.enum(registries).optional().describe('default: what the spelling or the repository itself says'),
    registry_url: z
      .string()
      .regex(/^https?:\/\//i, 'a URL that begins with http:// or https://')
      .optional()
      .describe(
        'default: what .npmrc and publishConfig say, else registry.npmjs.org; pypi.org; the host in the image name',
      ),
    name: z.string().min(1).max(300).optional().describe('name of the package or image'),
    version: z.string().min(1).max(300).optional().describe('version, or tag or digest of an image'),
    packages: z
      .array(z.string().min(1).max(600))
      .max(20)
      .default([])
      .describe('packages with versions: pkg@1.2.3, pkg==1.2.3, ghcr.io/org/image:tag'),
    digest: z
      .string()
      .refine((text) => canonicalDigest(text) !== undefined, 'a digest: hex, sha256:hex or sha512-base64')
      .optional()
      .describe('digest that the registry must give'),
  }),
);
type Options = z.infer<typeof Options>;
type Looking = Pick<Examination<Options>, 'options' | 'ports' | 'workspace'>;

/** Whether a registry has that version, with that digest. */
export const packagePublished = verifier({
  id: 'package-published',
  title: 'Package published',
  summary: 'Asks npm, PyPI or an OCI registry for a version and its digest; notes deprecated and yanked ones.',
  lifecycle: 'stable',
  version: '2',
  looksAt: 'outside',
  readsFiles: true,
  judges: ['published'],
  options: Options,
  fromPart: ({ names = [] }) => {
    const packages = names.filter((name) => spelledRelease(name) !== undefined).slice(0, 20);
    return packages.length === 0 ? {} : { packages };
  },
  run: async ({ options, ports, workspace }) => {
    const looking: Looking = { options, ports, ...(workspace === undefined ? {} : { workspace }) };
    const things = [];
    for (const release of releasesOf(options)) {
      const registry = options.registry ?? release.registry ?? (await registryOfOwn(release.name, looking));
      const named = `${release.name} ${release.version}`;
      things.push({
        boundTo: { package: `${registry === undefined ? '' : `${registry}:`}${named.replace(' ', '@')}` },
        planned: `ask ${options.registry_url ?? registry ?? 'a registry'} for ${named}${options.digest === undefined ? '' : ` with digest ${options.digest}`}`,
        glance: () =>
          registry === undefined ? Promise.resolve(whichRegistry(named)) : glance(release, registry, looking),
      });
    }
    return lookOutside(
      things,
      'No package and version is named: say pkg@1.2.3, or configure name and version for package-published.',
    );
  },
});

function releasesOf({ name, version, packages }: Options): readonly (Release & { readonly registry?: RegistryKind })[] {
  if (name !== undefined && version !== undefined) return [{ name, version }];
  return packages.flatMap((text) => spelledRelease(text) ?? []);
}

/** A package that this repository itself makes is published where its kind of package is. */
async function registryOfOwn(name: string, { ports, workspace }: Looking): Promise<RegistryKind | undefined> {
  if (workspace === undefined) return undefined;
  const npm = await manifestOf(name, ports, workspace);
  if (npm.ok && npm.value !== undefined) return 'npm';
  const python = await ports.readFile(workspace, 'pyproject.toml');
  const ownName = python.ok ? /^name\s*=\s*["']([^"']+)["']/m.exec(python.value?.text ?? '')?.[1] : undefined;
  return ownName === name ? 'pypi' : undefined;
}

function whichRegistry(named: string): Glance {
  return {
    outcome: 'not-applicable',
    message: `${named}: nobody says in which registry; configure registry for package-published.`,
  };
}

async function glance(release: Release, registry: RegistryKind, looking: Looking): Promise<Glance> {
  const { options } = looking;
  const listing = await listingOf(release, registry, looking);
  const named = `${release.name} ${release.version}`;
  const facts = { registry };
  switch (listing.state) {
    case 'there':
      return { ...judge(named, listing, options.digest), facts: { ...facts, ...factsOf(listing) } };
    case 'absent':
      return { outcome: 'refuted', message: `${named} is not published: ${listing.because}.`, facts };
    case 'unknown':
      return { outcome: 'inconclusive', message: `${named} could not be found out: ${listing.because}.`, facts };
    case 'hindered':
      return hindered(listing.hindrance);
  }
}

function listingOf(release: Release, registry: RegistryKind, { options, ports, workspace }: Looking): Promise<Listing> {
  const base = options.registry_url?.replace(/\/+$/, '');
  switch (registry) {
    case 'npm':
      return base === undefined ? listedByPlaces(release, ports, workspace) : listedByNpm(ports.http, base, release);
    case 'pypi':
      return listedByPypi(ports.http, base ?? pypiUrl, release);
    case 'oci': {
      const image = imageAt(release.name);
      return listedByOci(ports.http, base ?? image.base, {
        ...release,
        name: base === undefined ? image.repository : release.name,
      });
    }
  }
}

function judge(named: string, listing: Extract<Listing, { state: 'there' }>, digest: string | undefined): Glance {
  const notes = listing.notes.map((note) => ` It is ${note}.`).join('');
  const wanted = digest === undefined ? undefined : canonicalDigest(digest);
  if (wanted === undefined) return { outcome: 'supported', message: `${named} is published.${notes}` };
  if (listing.digests.includes(wanted))
    return { outcome: 'supported', message: `${named} is published with ${wanted}.${notes}` };
  const [algorithm = ''] = wanted.split(':');
  const comparable = listing.digests.filter((given) => given.startsWith(`${algorithm}:`));
  if (comparable.length === 0)
    return {
      outcome: 'inconclusive',
      message: `${named} is published, but the registry gives no ${algorithm} digest.${notes}`,
    };
  return {
    outcome: 'refuted',
    message: `${named} is published with ${comparable.slice(0, 3).join(', ')}, not with ${wanted}.${notes}`,
  };
}

function factsOf({ digests, notes }: Extract<Listing, { state: 'there' }>): Record<string, string> {
  return {
    digests: digests.join('\n').slice(0, 4000),
    ...(notes.length > 0 && { notes: notes.join('\n').slice(0, 4000) }),
  };
}
