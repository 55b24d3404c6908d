import type { Scope } from '../../core/debt/diagnosis.ts';

/** A scope and where it stands on the page. */
export interface Placed {
  readonly scope: Scope;
  /** Begin of all its ids: made of places, never of names. */
  readonly id: string;
}
