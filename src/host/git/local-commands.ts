import type { Setting } from './hardening.ts';

/** A setting with where it comes from: `local` and `worktree` belong to the repository, the others to the user. */
export interface ScopedSetting {
  readonly scope: string;
  readonly key: string;
  readonly value: string;
}

/** Keys that name a program, and the value under which git runs none. */
const programs: readonly { readonly key: RegExp; readonly harmless: string }[] = [
  { key: /^filter\..*\.(?:clean|smudge|process)$/s, harmless: '' },
  { key: /^filter\..*\.required$/s, harmless: 'false' },
  { key: /^core\.sshcommand$/, harmless: 'ssh' },
  { key: /^core\.(?:gitproxy|askpass)$/, harmless: '' },
  { key: /^core\.alternaterefscommand$/, harmless: ':' },
  { key: /^core\.(?:editor|pager)$/, harmless: 'false' },
  { key: /^remote\..*\.uploadpack$/s, harmless: 'git-upload-pack' },
  { key: /^remote\..*\.receivepack$/s, harmless: 'git-receive-pack' },
  { key: /^gpg(?:\..*)?\.(?:program|defaultkeycommand)$/s, harmless: 'false' },
  { key: /^(?:diff\.external|diff\..*\.(?:command|textconv)|merge\..*\.driver)$/s, harmless: '' },
  { key: /^submodule\..*\.update$/s, harmless: 'none' },
  { key: /^submodule\..*\.ignore$/s, harmless: 'dirty' },
];

const lfs: Readonly<Record<string, readonly string[]>> = {
  'filter.lfs.clean': ['git-lfs clean -- %f', 'git-lfs clean %f'],
  'filter.lfs.smudge': ['git-lfs smudge -- %f', 'git-lfs smudge %f', 'git-lfs smudge --skip -- %f'],
  'filter.lfs.process': ['git-lfs filter-process', 'git-lfs filter-process --skip'],
  'filter.lfs.required': ['true'],
};

/** Reads `git config --list --show-scope -z`: scope NUL key LF value NUL ... */
export function scopedSettings(listing: string): readonly ScopedSetting[] {
  const fields = listing.split('\0');
  const settings: ScopedSetting[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [scope = '', entry = ''] = fields.slice(at, at + 2);
    const end = entry.indexOf('\n');
    // A key without a value is git's short form of "true".
    settings.push({
      scope,
      key: end < 0 ? entry : entry.slice(0, end),
      value: end < 0 ? 'true' : entry.slice(end + 1),
    });
  }
  return settings;
}

/** Settings under which none of the programs that the repository itself names runs; what the user set stays. */
export function neutralised(settings: readonly ScopedSetting[]): readonly Setting[] {
  const foreign = settings.filter((setting) => isForeign(setting) && !isStandardLfs(setting));
  const owned = settings.filter((setting) => !isForeign(setting));
  const keys = [...new Set(foreign.map(({ key }) => key))];
  const overridden = keys.flatMap((key): readonly Setting[] => {
    const harmless = programs.find((program) => program.key.test(key))?.harmless;
    return harmless === undefined ? [] : [[key, owned.findLast((own) => own.key === key)?.value ?? harmless]];
  });
  return keys.some(isCredentialHelper) ? [...overridden, ...ownCredentialHelpers(owned)] : overridden;
}

function isForeign({ scope }: ScopedSetting): boolean {
  return scope === 'local' || scope === 'worktree';
}

function isStandardLfs({ key, value }: ScopedSetting): boolean {
  return lfs[key]?.includes(value) ?? false;
}

function isCredentialHelper(key: string): boolean {
  return /^credential\.(?:.*\.)?helper$/s.test(key);
}

/** Helpers add up, and an empty one forgets all before it. */
function ownCredentialHelpers(owned: readonly ScopedSetting[]): readonly Setting[] {
  const own = owned.filter(({ key }) => isCredentialHelper(key)).map(({ key, value }): Setting => [key, value]);
  return [['credential.helper', ''], ...own];
}
