import { usualWeeks } from '../signal/week.ts';
import type { Config } from './config.ts';

/** A pod id out of a repository's name. */
export function podIdOf(repository: string): string {
  const id = repository
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .replace(/-+$/, '');
  return id === '' ? 'main' : id;
}

/**
 * What holds where there is no configuration: one pod for the whole repository, everything else by default. Written out,
 * because building all of Config's schemas to fill nothing in is most of a short command's time; a test compares.
 */
export function defaultConfig(repository: string): Config {
  return { version: 1, pods: [defaultPod(podIdOf(repository))], ...everythingElse };
}

function defaultPod(id: string): Config['pods'][number] {
  const members = { humans: [], agents: [] };
  return { id, members, paths: ['**'], checks: [], policy: defaultPolicy, intents: [] };
}

const defaultPolicy: Config['pods'][number]['policy'] = {
  quorum: 2,
  assurance: 'software',
  freshness: {},
  levels: { routine: { required: [] }, important: { required: [] }, critical: { required: [] } },
  consequence: [],
  require: { merge: 'supported', release: 'verified' },
  keep_open: '30d',
};

const everythingElse: Omit<Config, 'version' | 'pods'> = {
  run: { isolation: 'in-place', env: [], timeout: '10m', baseline: true },
  network: { allow: [] },
  databases: {},
  ledger: { twin_leaves: true, witnesses: [], require_witness: false },
  gate: { budget: 3, on_unreachable: 'block' },
  diagnose: { anchors: {}, window_weeks: usualWeeks.current, baseline_weeks: usualWeeks.baseline },
  git: { remote: 'origin' },
};
