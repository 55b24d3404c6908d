import type { Settings } from '../operation.ts';
import type { Config } from './config.ts';

/** Something that a configuration may do as this user, and where it says so. */
export interface Grant {
  /** A command line, or what is reached beyond public addresses. */
  readonly what: string;
  readonly where: string;
}

/** Everything that a person must see before trusting a configuration, or what was detected where it is silent. */
export function grantsOf({ config, detected }: Settings): readonly Grant[] {
  const { setup } = config.run;
  const found = [
    ...(setup === undefined ? [] : [{ what: setup, where: 'factum.yaml: run.setup' }]),
    ...config.pods.flatMap(({ id, checks, intents }) => [
      ...checks.flatMap(({ kind, options }) => commandIn(options, `factum.yaml: pod ${id}, ${kind}`)),
      ...intents.flatMap((intent) =>
        intent.accept.flatMap(({ kind, options }) => commandIn(options, `factum.yaml: intent ${intent.id}, ${kind}`)),
      ),
    ]),
    ...detected.flatMap(({ options, because }) => commandIn(options, because)),
    ...reachOf(config),
    ...config.ledger.witnesses.map(({ url }) => ({
      what: `(send checkpoints to the witness at ${url})`,
      where: 'factum.yaml: ledger.witnesses',
    })),
  ];
  return found.filter(({ what }, index) => found.findIndex((one) => one.what === what) === index);
}

/** What looks at outside systems may reach because the configuration says so. */
export function reachOf({ network, databases }: Config): readonly Grant[] {
  return [
    ...network.allow.map((host) => ({ what: `(connect to ${host})`, where: 'factum.yaml: network.allow' })),
    ...Object.entries(databases).map(([name, { url_env }]) => ({
      what: `(query database ${name} with the URL in ${url_env})`,
      where: 'factum.yaml: databases',
    })),
  ];
}

function commandIn({ command }: Readonly<Record<string, unknown>>, where: string): readonly Grant[] {
  return typeof command === 'string' ? [{ what: command, where }] : [];
}
