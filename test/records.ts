import { execFileSync } from 'node:child_process';
import type { ChangeFact, Coverage, RequestFact } from '../src/core/signal/fact.ts';
import type { SourcePorts } from '../src/core/signal/source.ts';
import { openGit } from '../src/host/git/git.ts';
import { historyPorts } from '../src/host/git/history-ports.ts';
import { git } from '../src/plugins/sources/git/git.ts';
import type { TestRepository } from './repository.ts';

export const portsOf = ({ dir }: TestRepository): SourcePorts => historyPorts(openGit({ dir, trusted: false }));

export async function read(
  repository: TestRepository,
  ports = portsOf(repository),
): Promise<{
  changes: readonly ChangeFact[];
  requests: readonly RequestFact[];
  coverage: Coverage;
}> {
  const [changes, requests]: [ChangeFact[], RequestFact[]] = [[], []];
  const options = git.options.parse({ repository: 'test' });
  const coverage = await git.run({
    ports,
    options,
    emit: (fact) => {
      if (fact.kind === 'change') changes.push(fact);
      if (fact.kind === 'request') requests.push(fact);
    },
  });
  if (!coverage.ok) throw new Error(coverage.message);
  return { changes, requests, coverage: coverage.value };
}

export const voicesOf = ({ reviews }: ChangeFact) =>
  reviews.map(({ from, voice, byKind }) => `${from} ${voice} ${byKind}`);

export function note({ dir }: TestRepository, ref: string, commit: string, text: string | Uint8Array): void {
  execFileSync('git', ['notes', `--ref=${ref}`, 'add', '-f', '-F', '-', commit], { cwd: dir, input: text });
}
