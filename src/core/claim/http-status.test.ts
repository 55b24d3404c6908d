import { expect, test } from 'vitest';
import { whyAnotherAnswered } from './http-status.ts';

test.each([
  ['http://example.org/', 'https://www.example.org/', undefined],
  ['https://example.org/app', 'https://example.org/app/home', undefined],
  ['https://example.org/login', 'https://example.org/login/', undefined],
  ['https://example.org/blog', 'https://example.org/blogging', undefined],
  ['https://example.org/app', 'https://example.org/users/sign_in', 'a page to sign in answered in its place'],
  ['https://example.org/app', 'https://example.org/auth/login?next=app', 'a page to sign in answered in its place'],
  ['https://app.vercel.app/', 'https://vercel.com/sso-api?url=x', 'a page to sign in answered in its place'],
  ['https://example.org/', 'https://team.cloudflareaccess.com/cdn', 'a page to sign in answered in its place'],
  ['https://example.org/', 'https://parking.example.com/', 'parking.example.com answered in its place'],
  ['http://127.0.0.1:1/', 'http://127.0.0.2:1/', '127.0.0.2 answered in its place'],
])('%s, redirected to %s: %s', (asked, answered, why) => {
  expect(whyAnotherAnswered(asked, answered)?.why).toBe(why);
});
