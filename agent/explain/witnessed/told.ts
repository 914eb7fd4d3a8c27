import type { Testimony } from '../../model/witnessed.ts';
import type { Evidence } from '../evidence.ts';

/** Evidence that the kernel speaks in. */
export type Told = Evidence & { testimony: Testimony };

export const isTold = (evidence: Evidence): evidence is Told => Boolean(evidence.testimony);
