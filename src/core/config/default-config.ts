import { Config } from './config.ts';

/** A pod id out of a repository's name. */
export function podIdOf(repository: string): string {
  const id = repository
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .replace(/-+$/, '');
  return id === '' ? 'main' : id;
}

/** What holds where there is no configuration: one pod for the whole repository, everything else by default. */
export function defaultConfig(repository: string): Config {
  return Config.parse({ version: 1, pods: [{ id: podIdOf(repository) }] });
}
