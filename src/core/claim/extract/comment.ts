/**
 * The statement with blanks for what HTML comments within its lines say, which nobody sees who reads it rendered. Offsets
 * stay. Comments that begin a line are blocks of their own; one that is never closed is text.
 */
export function withoutInlineComments(text: string): string {
  let shown = '';
  let at = 0;
  for (let start = text.indexOf('<!--'); start !== -1; start = text.indexOf('<!--', at)) {
    const end = text.indexOf('-->', start + 4);
    if (end === -1) break;
    const comment = text.slice(start, end + 3);
    shown += text.slice(at, start) + (beginsLine(text, start) ? comment : comment.replaceAll(/[^\r\n]/g, '\t'));
    at = end + 3;
  }
  return shown + text.slice(at);
}

function beginsLine(text: string, start: number): boolean {
  let at = start;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r';
}
