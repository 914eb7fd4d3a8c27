import type { WitnessStatus } from '../model/status/evidence-status.ts';
import type { Logger } from '../tell/process-log.ts';

/** Says in the process log when the witness sees, and when it does no more. */
export const tellWitness =
  (logger: Logger) =>
  (status: WitnessStatus, before: WitnessStatus | null): void => {
    const { state, why, method, realTime } = status;
    if (state === before?.state && why === before.why) return;
    if (state === 'sees') {
      logger.log('info', 'the witness sees who sends a signal', { method, realTime });
      return;
    }
    // Where there never was one, as under `holdfast up` without root, it is no news.
    const level = before?.state === 'sees' ? 'warn' : 'info';
    logger.log(level, 'who sends a signal is not seen', { why });
  };
