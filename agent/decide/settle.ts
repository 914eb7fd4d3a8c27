import type { NewEvent } from '../model/event.ts';
import { livesOf } from '../model/life.ts';
import type { PendingAction, State } from '../model/state.ts';

/** Whether the world shows that an action was carried out; null: it cannot be seen. */
const carriedOut = (state: State, { kind, target }: PendingAction): boolean | null => {
  const server = state.servers[target.server];
  switch (kind) {
    case 'session.create':
      return livesOf(state, target.server).some((life) => life.session === target.session);
    case 'session.kill':
      return !state.lives[target.life ?? ''];
    case 'server.start':
    case 'socket.repair':
      return server?.status === 'alive';
    case 'keys.send':
      return null;
    default:
      return kind satisfies never;
  }
};

/**
 * After a crash nobody knows whether a requested action ran. Looks at the world, once it has been listed,
 * and settles each `done` or `lost`; never repeats one.
 */
export const settleActions = (
  state: State,
  actions: readonly PendingAction[],
  at: number,
): NewEvent[] =>
  actions.map((pending): NewEvent => {
    const { action } = pending;
    const outcome = carriedOut(state, pending);
    if (outcome === true) return { at, type: 'action.done', data: { action, settled: 'observed' } };
    const why =
      outcome === null ? 'keys were sent and never confirmed' : 'no effect of it can be seen';
    return {
      at,
      type: 'action.lost',
      data: { action, why: `the agent stopped before it ended: ${why}` },
    };
  });
