/** Where telemetry is received. */
export interface ReceiverWanted {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Further names that senders may reach it by, with their port where it has one. */
  readonly allowHosts: readonly string[];
}

/** How many records of a batch could not be read, and why; `all`: it is no batch. */
export interface Taken {
  readonly rejected: number | 'all';
  readonly why: string;
}

/** Gets the body of a request for logs. */
export type TakeLogs = (body: unknown) => Promise<Taken>;
