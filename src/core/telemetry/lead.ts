import { z } from 'zod';
import { printable, redact } from '../claim/redact.ts';
import { deferred } from '../deferred.ts';

/** What a tool itself told of one call of its agent: it says where to look, and never decides anything. */
export const Lead = deferred(() =>
  z.object({
    /** The call's, in its session; the same when it is told again. */
    id: z.string().min(1).max(200),
    agent: z.string().min(1).max(200),
    session: z.string().min(1).max(200),
    turn: z.string().max(200).optional(),
    tool: z.string().min(1).max(200),
    /** For a shell. */
    command: z.string().max(2000).optional(),
    /** Files that it wrote if it succeeded. */
    writes: z.array(z.string().max(500)).max(20).optional(),
    /** By the tool's own account; absent where it does not say. */
    succeeded: z.boolean().optional(),
    /** Why not, by the same account. */
    error: z.string().max(300).optional(),
    /** That it made, as it names it. */
    commit: z
      .string()
      .regex(/^[0-9a-f]{4,64}$/)
      .optional(),
    /** By the clock of the machine that tells it. */
    occurredAt: z.iso.datetime(),
  }),
);
export type Lead = Readonly<z.infer<typeof Lead>>;

/** Whose leads are asked for. */
export interface OfSession {
  readonly agent: string;
  readonly id: string;
}

/** What was heard on this machine, in no repository: a tool does not say in which it works. Throws LEADS. */
export interface Leads {
  /** Newest first; of all sessions, or of one up to a time. */
  newest(most: number, of?: OfSession & { readonly until: string }): Promise<readonly Lead[]>;
  /** On disk when it is done; one that is known already stays as it was first told. Answers how many are new. */
  keep(leads: readonly Lead[]): Promise<number>;
}

const longest = { command: 2000, error: 300, writes: 500 } as const;
/** Nothing behind it is looked at: an error may quote all that a command printed. */
const mostRead = 50_000;

/** Without secrets and control characters, and no longer than a lead may be. */
export function cleaned(lead: Lead, secrets: (text: string) => string = redact): Lead {
  const { command, error, writes } = lead;
  // First what a terminal would not show: it could keep a secret from being known.
  const clean = (text: string, most: number): string => secrets(printable(text.slice(0, mostRead))).slice(0, most);
  return {
    ...lead,
    ...(command === undefined ? {} : { command: clean(command, longest.command) }),
    ...(error === undefined ? {} : { error: clean(error, longest.error) }),
    ...(writes === undefined ? {} : { writes: writes.slice(0, 20).map((path) => clean(path, longest.writes)) }),
  };
}
