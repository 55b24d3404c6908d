import type { RegistryKind, Release } from './release.ts';

/** A release as people write it. The registry is there only when the spelling leaves no doubt. */
export interface SpelledRelease extends Release {
  readonly registry?: RegistryKind;
}

const imageByDigest = /^([a-z0-9][\w.:-]*(?:\/[a-z0-9][\w.-]*)+|[a-z0-9][\w.-]*)@(sha256:[0-9a-f]{64})$/;
const imageByTag = /^((?:localhost|[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::[0-9]+)?(?:\/[a-z0-9][\w.-]*)+):(\w[\w.-]{0,127})$/;
const pythonPin = /^([A-Za-z0-9][\w.-]*)(?:\[[\w,.-]+\])?==([0-9][\w.!+-]*)$/;
const scopedAt = /^(@[a-z0-9~-][\w.~-]*\/[a-z0-9~-][\w.~-]*)@v?([0-9][\w.+-]*)$/;
const plainAt = /^([A-Za-z0-9][\w.~-]*)@v?([0-9][\w.+-]*)$/;

/** `@scope/name@1.2.3`, `name==1.2.3`, `ghcr.io/org/image:tag`, `image@sha256:...`, or `name@1.2.3` of any registry. */
export function spelledRelease(text: string): SpelledRelease | undefined {
  const shapes = [
    [imageByDigest, 'oci'],
    [imageByTag, 'oci'],
    [pythonPin, 'pypi'],
    [scopedAt, 'npm'],
    [plainAt, undefined],
  ] as const;
  for (const [shape, registry] of shapes) {
    const [, name, version] = shape.exec(text) ?? [];
    if (name !== undefined && version !== undefined)
      return { name, version, ...(registry === undefined ? {} : { registry }) };
  }
  return undefined;
}
