import { deathTypes } from '../../model/death-in.ts';
import type { Event, EventType } from '../../model/event.ts';
import type { State } from '../../model/state.ts';

/** The part of the log that holds what was not explained. */
export interface DeathsLog {
  read(query: {
    types: readonly EventType[];
    since: number;
    until: number;
    limit: number;
  }): Promise<Event[]>;
}

/** The deaths of an incident lie this close to its beginning, ms. */
const aroundMs = 10_000;

const mostDeaths = 1000;

/** The deaths of each incident the agent was stopped before explaining, and the end of their server. */
export async function* readUnexplained(before: State, log: DeathsLog): AsyncGenerator<Event[]> {
  const open = Object.values(before.incidents).filter(
    ({ verdict, counted, lives }) => verdict === null || counted < lives.length,
  );
  for (const { openedAt, trace } of open) {
    const span = { since: openedAt - aroundMs, until: openedAt + aroundMs };
    const types = [...deathTypes, 'server.died'] as const;
    const events = await log.read({ types, ...span, limit: mostDeaths });
    yield events.filter((event) => event.trace === trace);
  }
}
