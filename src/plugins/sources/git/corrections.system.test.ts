import { afterAll, expect, test } from 'vitest';
import type { Fact } from '../../../core/signal/fact.ts';
import { openGit } from '../../../host/git/git.ts';
import { historyPorts } from '../../../host/git/history-ports.ts';
import { testRoom } from '../../../../test/repository.ts';
import { git } from './git.ts';

const room = testRoom();
afterAll(room.remove);

async function correctionsIn(dir: string) {
  const facts: Fact[] = [];
  const options = git.options.parse({ repository: 'test', lines: false, latest: Date.UTC(2090, 0) });
  await git.run({ ports: historyPorts(openGit({ dir, trusted: false })), options, emit: (fact) => facts.push(fact) });
  return facts
    .filter((fact) => fact.kind === 'correction')
    .map(({ how, resolvedBy, target }) => [how, resolvedBy, target?.id]);
}

test('what a commit takes back is named in more words than git writes, and what loses a part is mended', async () => {
  const repository = room.repository();
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => repository.commit(`Add ${name}`)) as [
    string,
    string,
    string,
    string,
  ];
  repository.commit(`Undo a\n\nThis reverts ${a.slice(0, 12)} ("Add a").`);
  repository.commit(`Revert ${b.slice(0, 12)}: no need of it`);
  repository.commit(`Undo c\n\nReverts commit ${c}. Now that`);
  repository.commit(`Undo some of a\n\nThis partially reverts commit ${a}.`);
  repository.commit(`Undo some of b\n\nPartial revert of ${b}.`);
  repository.commit(`Explain d\n\nA later change\nreverts ${d}.\n> Reverts ${d}.`);
  expect(await correctionsIn(repository.dir)).toEqual([
    ['revert', 'sha', a],
    ['revert', 'sha', b],
    ['revert', 'sha', c],
    ['fix', 'sha', a],
    ['fix', 'sha', b],
  ]);
});

test('a merge of the branch that GitHub makes for a revert names the pull request, whatever its title became', async () => {
  const repository = room.repository();
  repository.commit('Begin');
  function merged(number: number, branch: string, subject: string): string {
    repository.git('checkout', '-q', '-b', branch);
    repository.commit(subject);
    repository.git('checkout', '-q', 'main');
    const message = `Merge pull request #${number} from octo/${branch}\n\n${subject}`;
    repository.git('merge', '-q', '--no-ff', '-m', message, branch);
    return repository.git('rev-parse', 'HEAD').trim();
  }
  const thing = merged(7, 'thing', 'A thing');
  merged(8, 'revert-7-thing', 'Revert "A thing that was called otherwise"');
  merged(9, 'revert-77-thing', 'Tidy up');
  // Made in a fork, where number 7 is another one.
  merged(10, 'revert-7-other', 'Revert "A thing of the fork"');
  expect(await correctionsIn(repository.dir)).toEqual([
    ['revert', 'pull-request', thing],
    ['revert', 'nothing', undefined],
  ]);
});
