import { FactumError } from '../errors.ts';
import { codeownersPlaces, parseCodeowners } from './codeowners.ts';
import type { Config, PodConfig } from './config.ts';
import { didYouMean } from './nearest.ts';
import { configFileName } from './config.ts';

/** Gives pods that name an owner the globs of that owner in CODEOWNERS, beside paths of their own. */
export function withOwnedPaths(config: Config, read: (path: string) => string | undefined): Config {
  if (config.pods.every(({ codeowners }) => codeowners === undefined)) return config;
  const texts = codeownersPlaces.map((place) => read(place));
  const text = texts.find((one) => one !== undefined);
  if (text === undefined) {
    const places = codeownersPlaces.join(', ');
    throw new FactumError('CONFIG_INVALID', `${configFileName} asks for CODEOWNERS, and there is none in ${places}`);
  }
  const { owners } = parseCodeowners(text);
  return { ...config, pods: config.pods.map((pod) => withPathsOf(pod, owners)) };
}

function withPathsOf(pod: PodConfig, owners: ReturnType<typeof parseCodeowners>['owners']): PodConfig {
  const { codeowners: wanted, paths } = pod;
  if (wanted === undefined) return pod;
  const found = owners.find(({ owner }) => owner.toLowerCase() === wanted.toLowerCase());
  if (found === undefined) {
    const names = owners.map(({ owner }) => owner);
    const meant = didYouMean(wanted, names);
    const hint = meant === '' ? `; it names ${names.join(', ')}` : meant;
    throw new FactumError(
      'CONFIG_INVALID',
      `CODEOWNERS has no owner \`${wanted}\`, which pod ${pod.id} asks for${hint}`,
    );
  }
  const own = paths.filter((path) => path !== '**'); // the default, which would make the import pointless
  return { ...pod, paths: [...found.paths, ...own] };
}
