/** A figure with its interval. */
export interface Estimate {
  readonly value: number;
  readonly lo: number;
  readonly hi: number;
}

/** `k` of `n`: a share with its count. */
export interface Proportion {
  readonly k: number;
  readonly n: number;
}
