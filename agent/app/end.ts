import type { Acting } from './acting.ts';
import type { Recording } from './recording.ts';
import type { Telling } from './telling.ts';

export interface Running {
  schedule: { stop(): void };
  listening: { close(): void };
  status: { write(): void };
  now(): number;
  lastLines: { close(): void };
  lastScreens: { close(limitMs: number): Promise<void> };
}

/** The watchdog and whoever waits for the stop have the more patience by far, ms. */
const screensMs = 500;

/** The last event of a run, and what has to be on disk before it is over. What lives goes on. */
export const end = async (
  { log, state, record }: Recording,
  { recovery, verdicts }: Acting,
  { manager, close }: Telling,
  { schedule, listening, status, now, lastLines, lastScreens }: Running,
): Promise<void> => {
  manager.stopping();
  recovery.stop();
  schedule.stop();
  verdicts.close();
  lastLines.close();
  listening.close();
  record([{ at: now(), type: 'agent.stopping', data: { reason: 'signal' } }]);
  await log.saveSnapshot(state()).catch(() => undefined);
  await lastScreens.close(screensMs);
  await log.close();
  status.write();
  await close();
};
