import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { deathOf, recorded } from '../witnessed/case.ts';
import { fatal, leader, manager } from '../witnessed/composed/people.ts';
import type { Seen } from '../witnessed/read-trace.ts';

export type Facts = NonNullable<Evidence['facts']>;

/** At 100 s the first process sends SIGTERM to the program of a session in web.service. */
export const stopOfWeb = (
  facts: Facts,
  more: Partial<Evidence> = {},
  seen: Seen = manager,
): Evidence =>
  recorded(fatal(100, 1, 15), seen, [deathOf(leader, 100.1, { signal: 15 })], { facts, ...more });
