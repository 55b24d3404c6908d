/** Characters of removed lines that are kept: a larger hunk counts as another text. */
const most = 2 ** 20;
const newline = 10;

/** Whether a hunk's added lines say what its removed ones did, but for white space. Both come in pieces, these first. */
export function respacing() {
  /** With the sign that each line begins with. */
  let removed = '';
  let at = 0;
  let isSame = false;

  /** To the next character that shows. */
  function toNext(): void {
    let code = removed.charCodeAt(at);
    while (isSpace(code)) {
      at += code === newline ? 2 : 1;
      code = removed.charCodeAt(at);
    }
  }
  return {
    begin(removes: boolean): void {
      removed = '';
      at = 1;
      isSame = removes;
    },
    remove(piece: string): void {
      isSame &&= removed.length + piece.length <= most;
      if (isSame) removed += piece;
    },
    /** Without a sign. Nearly always the first characters tell. */
    add(text: string, from: number, to: number): void {
      for (let next = from; isSame && next < to; next++) {
        const code = text.charCodeAt(next);
        if (isSpace(code)) continue;
        toNext();
        isSame = removed.charCodeAt(at++) === code;
      }
    },
    end(): boolean {
      if (isSame) toNext();
      isSame &&= at >= removed.length;
      removed = '';
      return isSame;
    },
  };
}

/** Of ASCII, as git has it: what else is white is several bytes here. */
function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}
