import { markup, Markup } from './markup.ts';
import { style, styleHash } from './style.ts';

/** One file that needs nothing else: no script, no request. */
export function pageOf({
  title,
  schema,
  body,
}: {
  readonly title: string;
  readonly schema: string;
  readonly body: Markup;
}): string {
  const policy = `default-src 'none'; style-src '${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return `${
    markup`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,"><title>${title}</title><style>${new Markup(style)}</style></head>
<body><main>${body}</main>
<footer><p>${schema}. This file loads nothing and runs nothing.</p></footer></body></html>`.text
  }\n`;
}
