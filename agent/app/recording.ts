import { createPublisher } from '../api/publisher.ts';
import type { NewEvent } from '../model/event.ts';
import type { Paths } from '../paths.ts';
import { openHistory } from '../store/open-history.ts';
import { createLogKeeper } from './log-keeper.ts';
import { redactTexts } from './redact-texts.ts';
import type { Telling } from './telling.ts';

/** The log, the state it folds to, and who follows it. @throws LogFailure when the log cannot be opened */
export const openRecording = async (
  paths: Paths,
  { redact, logger }: Telling,
  now: () => number,
) => {
  const { log, history, before, quarantined } = await openHistory(paths);
  const { state } = history;
  const record = (events: readonly NewEvent[], trace?: string): void => {
    history.record(
      events.map((event) => redactTexts(event, redact)),
      trace,
    );
  };
  const publisher = createPublisher({ log, now, runs: () => state().runs ?? [] });
  const keeper = createLogKeeper({ log, state, record, now, logger });
  history.onRejected = (reason, { type, seq }) =>
    logger.log('warn', 'an impossible event was rejected', { reason, type, seq });
  log.onQuarantined = (damaged) => keeper.quarantined(damaged, now());
  log.onHealth = (health) => {
    publisher.setDegraded(health.status === 'degraded');
    keeper.health(health);
  };
  return { log, history, state, before, quarantined, record, publisher, keeper };
};

export type Recording = Awaited<ReturnType<typeof openRecording>>;
