import { readFileSync } from 'node:fs';
import type { Event, EventOf, EventType } from '../../../../agent/model/event.ts';
import { emptyContext, take } from '../../../../agent/tell/journal/context.ts';
import type { Entry } from '../../../../agent/tell/journal/entry.ts';

const log = new URL('../../../fixtures/logs/0.1.0.ndjson', import.meta.url);

/** A history in which every type is. */
export const history: Event[] = readFileSync(log, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Event);

/** One of a type, with some of its data changed. */
export const sample = <T extends EventType>(
  type: T,
  data: Partial<EventOf<T>['data']> = {},
): Event => {
  const found = history.find((event) => event.type === type);
  if (!found) throw new Error(`the fixture has no ${type}`);
  return { ...found, data: { ...found.data, ...data } } as Event;
};

/** What is known after all of `events`. */
export const contextOf = (events: readonly Event[]) => {
  const context = emptyContext();
  for (const event of events) take(context, event);
  return context;
};

export const unchanged = (text: string): string => text;

/** Every value of a field of an entry. */
export const valuesOf = (entry: Entry | null, name: string): string[] =>
  (entry ?? []).filter(([field]) => field === name).map(([, value]) => value);
