import { nodeCrypto } from '../node-crypto.ts';
import { pageScript } from './page-script.ts';
import { pageStyle } from './page-style.ts';

/** One page, complete in itself. `token` is base64url, which means nothing to HTML. */
export function pageHtml(token: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="factum-token" content="${token}">
<title>Factum</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<main>
<p class="brand"><b>Factum</b> on this machine</p>
<article>
<div class="inner">
<h1 id="title" tabindex="-1">One moment</h1>
<p id="lead">The page waits for the command.</p>
<section id="says" aria-labelledby="says-title" hidden><h2 id="says-title"></h2><dl id="facts"></dl></section>
<section id="shown" aria-labelledby="sheet-title" hidden><h2 id="sheet-title"></h2><pre id="sheet" tabindex="0"></pre></section>
<details id="exact" hidden><summary>The exact text that is signed</summary><pre id="bytes" tabindex="0"></pre></details>
</div>
<div id="actions" hidden>
<button id="go" type="button"></button>
<button id="no" type="button"></button>
<p id="status" role="status"></p>
</div>
</article>
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

/** Nothing from elsewhere, nothing kept, nothing framed. */
export function pageHeaders(type: string): Readonly<Record<string, string>> {
  return {
    'content-type': type,
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${sourceHash(pageScript)}`,
      `style-src ${sourceHash(pageStyle)}`,
      'img-src data:',
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ].join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'publickey-credentials-create=(self), publickey-credentials-get=(self)',
  };
}

function sourceHash(source: string): string {
  return `'sha256-${nodeCrypto().hash('sha256', source, 'base64')}'`;
}
