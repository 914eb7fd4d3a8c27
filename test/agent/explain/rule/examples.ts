import type { Example } from './examples/example.ts';
import { memoryEnds } from './examples/memory.ts';
import { programEnds } from './examples/programs.ts';
import { unrecorded } from './examples/removed.ts';
import { serverEnds } from './examples/servers.ts';

/** Ends that nobody witnessed, with no more evidence than a rule needs. */
export const examples: readonly Example[] = [
  ...memoryEnds,
  ...serverEnds,
  ...programEnds,
  ...unrecorded,
];
