import { z } from 'zod';
import { deferred } from './deferred.ts';

/** Who did or said something. A commit without a mark of an agent is `undisclosed`, never `human`. */
const ActorKind = deferred(() => z.enum(['human', 'agent', 'bot', 'undisclosed']));
export type ActorKind = z.infer<typeof ActorKind>;

/** `id` is stable within a pod: an e-mail address for people, a tool name such as `claude-code` for agents. */
export const Actor = deferred(() =>
  z.object({
    kind: ActorKind,
    id: z.string().min(1).max(320),
    name: z.string().max(320).optional(),
    model: z.string().max(200).optional(),
  }),
);
export type Actor = Readonly<z.infer<typeof Actor>>;
