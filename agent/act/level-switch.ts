import type { LogConfig, LogLevel } from '../model/config/config.ts';
import { RequestFailure } from '../model/failure.ts';
import type { ProcessLog } from './process-log.ts';

const names: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const isLevel = (text: string): text is LogLevel => names.includes(text);

/** Changes how much is logged while the agent runs. */
export const createLevelSwitch = (log: ProcessLog) => ({
  apply({ level, sessions }: LogConfig): void {
    log.setLevel(level);
    for (const [session, own] of Object.entries(sessions)) log.setLevel(own, session);
  },
  /** @throws RequestFailure `unknown-level` */
  set({ level, session }: { level?: string; session?: string }) {
    if (level !== undefined) {
      if (!isLevel(level)) {
        throw new RequestFailure('unknown-level', `expected one of ${names.join(', ')}`);
      }
      log.setLevel(level, session);
    }
    return log.levels();
  },
});
