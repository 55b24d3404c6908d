/**
 * What a verb says of a file that is its object. `adds`, `removes`, `moves` and `updates` may begin the message of a commit;
 * `merely`: the file itself may be as it was; `displaces`: "to", "from" and "out of" something else; `receives`: what it is
 * done to stands behind "to"; `gives`: behind "from"; `clears`: also of what was put in for a while; `mends`: symptoms that show there.
 */
type Role =
  | 'adds'
  | 'removes'
  | 'moves'
  | 'updates'
  | 'merely'
  | 'displaces'
  | 'receives'
  | 'gives'
  | 'clears'
  | 'mends';

/** The past first; present forms where messages of commits begin with them. */
const verbs: readonly (readonly [forms: string, ...roles: Role[]])[] = [
  ['added add adds', 'adds', 'displaces', 'receives'],
  ['created create creates', 'adds'],
  ['wrote write writes', 'adds', 'receives'],
  ['removed remove removes', 'removes', 'displaces', 'gives', 'clears'],
  ['deleted delete deletes', 'removes', 'displaces', 'gives', 'clears'],
  ['dropped', 'removes', 'displaces', 'gives', 'clears'],
  ['cleaned', 'gives', 'clears'],
  ['renamed rename renames', 'moves', 'receives'],
  ['moved move moves', 'moves', 'displaces', 'receives', 'gives'],
  ['updated update updates', 'updates'],
  ['edited edit edits', 'updates'],
  ['modified modify modifies', 'updates'],
  ['rewrote rewrite rewrites', 'updates'],
  ['revised revise revises', 'updates'],
  ['fixed', 'mends'],
  ['corrected', 'mends'],
  ['patched', 'mends'],
  ['introduced', 'displaces', 'receives'],
  ['extracted', 'receives', 'gives'],
  ['split', 'receives', 'gives'],
  ['inlined', 'merely', 'receives'],
  ['wired', 'merely', 'receives'],
  ['exported', 'merely', 'gives'],
  ...'imported registered documented enabled disabled wrapped switched swapped replaced restored'
    .split(' ')
    .map((past) => [past, 'merely'] as const),
  ...'changed refactored implemented converted extended bumped simplified adjusted reworked hardened tightened'
    .split(' ')
    .map((past) => [past] as const),
];

/** All of them in the past, as alternatives of a pattern. */
export const changed = `(?:${verbs.map(([forms]) => forms.split(' ', 1)).join('|')})`;

/** Those of a role, in the past. */
export function pastOf(role: Role): ReadonlySet<string> {
  return new Set(having(role).flatMap((forms) => forms.split(' ', 1)));
}

/** Those of a role in all their forms, as alternatives of a pattern. */
export function formsOf(role: Role): string {
  return having(role).join('|').replaceAll(' ', '|');
}

function having(role: Role): readonly string[] {
  return verbs.flatMap(([forms, ...roles]) => (roles.includes(role) ? [forms] : []));
}
