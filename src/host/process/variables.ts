import { delimiter, join, sep } from 'node:path';

export type Variables = Readonly<Record<string, string>>;

/**
 * What a command sees of the caller's environment besides the names in `run.env`.
 * The second group says where toolchains live: without them a true claim would fail here. None of them is a secret.
 * `CI` is passed on and never set: tools behave differently under it.
 */
const allowed = new Set(
  `PATH HOME USER LOGNAME SHELL LANG LANGUAGE TZ TMPDIR CI
  ANDROID_HOME ASDF_DATA_DIR ASDF_DIR BUN_INSTALL CARGO_HOME CONDA_PREFIX COREPACK_HOME DENO_DIR DOTNET_ROOT GEM_HOME
  GEM_PATH GOCACHE GOMODCACHE GOPATH GOROOT GOTOOLCHAIN JAVA_HOME LD_LIBRARY_PATH MISE_DATA_DIR NODE_EXTRA_CA_CERTS
  NVM_DIR PLAYWRIGHT_BROWSERS_PATH PNPM_HOME PYENV_ROOT PYENV_VERSION RBENV_ROOT RUSTUP_HOME RUSTUP_TOOLCHAIN
  SSL_CERT_DIR SSL_CERT_FILE VIRTUAL_ENV VOLTA_HOME XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME XDG_RUNTIME_DIR
  XDG_STATE_HOME`.split(/\s+/),
);

/** The environment of a command: the allow-list, what the configuration passes, and a terminal that can do nothing. */
export function variablesFor(
  inherited: Readonly<Record<string, string | undefined>>,
  passed: readonly string[],
): Variables {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (allowed.has(entry[0]) || entry[0].startsWith('LC_') || passed.includes(entry[0])),
  );
  return { TERM: 'dumb', ...Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

/**
 * For a checkout: paths into the user's working tree lead to the same place in the checkout,
 * so that the tools of `node_modules/.bin` or of an active virtual environment are not borrowed from there.
 */
export function rebased(variables: Variables, from: string, to: string): Variables {
  const moved = (path: string): string =>
    path === from || path.startsWith(from + sep) ? to + path.slice(from.length) : path;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value.split(delimiter).map(moved).join(delimiter)]),
  );
}

/** Names of the environments that installers write into. */
const environments = new Set(['VIRTUAL_ENV', 'CONDA_PREFIX']);

/**
 * For a run in a checkout: its own virtual environment comes first, and one elsewhere is not named, because an installer
 * would put the checkout, which is removed later, into that.
 */
export function inOwnEnvironment(variables: Variables, checkout: string): Variables {
  const kept = Object.entries(variables).filter(
    ([name, value]) => !environments.has(name) || value.startsWith(checkout + sep),
  );
  const { PATH: path, ...others } = Object.fromEntries(kept);
  return path === undefined ? others : { ...others, PATH: [join(checkout, '.venv', 'bin'), path].join(delimiter) };
}
