import type { Event } from '../model/event.ts';
import type { EventLog } from '../model/event-log.ts';
import { LogFailure } from '../model/failure.ts';
import { fold } from '../model/fold.ts';
import { emptyState, type State } from '../model/state.ts';

/** Events folded at a time; between chunks the thread is free for other work. */
const chunkEvents = 2000;

export interface ReplayLimit {
  /** The last `seq` to fold. */
  upTo?: number;
  /** Ends before the first event later than this, ms since the epoch: always a state there has been. */
  until?: number;
}

const notLaterThan = (events: Event[], until: number): Event[] => {
  const end = events.findIndex(({ at }) => at > until);
  return end === -1 ? events : events.slice(0, end);
};

/** Folds the stored events after `from.seq` onto it. Rejects LogFailure. */
export const replay = async (
  log: Pick<EventLog, 'read'>,
  from: State,
  { upTo, until = Number.POSITIVE_INFINITY }: ReplayLimit = {},
): Promise<State> => {
  const limits = { limit: chunkEvents, ...(upTo !== undefined && { upTo }) };
  let state = from;
  for (;;) {
    const events = notLaterThan(await log.read({ ...limits, after: state.seq }), until);
    state = fold(state, events);
    if (events.length < chunkEvents) return state;
  }
};

/**
 * The state at a time: the newest snapshot before it and the events since. Where a clock jumped, the events up
 * to the first later one.
 * @throws LogFailure `log-forgotten` when retention has deleted what it would take.
 */
export const stateAt = async (
  log: Pick<EventLog, 'read' | 'snapshotBefore'>,
  at: number,
): Promise<State> => {
  const snapshot = await log.snapshotBefore(at);
  if (!snapshot) await assertWhole(log);
  return replay(log, snapshot ?? emptyState(), { until: at });
};

const assertWhole = async (log: Pick<EventLog, 'read'>): Promise<void> => {
  const [first] = await log.read({ limit: 1 });
  if (!first || first.seq === 1) return;
  throw new LogFailure(
    'log-forgotten',
    `the log now begins with event ${first.seq}, after that time`,
  );
};
