import { strict as assert } from 'node:assert';
import type { Event } from '../../../agent/model/event.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { Machine } from '../machine.ts';
import { until } from '../until.ts';
import { deathsIn, eventsAfter } from './events.ts';
import { serverPidsOf, tmuxSocketsOf } from './sockets.ts';
import { livesOf, untilWell } from './status.ts';

export interface Outcome {
  before: StatusDocument;
  after: StatusDocument;
  /** All that was recorded meanwhile. */
  events: Event[];
}

const recordedMs = 60_000;

/**
 * Does something to the machine and waits until all is well again. Throws unless tmux servers and their sockets are the
 * same, every session lives the life it lived, none was reported dead and nothing is missing from the log.
 * @param victims sessions that were meant to die, once each
 * @param movesSockets the act itself takes a socket away: another has to be in its place
 */
export const undisturbed = async (
  machine: Machine,
  act: () => Promise<unknown>,
  {
    victims = [],
    movesSockets = false,
  }: { victims?: readonly string[]; movesSockets?: boolean } = {},
): Promise<Outcome> => {
  const before = await untilWell(machine);
  const tmux = async () => [
    await serverPidsOf(machine),
    movesSockets ? '' : await tmuxSocketsOf(machine),
  ];
  const tmuxBefore = await tmux();
  await act();
  const after = await untilWell(machine);
  const spared = (status: StatusDocument): string[] =>
    livesOf(status).filter((life) => !victims.includes(life.split(' ')[0] ?? ''));
  const left = spared(after);
  for (const life of spared(before)) assert.ok(left.includes(life), `${life} is not the same`);
  assert.deepEqual(await tmux(), tmuxBefore, 'owner, mode and inode of the tmux sockets');
  // A session that nobody declared may be known to be dead only after all that is declared is well.
  const recorded = async (): Promise<Event[] | null> => {
    const events = await eventsAfter(machine, before.seq);
    return deathsIn(events).length >= victims.length ? events : null;
  };
  const events = await until(`deaths: ${victims}`, recorded, recordedMs);
  const last = events.at(-1)?.seq ?? before.seq;
  assert.ok(last >= after.seq && after.seq >= before.seq, `the log ends at ${last}`);
  assert.deepEqual(deathsIn(events), victims, 'deaths');
  return { before, after, events };
};
