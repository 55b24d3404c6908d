/** What is not finished yet: parts that may be absent are set one by one. */
export type Draft<T> = { -readonly [Part in keyof T]: T[Part] };
