import type { Config } from './config.ts';

/**
 * Where a configuration holds what looks like a secret. It is only told: commands run as they stand and an intent's
 * acceptance is compared with what was recorded, so taking the secret out would change what both mean.
 */
export function writtenSecrets({ run, pods }: Config, redact: (text: string) => string): readonly string[] {
  const places = [
    { where: 'run.setup', what: run.setup ?? '' },
    ...pods.flatMap(({ id, checks, intents }) => [
      ...checks.map(({ kind, options }) => ({ where: `pod ${id}, ${kind}`, what: options })),
      ...intents.map((intent) => ({ where: `pod ${id}, intent ${intent.id}`, what: intent })),
    ]),
  ];
  return places.filter(({ what }) => holdsSecret(what, redact)).map(({ where }) => where);
}

function holdsSecret(value: unknown, redact: (text: string) => string): boolean {
  const text = JSON.stringify(value);
  const clean = JSON.stringify(value, (_, each: unknown) => (typeof each === 'string' ? redact(each) : each));
  return clean !== text;
}
