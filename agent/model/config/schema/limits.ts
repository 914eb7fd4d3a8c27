import * as v from 'valibot';
import type { SessionLimits } from '../config.ts';
import { mapping, size, wholeNumber } from '../fields.ts';

/** Below 1 MiB no shell starts. */
const memory = () => size('1MiB', '1TiB');

/** What a session may use; a key without a field in `SessionLimits` does not compile, nor the other way round. */
export const limits = mapping({
  memoryMax: v.pipe(
    v.optional(memory()),
    v.description('A session that needs more than this is ended, all of it, and comes back.'),
    v.examples(['2GiB']),
  ),
  memoryHigh: v.pipe(
    v.optional(memory()),
    v.description(
      'Above this the kernel slows the session down and takes memory back from it. At most `memoryMax`.',
    ),
    v.examples(['1536MiB']),
  ),
  tasksMax: v.pipe(
    v.optional(wholeNumber(1, 4_194_304)),
    v.description('How many processes and threads the session may have.'),
    v.examples([512]),
  ),
  cpuWeight: v.pipe(
    v.optional(wholeNumber(1, 10_000)),
    v.description(
      'Its share of the processors where sessions compete for them; one without has 100.',
    ),
    v.examples([50]),
  ),
} satisfies Record<keyof SessionLimits, v.GenericSchema>);
