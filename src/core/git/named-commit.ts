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

/**
 * What a part names that need not be the work at hand: another branch, a pull request. Not a branch at hand, nor those that
 * others build on, nor a remote.
 */
export function otherWorkNamed({ names = [] }: Part, atHand: readonly (string | undefined)[]): string | undefined {
  return names.find(
    (name) =>
      !atHand.includes(name) &&
      !/^(?:origin|upstream|(?:(?:origin|upstream)\/)?(?:main|master|develop)|[0-9a-f]{7,64})$/.test(name),
  );
}

/** Branches that a part names, where it names none of those at hand: the work was found on another. */
export function missedBranches({ names = [] }: Part, atHand: readonly (string | undefined)[]): readonly string[] {
  const branches = names.filter((name) => !/^(?:origin|upstream|[0-9a-f]{7,64})$/.test(name));
  const isAtHand = (name: string): boolean => atHand.includes(name) || atHand.includes(name.replace(/^[^/]+\//, ''));
  return branches.some(isAtHand) ? [] : branches;
}

/** The remote that a part names as "upstream" or "upstream/main", whether there is one or not. */
export function remoteNamed({ names = [] }: Part): string | undefined {
  return names.map((name) => /^(origin|upstream)(?:\/|$)/.exec(name)?.[1]).find((remote) => remote !== undefined);
}

/** A pull or merge request, such as `#12` or `PR 12`: which commit it is stands in no repository. */
export function isRequest(name: string | undefined): boolean {
  return name !== undefined && /^(?:(?:PR|MR|(?:pull|merge) request)s? )?[#!]?[0-9]+$|^(?:PR|MR)$/i.test(name);
}

/** The branch that others build on, as in "merged into develop". */
export function baseBranchNamed({ names = [] }: Part): { readonly branch?: string } {
  const [branch, ...others] = names.filter((name) => /^(?:main|master|develop)$/.test(name));
  return branch === undefined || others.length > 0 ? {} : { branch };
}
