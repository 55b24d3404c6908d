import { z } from 'zod';
import { pluginOf, type PluginForm } from '../plugin.ts';
import type { Watched } from './watched.ts';

/** `segmentation` looks back over all of it, `online` compares with the baseline as weeks come in. */
export const roles = ['segmentation', 'online', 'trend'] as const;

/** Something that a detector takes for a change. */
export interface Finding {
  /** Index of the first observation of what is new. */
  readonly at: number;
  readonly direction: 1 | -1;
  /** The larger, the less like chance; how much is chance is found by drawing series in which nothing changes. */
  readonly strength: number;
}

export interface DetectorForm extends Omit<PluginForm, 'options'> {
  readonly role: (typeof roles)[number];
  readonly formula: string;
  readonly citation: string;
  readonly cannotSee: string;
  /** Whether it is the one to look at such a series; of the online ones exactly one is. */
  readonly fits: (watched: Watched) => boolean;
  /** What it finds; the same values always give the same findings. */
  readonly run: (watched: Watched) => readonly Finding[];
}
export type Detector = Readonly<DetectorForm & PluginForm & { kind: 'detector' }>;

/** The one way to make a detector. */
export function detector(form: DetectorForm): Detector {
  return pluginOf('detector')({ options: z.strictObject({}), ...form });
}
