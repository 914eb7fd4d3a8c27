import type { Event } from '../model/event.ts';
import { isJournal } from '../os/journal-stream.ts';
import type { Paths } from '../paths.ts';
import { createEventLines } from './event-line.ts';
import { createJournal, noJournal } from './journal/journal.ts';
import { createLifecycleLog } from './lifecycle-log.ts';
import type { OutputHealth } from './output-health.ts';
import { createEpisodes } from './process-log/episodes.ts';
import type { Logger } from './process-log.ts';
import { createSessionLogs } from './session-logs.ts';
import { createStateFile } from './state-file.ts';

/** What is written for others, each told of once when it cannot be. `env`: whether stdout is the journal. */
export const createOutputs = (
  paths: Paths,
  redact: (text: string) => string,
  logger: Logger,
  env: NodeJS.ProcessEnv,
) => {
  const episodes = createEpisodes(logger, () => performance.now());
  const onHealth = (what: string) => (health: OutputHealth) => {
    const { status, code, dropped } = health;
    if (status === 'ok') episodes.recovered(what, `${what} is written again`, { dropped });
    else episodes.failed(what, `${what} cannot be written now`, { code });
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
  const journal = isJournal(1, env)
    ? createJournal({ redact, onHealth: onHealth('journal') })
    : noJournal;
  const state = createStateFile(paths.stateFile, { onHealth: onHealth('state file') });

  return {
    state,
    sessions,
    journal,
    stored(events: readonly Event[]): void {
      for (const event of events) {
        lifecycle.write(event);
        sessions.event(event);
        journal.write(event);
      }
    },
    async close(): Promise<void> {
      await Promise.all([lifecycle.close(), sessions.close(), state.settled()]);
      journal.close();
    },
  };
};
