// Columns of a terminal. The packages for this build a segmenter and large pattern sets when they are loaded, which
// costs more than starting Node; here, characters beyond ASCII cost only texts that have some.

/** Wide and full-width blocks of Unicode's EastAsianWidth.txt, unassigned code points in them included. */
const wide: readonly (readonly [number, number])[] = [
  [0x11_00, 0x11_5f],
  [0x2e_80, 0x30_3e],
  [0x30_41, 0xa4_cf],
  [0xa9_60, 0xa9_7c],
  [0xac_00, 0xd7_a3],
  [0xf9_00, 0xfa_ff],
  [0xfe_10, 0xfe_19],
  [0xfe_30, 0xfe_6f],
  [0xff_01, 0xff_60],
  [0xff_e0, 0xff_e6],
  [0x1_6f_e0, 0x1_8d_08],
  [0x1_b0_00, 0x1_b2_ff],
  [0x2_00_00, 0x3_ff_fd],
];

const invisible = /[\p{Mn}\p{Me}\p{Cf}]/u;
const emoji = /\p{Emoji_Presentation}/u;
/** Two of them make one flag. */
const regional = /\p{Regional_Indicator}/u;

/** How many columns a text without control characters takes; an estimate for what terminals themselves draw differently. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += columnsOfOne(character);
  return columns;
}

/** Breaks at blanks; a word longer than a line begins where that saves a line. */
export function wrap(text: string, room: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ +/)) {
    const joined = line === '' ? word : `${line} ${word}`;
    const length = columnsOf(word);
    if (columnsOf(joined) <= room) {
      line = joined;
    } else if (length <= room || linesOf(length, room) < linesOf(columnsOf(joined), room)) {
      if (line !== '') lines.push(line);
      line = word;
    } else {
      line = joined;
    }
    while (columnsOf(line) > room) {
      const head = fitting(line, room);
      lines.push(head);
      line = line.slice(head.length);
    }
  }
  return [...lines, line];
}

/** The longest beginning that fits, one character at least. */
export function fitting(text: string, room: number): string {
  let kept = '';
  let columns = 0;
  for (const character of text) {
    columns += columnsOfOne(character);
    if (kept !== '' && columns > room) break;
    kept += character;
  }
  return kept;
}

function linesOf(columns: number, room: number): number {
  return Math.ceil(columns / room) - 1;
}

function columnsOfOne(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x3_00) return code === 0xad ? 0 : 1;
  if (invisible.test(character)) return 0;
  if (regional.test(character)) return 1;
  return emoji.test(character) || wide.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}
