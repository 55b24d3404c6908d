import type { ReadContext } from '../../core/operation.ts';
import type { AgentCommit } from '../../core/pull-request/statements.ts';

/** More than anybody reads; the newest are looked at. */
const mostCommits = 500;
const fields = ['%H', '%an', '%ae', '%cn', '%ce', '%B'];

/** Commits of a pull request in which an agent left its mark, newest first; or why they could not be read. */
export async function agentCommits(
  { ports, recogniser }: ReadContext,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<readonly AgentCommit[] | { readonly unread: string }> {
  const form = [`--max-count=${mostCommits}`, '--no-merges', '-z', `--format=${fields.join('%x00')}`];
  const answer = await ports.git(['log', ...form, '--end-of-options', `${base}..${head}`, '--']);
  if (!answer.ok) return { unread: `messages of commits: ${answer.message}` };
  if (answer.value.exit !== 0)
    return { unread: `messages of commits: ${base.slice(0, 12)} is not in this checkout (fetch-depth: 0)` };
  const agentIn = await recogniser();
  return commitsIn(answer.value.stdout).flatMap(([commit, name, email, committer, address, message]) => {
    const tool = agentIn({
      author: { name, email },
      committer: { name: committer, email: address },
      message,
    });
    return tool === undefined ? [] : [{ commit, tool, message }];
  });
}

type CommitFields = readonly [string, string, string, string, string, string];

function commitsIn(output: string): readonly CommitFields[] {
  const values = output.split('\0');
  const commits: CommitFields[] = [];
  for (let at = 0; at + fields.length <= values.length; at += fields.length)
    commits.push(values.slice(at, at + fields.length) as unknown as CommitFields);
  return commits;
}
