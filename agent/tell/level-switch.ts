import type { LogConfig, LogLevel } from '../model/config/config.ts';
import { RequestFailure } from '../model/failure.ts';
import type { ProcessLog } from './process-log.ts';

const names: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];

const isLevel = (text: string): text is LogLevel => names.includes(text);

/** More sessions than anybody sets a level for by hand; each is kept for as long as the agent runs. */
const maxSessions = 1000;

/** Changes how much is logged while the agent runs. */
export const createLevelSwitch = (log: ProcessLog) => {
  /** Sessions whose level is the configuration's. */
  let configured = Object.keys(log.levels().sessions);
  const refuseMore = (session: string | undefined): void => {
    const { sessions } = log.levels();
    if (session === undefined || Object.hasOwn(sessions, session)) return;
    if (Object.keys(sessions).length < maxSessions) return;
    throw new RequestFailure(
      'too-many-levels',
      `${maxSessions} sessions have a level of their own`,
    );
  };

  return {
    apply({ level, sessions }: LogConfig): void {
      for (const session of configured) log.clearLevel(session);
      configured = Object.keys(sessions);
      log.setLevel(level);
      for (const [session, own] of Object.entries(sessions)) log.setLevel(own, session);
    },
    /** @throws RequestFailure `unknown-level`, `too-many-levels` */
    set({ level, session }: { level?: string; session?: string }) {
      if (level !== undefined) {
        if (!isLevel(level)) {
          throw new RequestFailure('unknown-level', `expected one of ${names.join(', ')}`);
        }
        refuseMore(session);
        log.setLevel(level, session);
      }
      return log.levels();
    },
  };
};
