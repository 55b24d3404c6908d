/** What facts that sum up files are made for: the whole repository (no id), and each pod of several or of a part. */
export interface Scope {
  readonly id?: string;
  has(file: { readonly pods: readonly string[] }): boolean;
}

export function scopesOf(
  pods: readonly { readonly id: string; readonly paths: readonly string[] }[],
): readonly Scope[] {
  const parts = pods.filter(({ paths }) => !(pods.length === 1 && paths.includes('**')));
  return [
    { has: () => true },
    ...parts.map(({ id }) => ({ id, has: (file: { pods: readonly string[] }) => file.pods.includes(id) })),
  ];
}
