/** A seeded source of numbers: the same seed always gives the same sequence, on every machine. */
export interface Random {
  /** 32 random bits, as an integer in [0, 2^32). */
  bits(): number;
  /** Uniform in [0, 1). */
  uniform(): number;
  /** A whole number in [0, n). */
  below(n: number): number;
}

/** xoshiro128** 1.1 (Blackman & Vigna, ACM TOMS 47:4, 2021), its state spread from the seed by SplitMix32. */
export function seededRandom(seed: number): Random {
  const next = splitMix32(seed);
  return randomFrom([next(), next(), next(), next()]);
}

/** The bare generator, from 128 bits of state that are not all zero. */
export function randomFrom(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  const bits = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const uniform = (): number => bits() / 2 ** 32;
  return { bits, uniform, below: (n) => Math.floor(uniform() * n) };
}

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

/** SplitMix with the 32-bit finaliser of MurmurHash3 (Steele et al., OOPSLA 2014). */
function splitMix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
}

/** A standard normal draw (Box & Muller, Ann. Math. Stat. 29, 1958). */
export function normalDraw(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}
