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
  if (known !== undefined) refuseUnknownPods(history.name, wanted, known);
}

/** The repository itself is none of its pods. Throws POD_NOT_FOUND. */
export function refuseUnknownPods(name: string, wanted: readonly string[], ids: Iterable<string>): void {
  const known = [...ids].filter((id) => id !== name).toSorted();
  const unknown = wanted.find((pod) => !known.includes(pod));
  if (unknown === undefined) return;
  const meant = didYouMean(unknown, known);
  const list =
    known.length === 0
      ? '; it has none: pods come from factum.yaml or teams in CODEOWNERS'
      : `; it has ${known.join(', ')}`;
  throw new FactumError(
    'POD_NOT_FOUND',
    `${name} has no pod \`${unknown}\` with a change${meant === '' ? list : meant}`,
  );
}
