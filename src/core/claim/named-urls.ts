import { z } from 'zod';
import { deferred } from '../deferred.ts';
import type { Target } from './claim.ts';
import type { Part } from './part.ts';

const WebUrl = deferred(() =>
  z
    .string()
    .max(2000)
    .regex(/^https?:\/\//i, 'a URL that begins with http:// or https://')
    .refine((url) => URL.canParse(url), 'not a URL'),
);

const WebUrls = deferred(() => z.union([WebUrl, z.array(WebUrl).min(1).max(20)]));

/** Schema of the option that names what to look at on the web. */
export function optionOfUrls() {
  return WebUrls.optional().describe('one URL or more; default: what the words or the target name');
}

/** That option, as far as the words and the target give it. */
export function urlOption(part: Part, target: Target): { readonly url?: readonly string[] } {
  const url = namedUrls(part, target);
  return url.length === 0 ? {} : { url };
}

/** URLs that the words name: whole ones, and paths such as `/health` on the target's URL; else the target's own. */
function namedUrls(part: Part, target: Target): readonly string[] {
  const named = (part.names ?? []).flatMap((name) => {
    if (/^https?:\/\//i.test(name) && URL.canParse(name)) return [new URL(name).href];
    if (name.startsWith('/') && target.url !== undefined && URL.canParse(name, target.url))
      return [new URL(name, target.url).href];
    return [];
  });
  if (named.length > 0) return [...new Set(named)].slice(0, 20);
  return target.url === undefined ? [] : [target.url];
}

/** As it may be shown and recorded: without user name and password. */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i, '$1');
}
