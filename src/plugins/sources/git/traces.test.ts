import { describe, expect, test } from 'vitest';
import { tracesIn } from './traces.ts';
import { trailersOf } from './trailers.ts';

const none = { issue: false, discussion: false, decision: false, reason: false };

describe('what ties a change to a reason', () => {
  test.each([
    ['Fix it\n\nChange-Id: I77bd04dd8c5401b0f0afcda43daffd6556c6e584', { discussion: true }],
    ['Fix it\n\nReviewed-on: https://go.dev/cl/1234', { discussion: true }],
    ['Fix it\n\nChange-Id: I77bd04dd8c5401b0f0afcda43daffd6556c6e584\r', { discussion: true }],
    ['Fix it\r\r\n\r\r\nReviewed-on: https://go.dev/1234\r\r\n', { discussion: true }],
    ['Fix it (#12)', { discussion: true }],
    ['Fix it\n\nFixes #12', { issue: true }],
    ['[ABC-12] Fix it', { issue: true }],
    ['Fix it as ADR-7 says', { decision: true }],
    ['Fix it\n\nThe parser took the second name for the first one again.', { reason: true }],
    ['Fix it\n\nChange-Id: none', {}],
    ['Use UTF-8 and SHA-256', {}],
    ['Fix it\n\nSigned-off-by: Ada <ada@example.org>', {}],
  ])('%j', (message, found) => {
    expect(tracesIn([message], trailersOf(message), [])).toEqual({ ...none, ...found });
  });
});
