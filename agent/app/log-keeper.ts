import type { RetentionConfig } from '../model/config/config.ts';
import type { NewEvent } from '../model/event.ts';
import type { StoreHealth } from '../model/event-log.ts';
import type { LogEvents } from '../model/events/log.ts';
import type { State } from '../model/state.ts';
import type { Logger } from '../tell/process-log.ts';

/** The part of the log that keeping it needs. */
export interface KeptLog {
  saveSnapshot(state: State): Promise<void>;
  retain(limits: RetentionConfig & { now: number }): Promise<unknown>;
}

export interface KeeperPorts {
  log: KeptLog;
  state(): State;
  record(events: readonly NewEvent[]): void;
  now(): number;
  logger: Logger;
}

/** Says when the disk takes no events and when it does again, and keeps the log within its bounds. */
export const createLogKeeper = ({ log, state, record, now, logger }: KeeperPorts) => {
  let degradedSince: number | null = null;
  /** The most that waited: when the log is well again the queue is empty. */
  let waited = 0;

  const degraded = ({ code, message }: { code: string; message: string }): void => {
    if (degradedSince !== null) return;
    degradedSince = now();
    logger.log('error', 'the log cannot be written; events wait in memory', { code, message });
    const data = { code, message: message.slice(0, 200) };
    record([{ at: degradedSince, type: 'log.degraded', data }]);
  };

  const recovered = ({ dropped }: StoreHealth): void => {
    if (degradedSince === null) return;
    const afterMs = Math.max(0, now() - degradedSince);
    degradedSince = null;
    const queued = waited;
    waited = 0;
    logger.log('info', 'the log is written again', { afterMs, queued, dropped });
    record([{ at: now(), type: 'log.recovered', data: { queued, afterMs } }]);
    // Replay cannot see past events that were given up: a snapshot of what is known bridges them.
    if (dropped > 0) log.saveSnapshot(state()).catch(() => undefined);
  };

  return {
    /** A database was damaged or removed, and what could be read of it is in a new one. */
    quarantined(damaged: LogEvents['log.quarantined'], at: number): void {
      logger.log('error', 'a damaged log was set aside', { ...damaged });
      record([{ at, type: 'log.quarantined', data: damaged }]);
      // What could not be read of it is a hole that replay cannot see past.
      log.saveSnapshot(state()).catch(() => undefined);
    },
    health(health: StoreHealth): void {
      waited = Math.max(waited, health.queued);
      if (health.status === 'degraded') degraded(health);
      else recovered(health);
    },
    /** Retention deletes nothing past the newest snapshot, so it begins with one. */
    async retain(limits: RetentionConfig): Promise<void> {
      await log.saveSnapshot(state());
      await log.retain({ ...limits, now: now() });
    },
  };
};
