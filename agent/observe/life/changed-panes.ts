import type { NewEvent } from '../../model/event.ts';
import { panesKey } from '../../model/life.ts';
import type { Life } from '../../model/state.ts';
import type { PaneRow } from '../../protocol/listing.ts';
import { maxPanes, paneOf } from './birth.ts';

/** Keeps an event within its size; a group of more is told in several. */
const maxMates = 50;

/** A session that is still there, and the panes it is listed with. */
export interface Listed {
  life: Life;
  rows: readonly PaneRow[];
}

/** Sessions that are listed with the very same panes: one event tells it of as many as it has room for. */
const alikeEvents = (alike: readonly Listed[], at: number): NewEvent[] =>
  alike.map(({ life: { life, session }, rows }, i): NewEvent => {
    const panes = rows.slice(0, maxPanes).map(paneOf);
    const next = i % (maxMates + 1) === 0 ? alike.slice(i + 1, i + 1 + maxMates) : [];
    const mates = next.map((mate) => mate.life.life);
    const data = { life, session, panes, more: rows.length - panes.length };
    return {
      at,
      type: 'session.panes_changed',
      data: mates.length === 0 ? data : { ...data, mates },
    };
  });

/**
 * Sessions of a group are known by having the same panes, so these change for all of them in one event: a crash may
 * keep some of what a listing came to, and a group of which half is known would be none.
 */
export const changedPanes = (listed: readonly Listed[], at: number): NewEvent[] => {
  const changed = listed.filter(
    ({ life, rows }) => panesKey(rows.slice(0, maxPanes)) !== panesKey(life.panes),
  );
  const alike = Map.groupBy(changed, ({ rows }) => panesKey(rows));
  return [...alike.values()].flatMap((some) => alikeEvents(some, at));
};
