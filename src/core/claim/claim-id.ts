import { z } from 'zod';
import { deferred } from '../deferred.ts';

const shown = 8;

/** What people see of an id: its last digits tell claims of one day apart, the first ones are the time. */
export function shortId(id: string): string {
  return id.slice(-shown);
}

/** How people name a claim. */
export const ClaimName = deferred(() =>
  z.string().min(1).describe('id, whole or as it is shown, or a unique beginning or end of it'),
);

/** SQL LIKE patterns, one of which an id that is meant by `name` matches. */
export function likeNamed(name: string): readonly string[] {
  return [`${name}%`, `%${name}`, `%${name}${'_'.repeat(Math.max(0, shown - name.length))}`];
}
