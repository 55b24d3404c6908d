/** What detection looks at: names of files, and the text of those it asks for. */
export interface Listing {
  /** Paths relative to the top, with `/`. */
  readonly files: ReadonlySet<string>;
  /** Undefined when it is not there or is not text. */
  read(path: string): string | undefined;
}

/** The first of `paths` that is there. */
export function firstOf(listing: Listing, ...paths: readonly string[]): string | undefined {
  return paths.find((path) => listing.files.has(path));
}

/** Whether the file is there and has `pattern`. */
export function has(listing: Listing, path: string, pattern: RegExp): boolean {
  return listing.files.has(path) && pattern.test(listing.read(path) ?? '');
}

/** A command that prepares a clean checkout. */
export interface SetupCommand {
  readonly command: string;
  readonly because: string;
}
