import { settleActions } from '../decide/settle.ts';
import type { NewEvent } from '../model/event.ts';
import type { State } from '../model/state.ts';

/** Settles what the run before this one had requested, server by server, once each has been looked at. */
export const createSettling = (
  before: State,
  ports: { state(): State; record(events: readonly NewEvent[]): void; now(): number },
) => {
  let unsettled = Object.values(before.actions);
  return (server: string): void => {
    const mine = unsettled.filter(({ target }) => target.server === server);
    if (mine.length === 0) return;
    unsettled = unsettled.filter(({ target }) => target.server !== server);
    ports.record(settleActions(ports.state(), mine, ports.now()));
  };
};
