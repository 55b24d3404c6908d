import { expect, test } from 'vitest';
import type { OpenHistory } from '../../core/operation.ts';
import { couldNotLook, seen } from '../../core/ports.ts';
import { podsAmong } from './pods.ts';
import { readHistory, refuseUnreadable } from './read-history.ts';

const head = 'f'.repeat(40);

/** Looks for a pod where there are these; tells what was done up to then. */
async function looking(pod: string, pods: readonly string[] | undefined, what: typeof refuse | typeof read) {
  const done: string[] = [];
  const history: OpenHistory = {
    name: 'test',
    git: () => Promise.resolve(seen({ exit: 0, stdout: head, stderr: '' })),
    agentCommits: () => Promise.resolve(seen(0)),
    pods({ revision }) {
      done.push(`pods of ${revision}`);
      return Promise.resolve(pods);
    },
    read() {
      done.push('read');
      return Promise.resolve(couldNotLook('broken', 'an object is missing'));
    },
    close: () => Promise.resolve(),
  };
  const wanted = { pods: [pod], now: 0, repositories: 1 };
  const told = await what(history, wanted).catch((error: unknown) => String(error));
  return { done, told };
}

const refuse = refuseUnreadable;
const read = (history: OpenHistory, wanted: Parameters<typeof refuseUnreadable>[1]) =>
  readHistory(history, { signals: [] }, wanted, { begin: () => () => {}, note() {}, show() {} });

test.each([
  ['one', read, 'pods of HEAD'],
  ['one of several', refuse, `pods of ${head}`],
])('a pod that there is not is told before anything is read: %s', async (_, what, asked) => {
  expect(await looking('wen', ['web', 'test'], what)).toEqual({
    done: [asked],
    told: expect.stringMatching(/test has no pod `wen` with a change: did you mean `web`\?$/),
  });
  expect((await looking('test', ['test'], what)).told).toMatch(
    /has no pod `test` with a change; it has none: pods come/,
  );
});

test('what there is, and what git cannot tell, is read', async () => {
  for (const pods of [['web'], undefined]) {
    expect(await looking('web', pods, read)).toEqual({
      done: ['pods of HEAD', 'read'],
      told: expect.stringContaining('an object is missing'),
    });
  }
});

test('a configured pod may be called as the repository is, which is no pod itself', () => {
  const pods = [
    { id: 'test', paths: ['web/**'] },
    { id: 'api', paths: ['api/**'] },
  ];
  const history = { name: 'test', config: { pods } } as unknown as OpenHistory;
  expect(podsAmong(history, ['test', 'api'])).toEqual(['api', 'test']);
  expect(podsAmong({ ...history, config: undefined } as unknown as OpenHistory, ['test', 'web'])).toEqual(['web']);
});
