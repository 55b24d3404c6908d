interface Who {
  readonly name: string;
  readonly email: string;
}

export interface SignedMessage {
  readonly author: Who;
  readonly committer: Who;
  readonly message: string;
}

/** The tool that took part in a commit, by the marks that it left; undefined: none left one, which says nothing of humans. */
export type Recogniser = (commit: SignedMessage) => string | undefined;
