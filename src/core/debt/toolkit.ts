import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { InputId } from './inputs.ts';

/** Who would run it. */
export interface Runners {
  /** Who wrote or reviewed a change of late; undefined where that is not known. */
  readonly people: number | undefined;
}

export interface ToolkitForm extends Omit<PluginForm, 'options'> {
  /** When it helps, in words that a pod can check. */
  readonly when: string;
  readonly steps: readonly string[];
  /** What it takes, for whom. */
  readonly time: string;
  /** Inputs that it should move; the same signals are read again at the review. */
  readonly moves: readonly InputId[];
  /** Author, year, where; `[F]` for what is Factum's own. */
  readonly source: string;
  /** Whether a pod of this size can run it at all. */
  readonly run: (runners: Runners) => boolean;
}

export type Toolkit = Readonly<ToolkitForm & PluginForm & { kind: 'toolkit' }>;

/** The one way to make a toolkit: an intervention that a pod can run. */
export function toolkit(form: ToolkitForm): Toolkit {
  return pluginOf('toolkit')({ options, ...form });
}

const options = z.strictObject({});

/** It takes so many people at least; where nobody knows how many there are, it may be run. */
export function atLeast(people: number): ToolkitForm['run'] {
  return (runners) => runners.people === undefined || runners.people >= people;
}

export const anybody: ToolkitForm['run'] = () => true;
