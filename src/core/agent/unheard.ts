/** Whose claim outlived its hook. */
export interface UnheardOf {
  readonly agent: string;
  readonly session?: string | undefined;
  readonly cwd?: string | undefined;
}

/** Claims that were still looked at when their hook had to answer; what was found is told at a later stop. */
export interface Unheard {
  /** Never throws: the answer of this stop says where to look, too. */
  add(claim: string, of: UnheardOf): Promise<void>;
  /** Ids of claims. Never throws: a stop is answered without it. */
  of(stop: UnheardOf): Promise<readonly string[]>;
  /** Never throws. */
  remove(claim: string): Promise<void>;
}
