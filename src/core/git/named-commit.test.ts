import { expect, test } from 'vitest';
import type { Part } from '../claim/part.ts';
import { commitNamed, isRequest, missedBranches, remoteBranchNamed } from './named-commit.ts';

function part(...names: string[]): Part {
  return { id: 'p1', kind: 'pushed', scope: 'named', names, options: {} };
}

test('a commit is named by seven or more hexadecimal digits', () => {
  expect(commitNamed(part('origin/main', '6d48b0c'))).toEqual({ commit: '6d48b0c' });
  expect(commitNamed(part('6d48b0'))).toEqual({});
  expect(commitNamed(part('defaced'))).toEqual({});
  expect(commitNamed(part())).toEqual({});
});

test('a remote branch is named with its remote', () => {
  expect(remoteBranchNamed(part('origin/feature/x'))).toEqual({ remote: 'origin', branch: 'feature/x' });
  expect(remoteBranchNamed(part('feature/x'))).toEqual({});
});

test('work that was found on another branch than those that are named', () => {
  expect(missedBranches(part('main'), ['feature', 'origin'])).toEqual(['main']);
  expect(missedBranches(part('release/1'), ['main', 'origin'])).toEqual(['release/1']);
  for (const name of ['main', 'origin/main', 'origin', 'upstream', '6d48b0c', 'fork'])
    expect(missedBranches(part(name), ['main', 'fork']), name).toEqual([]);
  expect(missedBranches(part('v1', 'main'), ['main'])).toEqual([]);
});

test('a request is named by its number', () => {
  for (const name of ['#12', '!7', 'PR #12', 'pull request 12', '1586']) expect(isRequest(name), name).toBe(true);
  for (const name of ['main', 'v12', 'feature-12', undefined]) expect(isRequest(name), name).toBe(false);
});
