/** A least coverage that a configuration file demands. */
export interface Threshold {
  /** With its place among equal keys: `lines`, `lines#2`. */
  readonly key: string;
  readonly value: number;
}

const files =
  /(?:^|\/)(?:package\.json|(?:jest|vitest|vite|karma)\.config\.\w+|\.nycrc(?:\.\w+)?|\.c8rc(?:\.\w+)?|pyproject\.toml|setup\.cfg|tox\.ini|\.coveragerc|\.?codecov\.ya?ml|build\.gradle(?:\.kts)?|pom\.xml|tarpaulin\.toml)$/;

const demand =
  /(?:["']?\b(branches|functions|lines|statements|fail_under|fail-under|check-coverage|minimum|target|threshold)["']?\s*[:=]\s*|--(cov-fail-under|fail-under|fail-under-lines|lines|branches|functions|statements)[= ]|<(minimum)>)["']?([0-9]+(?:\.[0-9]+)?)/g;

export function isThresholdFile(path: string): boolean {
  return files.test(path);
}

export function thresholdsIn(path: string, text: string): readonly Threshold[] {
  if (!isThresholdFile(path)) return [];
  const seen = new Map<string, number>();
  return [...text.matchAll(demand)].map(([, setting, flag, element, value]) => {
    const name = setting ?? flag ?? element ?? '';
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return { key: count === 1 ? name : `${name}#${count}`, value: Number(value) };
  });
}
