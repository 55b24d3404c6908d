import fc from 'fast-check';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { expect, test } from 'vitest';
import { partKinds } from '../../core/claim/part.ts';
import { longest, PullRequestResult } from '../../core/pull-request/result.ts';
import { pullRequestComment } from './pull-request.ts';

const run = 'https://github.com/octo-org/octo-repo/actions/runs/1';

function resultOf(text: string, parts = 1): PullRequestResult {
  const part = { kind: partKinds[0], words: text, verdict: 'contradicted', because: text };
  return PullRequestResult.parse({
    version: 1,
    pullRequest: { number: 7, head: 'a'.repeat(40) },
    claims: [
      { place: 'commit', commit: 'a'.repeat(40), agent: text, parts: Array.from({ length: parts }, () => part) },
    ],
    unread: [text],
  });
}

function tagsOf(result: PullRequestResult): readonly string[] {
  const { text } = pullRequestComment(result, run);
  const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  return [...html.replaceAll('<!-- -->', '').matchAll(/<[^>]*>/g)].map(([tag]) => tag);
}

const pieces = [
  '|',
  '\\',
  '\\|',
  '\n',
  '\n\n# ',
  '<b>',
  '</td>',
  '<!--',
  '-->',
  '`',
  '```',
  '[a](http://b)',
  '![a](b)',
  '**',
  '@b',
  '#1',
  'https://a.b',
  '- ',
  '$x$',
  'a',
  '\u0000',
];
const hostile = fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 8 }).map((all) => `${all.join('')}x`);

test('no text of a result changes what the comment is made of', () => {
  const before = tagsOf(resultOf('x'));
  expect(before).toEqual(expect.arrayContaining(['<!-- factum:pull-request -->', '<table>', '<li>']));
  fc.assert(
    fc.property(hostile, (text) => {
      expect(tagsOf(resultOf(text))).toEqual(before);
    }),
    { numRuns: 250 },
  );
});

test('the largest result fits into a comment', () => {
  const { text } = pullRequestComment(resultOf('@'.repeat(longest.agent), longest.parts), run);
  expect(text).toMatch(/And \d+ more: see the run\./);
  const part = {
    kind: partKinds[0],
    verdict: 'contradicted',
    words: '@'.repeat(longest.words),
    because: '@'.repeat(longest.because),
  };
  const claim = {
    place: 'commit',
    commit: 'a'.repeat(40),
    agent: '@'.repeat(longest.agent),
    parts: Array.from({ length: 100 }, () => part),
  };
  const most = {
    ...resultOf('x'),
    claims: Array.from({ length: longest.claims }, () => claim),
    unread: Array.from({ length: 20 }, () => '@'.repeat(longest.unread)),
  };
  // GitHub takes 65,536 characters.
  expect(pullRequestComment(PullRequestResult.parse(most), run).text.length).toBeLessThan(65_536);
});
