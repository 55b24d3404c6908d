/** One promise with what was measured: a ceiling (`limit`) or a floor (`at least`). */
export interface Promised {
  readonly what: string;
  readonly measured: number;
  readonly unit: string;
  readonly bound: 'limit' | 'at least';
  readonly value: number;
}

/** Prints the promise on a line that `all.ts` reads; a broken one makes this process end with 1. */
export function promised(promise: Promised): void {
  const { what, measured, unit, bound, value } = promise;
  console.log(`${what}: ${measured.toFixed(2)} ${unit} (${bound} ${value})`);
  if (!isKept(promise)) process.exitCode = 1;
}

export function promisesIn(output: string): readonly Promised[] {
  return [...output.matchAll(/^(.+): ([\d.]+) (.+) \((limit|at least) ([\d.]+)\)$/gm)].map(
    ([, what = '', measured, unit = '', bound, value]) => ({
      what,
      measured: Number(measured),
      unit,
      bound: bound === 'limit' ? 'limit' : 'at least',
      value: Number(value),
    }),
  );
}

/** Not a number is not kept. */
export function isKept({ measured, bound, value }: Promised): boolean {
  return bound === 'limit' ? measured <= value : measured >= value;
}
