import { visible } from '../../core/visible.ts';

/**
 * Text of others within a line of GitHub-flavoured Markdown: it shows as it is and makes no markup, link or list. An
 * empty comment keeps `@` and `#` from calling people and issues; `|` is left to the table.
 */
export function plain(text: string): string {
  return visible(text)
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\\`*_[\]~$^#]/g, String.raw`\$&`)
    .replaceAll('://', String.raw`:\//`)
    .replaceAll(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replaceAll(/^(?=[-+=])|(?<=^\d{1,9})(?=[.)])/g, '\\')
    .replaceAll(/[@#](?=\S)/g, '$&<!-- -->');
}

/** Words as Markdown, with every interpolated text escaped. */
export function md(template: TemplateStringsArray, ...texts: readonly (string | number)[]): string {
  return template.map((part, at) => part + (at < texts.length ? plain(String(texts[at])) : '')).join('');
}

/** The summary stands in a block of HTML, where Markdown is not read. */
export function folded(summary: string, block: string): string {
  const text = visible(summary)
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('@', '@<!-- -->');
  return `<details><summary>${text}</summary>\n\n${block}\n\n</details>`;
}
