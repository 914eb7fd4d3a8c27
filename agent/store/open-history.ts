import type { EventLog, Quarantined } from '../model/event-log.ts';
import type { State } from '../model/state.ts';
import { createHistory, type History } from './history.ts';
import type { StorePaths } from './messages.ts';
import { openLog } from './open.ts';
import { replay } from './replay.ts';

/** Replaying more than this at a start is saved for the next one. */
const manyEvents = 5000;

export interface OpenedHistory {
  log: EventLog;
  history: History;
  /** What was known when the run before this one ended. */
  before: State;
  quarantined: Quarantined | null;
}

/** Opens the log and folds it. @throws LogFailure */
export const openHistory = async (paths: StorePaths): Promise<OpenedHistory> => {
  const { log, opening } = await openLog(paths);
  const before = await replay(log, opening.state);
  if (before.seq - opening.state.seq > manyEvents) {
    log.saveSnapshot(before).catch(() => undefined);
  }
  const history = createHistory(log, before, opening.head);
  return { log, history, before, quarantined: opening.quarantined };
};
