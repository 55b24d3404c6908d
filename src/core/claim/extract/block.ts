/** Why a block of Markdown is not read at all, or that it is. */
type BlockKind = 'prose' | 'row' | 'code' | 'quote' | 'heading' | 'table header' | 'tool output' | 'not ticked';

/** A stretch of Markdown with one role: a paragraph, a list item, a table row, or something that claims nothing. */
export interface Block {
  readonly kind: BlockKind;
  /** UTF-16 offsets of its words, without the list marker. */
  readonly start: number;
  readonly end: number;
  readonly item: boolean;
  /** Its box is ticked: `[x]`. */
  readonly ticked: boolean;
  /** The heading, the label that opens the list ("Next steps:") or the table's header that governs it. */
  readonly under: readonly string[];
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly indent: number;
  readonly text: string;
}

interface Open {
  kind: BlockKind;
  start: number;
  end: number;
  item: boolean;
  ticked: boolean;
  under: readonly string[];
}

/** Reads Markdown line by line, once; a fence that is never closed runs to the end. */
export function blocksOf(text: string): readonly Block[] {
  const reader = new BlockReader(text);
  for (const line of linesOf(text)) reader.take(line);
  return reader.blocks;
}

const bullet = /^(?:[-*+•]|\d{1,3}[.)])[ \t]+/;
const box = /^[*_]*(?:\[([ xX])\]|([☐□▢⬜]))[ \t]+/;

/** The second is a step of a scenario that somebody wants: "**And** tests pass". */
const opensQuote = /^>|^(?:[-*] )?\*\*(?:Given|When|Then|And)\*\* /;

const plain = { item: false, ticked: false };

class BlockReader {
  readonly blocks: Open[] = [];
  private readonly text: string;
  private fence = '';
  private comment = false;
  private heading = '';
  private label = { text: '', indent: -1 };
  private header = '';
  private inList = false;
  /** The line before ends in a colon. */
  private opened = false;
  private last: Open | undefined;

  constructor(text: string) {
    this.text = text;
  }

  take(line: Line): void {
    if (this.inside(line)) return this.add('code', line, 0);
    if (line.text === '') {
      this.last = undefined;
      this.header = '';
      return;
    }
    if (opensQuote.test(line.text) || (this.last?.kind === 'quote' && !startsBlock(line.text))) {
      return this.add('quote', line, 0);
    }
    if (line.indent >= 4 && this.last === undefined && !this.inList && !bullet.test(line.text)) {
      return this.add('code', line, 0);
    }
    if (this.last?.kind === 'code' && line.indent >= 4) return this.add('code', line, 0);
    if (/^#{1,6}(?:[ \t]|$)/.test(line.text)) return this.openSection(line);
    if (line.text.startsWith('|')) return this.takeRow(line);
    this.takeProse(line);
  }

  /** Fenced code and HTML comments; returns true while inside, their opening and closing lines included. */
  private inside(line: Line): boolean {
    if (this.fence !== '') {
      const run = runOf(line.text, this.fence.charAt(0));
      if (run.length >= this.fence.length && line.text.length === run.length) this.fence = '';
      return true;
    }
    if (this.comment || line.text.startsWith('<!--')) {
      this.comment = !line.text.includes('-->');
      return true;
    }
    const fenced = line.text.replace(bullet, '');
    const run = runOf(fenced, fenced.charAt(0) === '~' ? '~' : '`');
    if (run.length < 3 || fenced.includes('`', run.length)) return false;
    this.fence = run;
    return true;
  }

  private openSection(line: Line): void {
    this.heading = line.text.toLowerCase();
    this.label = { text: '', indent: -1 };
    this.inList = false;
    this.add('heading', line, 0);
    this.last = undefined;
  }

  private takeRow(line: Line): void {
    if (/^[|:\- \t]+$/.test(line.text) && line.text.includes('-')) {
      if (this.last?.kind === 'row') {
        this.last.kind = 'table header';
        this.header = this.text.slice(this.last.start, this.last.end).toLowerCase();
      }
      return;
    }
    this.last = undefined;
    this.add('row', line, 0);
  }

  private takeProse(line: Line): void {
    const marker = bullet.exec(line.text)?.[0].length ?? 0;
    const words = line.text.slice(marker);
    const boxed = box.exec(words);
    const ticked = /x/i.test(boxed?.[1] ?? '');
    const item = marker > 0 || boxed !== null;
    const toolOutput =
      /^(?:\$ |PASS |FAIL |test result:|ok {2,}|\/\/|echo |console\.|print\(|test\(|it\()|\S {3,}\S/.test(words);
    const kind = boxed !== null && !ticked ? 'not ticked' : toolOutput ? 'tool output' : 'prose';
    const labelled = this.opened && this.last !== undefined;
    if (item || labelled || kind === 'tool output' || this.last?.kind !== kind) this.last = undefined;
    if (item && line.indent <= this.label.indent) this.label = { text: '', indent: -1 };
    if (!item && !labelled && this.last === undefined && !(this.inList && line.indent >= 2)) {
      this.inList = false;
      this.label = { text: '', indent: -1 };
    }
    if (item) this.inList = true;
    this.add(kind, line, marker + (boxed?.[0].length ?? 0), { item, ticked });
    this.opened = /:[*_]*$|^(?:\*\*|__)[^*_]+(?:\*\*|__)$/.test(line.text);
    if (this.opened) this.label = { text: line.text.toLowerCase(), indent: item ? line.indent : -1 };
  }

  private add(kind: BlockKind, line: Line, skip: number, { item, ticked } = plain): void {
    if (this.last?.kind === kind && kind !== 'row') {
      this.last.end = line.end;
      return;
    }
    const under = [this.heading, this.label.text, this.header].filter((words) => words !== '');
    this.last = { kind, start: line.start + skip, end: line.end, item, ticked, under };
    this.blocks.push(this.last);
  }
}

function startsBlock(text: string): boolean {
  return /^(?:#{1,6}[ \t]|```|~~~)/.test(text) || bullet.test(text);
}

function runOf(text: string, char: string): string {
  let length = 0;
  while (length < text.length && text.charAt(length) === char) length++;
  return text.slice(0, length);
}

/** Lines without their indentation and trailing blanks; offsets are those of the words. */
function* linesOf(text: string): Generator<Line> {
  let at = 0;
  while (at <= text.length) {
    let stop = at;
    while (stop < text.length && text[stop] !== '\n' && text[stop] !== '\r') stop++;
    let start = at;
    let indent = 0;
    while (start < stop && (text[start] === ' ' || text[start] === '\t')) indent += text[start++] === '\t' ? 4 : 1;
    let end = stop;
    while (end > start && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
    yield { start, end, indent, text: text.slice(start, end) };
    at = stop + (text[stop] === '\r' && text[stop + 1] === '\n' ? 2 : 1);
  }
}
