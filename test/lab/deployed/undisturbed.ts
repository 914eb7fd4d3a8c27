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

const recordedMs = 180_000;

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
  const tmuxAfter = await tmux();
  const moved = JSON.stringify({ before: tmuxBefore, after: tmuxAfter });
  assert.deepEqual(tmuxAfter, tmuxBefore, `owner, mode and inode of the tmux sockets: ${moved}`);
  // A session that nobody declared may be known to be dead only after all that is declared is well.
  const recorded = async (): Promise<Event[] | null> => {
    const events = await eventsAfter(machine, before.seq);
    const last = events.at(-1)?.seq ?? before.seq;
    const deaths = deathsIn(events);
    // What the document tells of is on disk a moment later.
    if (deaths.length >= victims.length && last >= after.seq) return events;
    throw new Error(`deaths: ${deaths}; the log ends at ${last}, the document at ${after.seq}`);
  };
  const events = await until(`deaths: ${victims}`, recorded, recordedMs);
  assert.ok(after.seq >= before.seq, `the log went back from ${before.seq} to ${after.seq}`);
  const deaths = deathsIn(events);
  assert.deepEqual(deaths, victims, `deaths: ${deaths}, and not: ${victims}`);
  return { before, after, events };
};
