import type { Measured } from '../explain/preceded/preceded.ts';
import { deathIn } from '../model/death-in.ts';
import type { ReadReport } from './readings.ts';

/** What was measured before an incident, by its events; logs of older releases have nothing of it. */
export const measuredIn = ({ events }: Pick<ReadReport, 'events'>): Measured => ({
  machine: events.flatMap(({ type, data }) =>
    type === 'incident.opened' ? (data.machineBefore ?? []) : [],
  ),
  deaths: events.flatMap((event) => deathIn(event) ?? []),
});
