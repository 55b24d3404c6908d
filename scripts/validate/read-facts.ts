import type { Coverage, Fact } from '../../src/core/signal/fact.ts';
import { openGit } from '../../src/host/git/git.ts';
import { historyPorts } from '../../src/host/git/history-ports.ts';
import { git } from '../../src/plugins/sources/git/git.ts';

/** All facts of a clone, as `factum` reads them. */
export async function readFacts(
  dir: string,
  asked: Readonly<Record<string, unknown>>,
): Promise<{ readonly facts: readonly Fact[]; readonly coverage: Coverage }> {
  const facts: Fact[] = [];
  const options = git.options.parse({ repository: dir, ...asked });
  const ports = historyPorts(openGit({ dir, trusted: false }));
  const read = await git.run({ ports, options, emit: (fact) => facts.push(fact) });
  if (!read.ok) throw new Error(`${dir}: ${read.message}`);
  return { facts, coverage: read.value };
}
