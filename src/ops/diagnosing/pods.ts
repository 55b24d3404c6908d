import { didYouMean } from '../../core/config/nearest.ts';
import { FactumError } from '../../core/errors.ts';
import type { OpenHistory } from '../../core/operation.ts';

/** A configured pod that owns everything is the repository itself. */
export function podsOf({ config }: OpenHistory): readonly { readonly id: string; readonly paths: readonly string[] }[] {
  const pods = config?.pods ?? [];
  return pods.length === 1 && pods[0]?.paths.includes('**') === true ? [] : pods;
}

/** Before anything is read. Throws POD_NOT_FOUND. */
export async function refuseMissingPods(
  history: OpenHistory,
  wanted: readonly string[],
  revision: string,
): Promise<void> {
  if (wanted.length === 0) return;
  const known = await history.pods({ revision, pods: podsOf(history) });
  if (known !== undefined) refuseUnknownPods(history, wanted, known);
}

/** Where nothing divides a repository its files are of itself, which is no pod; one that is configured may have its name. */
export function podsAmong(history: OpenHistory, ids: Iterable<string>): readonly string[] {
  const isNamesake = podsOf(history).some(({ id }) => id === history.name);
  return [...ids].filter((id) => isNamesake || id !== history.name).toSorted();
}

/** Throws POD_NOT_FOUND. */
export function refuseUnknownPods(history: OpenHistory, wanted: readonly string[], ids: Iterable<string>): void {
  const known = podsAmong(history, ids);
  const unknown = wanted.find((pod) => !known.includes(pod));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, known);
  const list =
    known.length === 0
      ? '; it has none: pods come from factum.yaml or teams in CODEOWNERS'
      : `; it has ${known.join(', ')}`;
  throw new FactumError(
    'POD_NOT_FOUND',
    `${history.name} has no pod \`${unknown}\` with a change${meant === '' ? list : meant}`,
  );
}
