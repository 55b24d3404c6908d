import type { Part } from '../claim/part.ts';

/** The commit that a part names, as in "6d48b0c is pushed"; a word of hexadecimal letters only is no commit. */
export function commitNamed({ names = [] }: Part): { readonly commit?: string } {
  const commit = names.find((name) => /^(?=.*[0-9])[0-9a-f]{7,64}$/.test(name));
  return commit === undefined ? {} : { commit };
}

/** The branch that a part names with its remote, as in "pushed to origin/main". */
export function remoteBranchNamed({ names = [] }: Part): { readonly remote?: string; readonly branch?: string } {
  const name = names.find((each) => /^origin\/[\w./-]+$/.test(each));
  return name === undefined ? {} : { remote: 'origin', branch: name.slice('origin/'.length) };
}
