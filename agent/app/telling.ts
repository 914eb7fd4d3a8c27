import type { Config } from '../model/config/config.ts';
import type { Paths } from '../paths.ts';
import { createLevelSwitch } from '../tell/level-switch.ts';
import { createOutputs } from '../tell/outputs.ts';
import { createProcessLog } from '../tell/process-log.ts';
import { createRedactor } from '../tell/redactor.ts';
import { createServiceManager } from '../tell/service-manager.ts';

/** A reader of our output that has stopped reading must not keep us from ending, ms. */
const lastWordsMs = 500;

/** What is written for people, and what must not be in it. */
export const createTelling = (paths: Paths, env: NodeJS.ProcessEnv, { log }: Config) => {
  const { redact, count: redactions } = createRedactor();
  const processLog = createProcessLog({
    level: log.level,
    sessionLevels: log.sessions,
    redact,
    copy: (session, line) => outputs.sessions.line(session, line),
  });
  const logger = processLog.child('agent');
  const outputs = createOutputs(paths, redact, logger, env);
  const manager = createServiceManager(env, {
    onError: (cause) => logger.log('warn', 'systemd cannot be told', { err: cause }),
  });
  return {
    redact,
    redactions,
    logger,
    outputs,
    manager,
    levels: createLevelSwitch(processLog),
    onTrouble: (what: string, cause: unknown): void =>
      logger.log('warn', what, { err: cause instanceof Error ? cause.message : cause }),
    async close(): Promise<void> {
      await outputs.close();
      await Promise.race([
        processLog.flushed(),
        new Promise((resolve) => setTimeout(resolve, lastWordsMs)),
      ]);
    },
  };
};

export type Telling = ReturnType<typeof createTelling>;
