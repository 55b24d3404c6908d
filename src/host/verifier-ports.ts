import type { Config } from '../core/config/config.ts';
import { couldNotLook, type VerifierPorts } from '../core/ports.ts';
import { findWorkspaceFiles, readWorkspaceFile } from './git/files.ts';
import { openGit } from './git/git.ts';
import type { Repository } from './git/repository.ts';
import { runWithin } from './git/submodules.ts';
import { npmSettings } from './npm-settings.ts';
import { matchPattern } from './pattern.ts';
import type { Runner } from './process/runner.ts';
import type { TrustGate } from './trust-gate.ts';
import { nodeCrypto } from './node-crypto.ts';

export interface VerifierPortsOptions {
  readonly config: Config;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly dir: string;
  readonly repository: Repository | undefined;
  readonly runner: Runner;
  readonly gate: TrustGate;
  readonly keep: VerifierPorts['keep'];
  now(): string;
}

/** The real world, as verifiers may ask for it. */
export function createVerifierPorts(options: VerifierPortsOptions): VerifierPorts {
  const { config, env, dir, repository, runner, gate, keep, now } = options;
  const outside = couldNotLook('not-allowed', `${dir} is not in a git repository`);
  const dnsServers = env['FACTUM_DNS_SERVERS']?.split(',');
  return {
    run: runner.run,
    environment: runner.environment,
    checkout: runner.checkout,
    readFile: readWorkspaceFile,
    findFiles: async (workspace, glob) =>
      repository === undefined ? outside : findWorkspaceFiles(repository.git, workspace, glob),
    async git(args, submodule) {
      if (repository === undefined) return outside;
      const git = (await gate.isOpen()) ? openGit({ dir, trusted: true }) : repository.git;
      return submodule === undefined ? git.run(args) : runWithin(git, submodule, args);
    },
    // Loaded when a verifier asks: Node's HTTP client alone takes longer to load than most commands run.
    http: async (request) => (await import('./net/http.ts')).createHttp(config.network)(request),
    page: async (request) => (await import('./net/page.ts')).createPage(config.network)(request),
    sql: async (request) => (await import('./net/sql.ts')).createSql({ databases: config.databases, env })(request),
    dns: async (name, type) =>
      (await import('./net/dns.ts')).createDns(dnsServers === undefined ? {} : { servers: dnsServers })(name, type),
    npmSettings: () => npmSettings(env),
    matches: matchPattern,
    keep,
    sha256: (content) => nodeCrypto().hash('sha256', content),
    now,
  };
}
