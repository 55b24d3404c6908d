import { z } from 'zod';
import { deferred } from '../deferred.ts';
import { Actor } from '../actor.ts';
import { Part } from './part.ts';

const objectName = deferred(() => z.string().regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'a full git object name'));

/** What the claim is about, fixed when it is made. Work without a repository has a target too. */
export const Target = deferred(() =>
  z.object({
    /** The repository's name or URL, for people; identity is the commit and tree. */
    repository: z.string().max(2000).optional(),
    commit: objectName.optional(),
    /** The working tree's hash, untracked files that are not ignored included. */
    tree: objectName.optional(),
    branch: z.string().max(1000).optional(),
    environment: z.string().max(200).optional(),
    url: z.string().max(2000).optional(),
    database: z.string().max(200).optional(),
  }),
);
export type Target = Readonly<z.infer<typeof Target>>;

const Session = deferred(() =>
  z.object({
    agent: z.string().max(200),
    id: z.string().max(200),
    turn: z.string().max(200).optional(),
    model: z.string().max(200).optional(),
    /** The model's own id of the response that has these words. */
    response: z.string().max(200).optional(),
  }),
);
export type Session = Readonly<z.infer<typeof Session>>;

const Via = deferred(() => z.enum(['cli', 'hook', 'mcp', 'api', 'git', 'forge', 'transcript']));
export type Via = z.infer<typeof Via>;

/** An actor's statement that something is true of the work. */
export const Claim = deferred(() =>
  z.object({
    id: z.uuidv7(),
    pod: z.string().min(1).max(200),
    claimant: Actor,
    /** Who else had a part in what is claimed, as co-authors and agents that assisted. */
    beside: z.array(Actor).max(20).optional(),
    statement: z.string().min(1).max(16_000),
    parts: z.array(Part).min(1).max(100),
    target: Target,
    /** The intent whose acceptance this is, if any. */
    intent: z.string().max(200).optional(),
    /** The id of the claim that this one only passes on. */
    relays: z.uuidv7().optional(),
    session: Session.optional(),
    /** A standing claim is about present reality and is looked at again and again. */
    standing: z.boolean().default(false),
    claimedAt: z.iso.datetime(),
    via: Via,
  }),
);
export type Claim = Readonly<z.infer<typeof Claim>>;

/** The claimant takes a claim, or some of its parts, back. */
export const Withdrawal = deferred(() =>
  z.object({
    claim: z.uuidv7(),
    /** Absent: the whole claim. */
    parts: z.array(z.string()).min(1).optional(),
    by: Actor,
    reason: z.string().max(4000).optional(),
    withdrawnAt: z.iso.datetime(),
  }),
);
export type Withdrawal = Readonly<z.infer<typeof Withdrawal>>;
