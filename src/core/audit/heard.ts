import { extract } from '../claim/extract/extract.ts';
import { tallyOf } from './tally.ts';

interface Said {
  readonly order: number;
  /** Place in the file. */
  readonly at: number;
  readonly text: string;
  /** Kinds of parts that it backs; read when first asked, because most of what is said is never asked about. */
  kinds?: ReadonlySet<string>;
}

/** What others said in a session, the newest of it: persons, or workers. */
export class Heard {
  private said: Said[] = [];
  private characters = 0;
  private readonly read: (text: string) => ReadonlySet<string>;

  constructor(read: (text: string) => ReadonlySet<string>) {
    this.read = read;
  }

  add(one: Said): void {
    if (one.text.length > longestText) return;
    this.said.push(one);
    this.characters += one.text.length;
    if (this.characters <= mostCharacters) return;
    this.said = this.said.slice(-Math.ceil(this.said.length / 2));
    this.characters = this.said.reduce((sum, { text }) => sum + text.length, 0);
  }

  isAfter(order: number): boolean {
    return (this.said.at(-1)?.order ?? -1) > order;
  }

  /** The newest after `order` that backs a part of this kind. */
  lastOf(kind: string, order = -1): Said | undefined {
    return this.said.findLast((one) => one.order > order && (one.kinds ??= this.read(one.text)).has(kind));
  }
}

const longestText = 200_000;
const mostCharacters = 8_000_000;

/** A run that a person pastes speaks for itself, whatever is written around it. */
export function kindsShown(text: string): ReadonlySet<string> {
  const tally = tallyOf(text);
  if (tally === undefined) return kindsSaid(text);
  return new Set(tally.failed === 0 && tally.passed > 0 ? ['tests-pass'] : []);
}

export function kindsSaid(text: string): ReadonlySet<string> {
  const parts = extract(text.slice(0, 100_000));
  return new Set(parts.filter(({ expected }) => (expected?.failed ?? 0) === 0).map(({ kind }) => kind));
}
