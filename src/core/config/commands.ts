import type { Settings } from '../operation.ts';

/** A command line that may run, and where it comes from. */
export interface ConfiguredCommand {
  readonly command: string;
  readonly where: string;
}

/** Every command that the configuration, or detection where that is silent, may run: what a person must see to trust it. */
export function commandsOf({ config, detected }: Settings): readonly ConfiguredCommand[] {
  const { setup } = config.run;
  const found = [
    ...(setup === undefined ? [] : [{ command: setup, where: 'factum.yaml: run.setup' }]),
    ...config.pods.flatMap(({ id, checks, intents }) => [
      ...checks.flatMap(({ kind, options }) => commandIn(options, `factum.yaml: pod ${id}, ${kind}`)),
      ...intents.flatMap((intent) =>
        intent.accept.flatMap(({ kind, options }) => commandIn(options, `factum.yaml: intent ${intent.id}, ${kind}`)),
      ),
    ]),
    ...detected.flatMap(({ options, because }) => commandIn(options, because)),
  ];
  return found.filter(({ command }, index) => found.findIndex((one) => one.command === command) === index);
}

function commandIn(options: Readonly<Record<string, unknown>>, where: string): readonly ConfiguredCommand[] {
  const { command } = options;
  return typeof command === 'string' ? [{ command, where }] : [];
}
