import type { Refused } from './admission.ts';

/** Envelopes that can be read again and again, by the SHA-256 (hex) under which each is offered. */
export interface EnvelopeSource {
  readonly names: readonly string[];
  /** In the order asked for. */
  read(names: readonly string[]): Promise<readonly (Uint8Array | Unread)[]>;
}

/** Why bytes were not read; what is too large never is. */
export type Unread = 'missing' | 'too-large';

export interface Admission {
  /** Names of what was appended, in the order of the log. */
  readonly admitted: readonly string[];
  /** Names of what was here before. */
  readonly known: readonly string[];
  readonly refused: readonly Refused[];
}

/** Where clones leave envelopes for each other. */
export interface EnvelopePeer {
  /** As messages call it. */
  readonly name: string;
  /** Throws REMOTE_UNREACHABLE. */
  look(): Promise<Shelf>;
}

/** What a peer has at one moment. */
export interface Shelf {
  readonly names: ReadonlySet<string>;
  /** Names of what somebody else left in this clone, as where it is itself the remote of another one. */
  readonly left: ReadonlySet<string>;
  /** Names whose bytes this clone has checked before. */
  readonly checked: ReadonlySet<string>;
  /** What is there and can be no envelope. */
  readonly refused: readonly Refused[];
  read: EnvelopeSource['read'];
  /**
   * Adds to what is there, and takes away what is bad for good; `moved`: somebody was faster, look again.
   * Throws REMOTE_UNREACHABLE, REMOTE_REFUSED.
   */
  offer(envelopes: EnvelopeSource, bad: ReadonlySet<string>): Promise<'same' | 'taken' | 'moved'>;
}

/** The ledger's side of an exchange. */
export interface Exchange {
  readonly own: {
    /** Name and index of all that are durable now, oldest first. */
    names(): Promise<ReadonlyMap<string, number>>;
    readonly read: EnvelopeSource['read'];
  };
  /** Appends what is good, names what is not. */
  admit(envelopes: EnvelopeSource): Promise<Admission>;
  /** A git remote; throws NO_REPOSITORY, NO_REMOTE. */
  peer(remote?: string): Promise<EnvelopePeer>;
}

/** For envelopes that are all in memory. */
export function sourceOf(envelopes: ReadonlyMap<string, Uint8Array>): EnvelopeSource {
  return { names: [...envelopes.keys()], read: async (names) => names.map((name) => envelopes.get(name) ?? 'missing') };
}
