import type { Event } from '../model/event.ts';
import type { Paths } from '../paths.ts';
import { createEventLines } from './event-line.ts';
import { createLifecycleLog } from './lifecycle-log.ts';
import type { OutputHealth } from './output-health.ts';
import { createEpisodes } from './process-log/episodes.ts';
import type { Logger } from './process-log.ts';
import { createSessionLogs } from './session-logs.ts';
import { createStateFile } from './state-file.ts';

/** Every file that is written for others, each told of once when its disk takes nothing. */
export const createOutputs = (paths: Paths, redact: (text: string) => string, logger: Logger) => {
  const episodes = createEpisodes(logger, () => performance.now());
  const onHealth = (what: string) => (health: OutputHealth) => {
    if (health.status === 'ok') episodes.recovered(what, `${what} is written again`);
    else episodes.failed(what, `${what} cannot be written now`, { code: health.code });
  };
  const lineOf = createEventLines(redact);
  const lifecycle = createLifecycleLog(paths.lifecycleLog, {
    lineOf,
    onHealth: onHealth('lifecycle log'),
  });
  const sessions = createSessionLogs(paths.sessionLogsDir, {
    lineOf,
    onHealth: onHealth('session logs'),
  });
  const state = createStateFile(paths.stateFile, { onHealth: onHealth('state file') });

  return {
    state,
    sessions,
    stored(events: readonly Event[]): void {
      for (const event of events) {
        lifecycle.write(event);
        sessions.event(event);
      }
    },
    async close(): Promise<void> {
      await Promise.all([lifecycle.close(), sessions.close(), state.settled()]);
    },
  };
};
