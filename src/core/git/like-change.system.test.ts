import { afterAll, expect, test } from 'vitest';
import { repositoryPorts, testRoom } from '../../../test/repository.ts';
import { openGit } from '../../host/git/git.ts';
import { inquire } from './inquiry.ts';
import { mayBeIn } from './like-change.ts';

const room = testRoom();
afterAll(() => room.remove());

type Files = Readonly<Record<string, string>>;

interface Case {
  readonly ours: Files;
  /** What main gets after both parted, and with which message. */
  readonly theirs: Files;
  readonly message?: string;
  readonly like: boolean;
}

const cases: Readonly<Record<string, Case>> = {
  'one line, replaced by another': {
    ours: { 'a.txt': 'one\nTWO\nthree\n' },
    theirs: { 'a.txt': 'one\ndeux\nthree\n' },
    like: true,
  },
  'one new line, edited': {
    ours: { 'a.txt': 'one\ntwo\nthree\ncall(1);\n' },
    theirs: { 'a.txt': 'one\ntwo\nthree\ncall(2);\n' },
    like: true,
  },
  'a line of one character': { ours: { 'l.txt': 'z\ny\n' }, theirs: { 'l.txt': 'w\ny\n' }, like: true },
  'a new file of one line': { ours: { 'n.txt': 'a new line\n' }, theirs: { 'n.txt': 'a newer line\n' }, like: true },
  'after a formatter': { ours: { 'n.ts': 'const a={b:1}\n' }, theirs: { 'n.ts': 'const a = { b: 1 };\n' }, like: true },
  'nothing of it but its subject': {
    ours: { 'n.txt': 'abc\n' },
    theirs: { 'n.txt': 'xyz\n' },
    message: 'Tiny work (#7)',
    like: true,
  },
  'its subject in the list of a squash': {
    ours: { 'n.txt': 'abc\n' },
    theirs: { 'n.txt': 'xyz\n' },
    message: 'All of it (#7)\n\n* tiny work\n\n* more',
    like: true,
  },
  'another line of the same file': {
    ours: { 'a.txt': 'one\ntwo\nthree\nmine\n' },
    theirs: { 'a.txt': 'ONE\ntwo\nthree\n' },
    like: false,
  },
  'the same subject, about another file': {
    ours: { 'n.txt': 'abc\n' },
    theirs: { 'm.txt': 'abc\n' },
    message: 'tiny work',
    like: false,
  },
};

test.each(Object.entries(cases))('%s', async (_, { ours, theirs, message = 'of somebody else', like }) => {
  const repository = room.repository();
  repository.commit('start', { 'a.txt': 'one\ntwo\nthree\n', 'l.txt': 'x\ny\n' });
  repository.git('checkout', '-q', '-b', 'feature');
  const commit = repository.commit('tiny work', ours);
  repository.git('checkout', '-q', 'main');
  const tip = repository.commit(message, theirs);
  const answers: boolean[] = [];
  await inquire(repositoryPorts(openGit({ dir: repository.dir, trusted: false })), [], async (inquiry) => {
    answers.push(await mayBeIn(inquiry, commit, tip), await mayBeIn(inquiry, commit, 'main^'));
    return { outcome: 'inconclusive', message: 'asked', boundTo: {} };
  });
  expect(answers).toEqual([like, false]);
});
