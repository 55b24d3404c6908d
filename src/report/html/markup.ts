import { visible } from '../../core/visible.ts';

/** HTML that is safe to join: only `markup` makes it, and only from templates of this code. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = Markup | string | number | undefined | false | readonly Piece[];

/** Every interpolated text is escaped, in elements and in quoted attributes; what is undefined or false shows nothing. */
export function markup(template: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const parts = template.map((part, at) => part + textOf(pieces[at]));
  return new Markup(parts.join(''));
}

function textOf(piece: Piece): string {
  if (piece === undefined || piece === false) return '';
  if (piece instanceof Markup) return piece.text;
  return typeof piece === 'object' ? piece.map(textOf).join('') : escaped(String(piece));
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What a browser does not show, or what turns the direction of reading, is written out. */
function escaped(text: string): string {
  return visible(text).replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
