import { fstatSync } from 'node:fs';
import type { LogLevel } from '../../model/config/config.ts';

/** syslog(3) priorities, which journald takes from a `<N>` before each line (sd-daemon(3)). */
export const priorities: Readonly<Record<LogLevel, number>> = {
  trace: 7,
  debug: 7,
  info: 6,
  warn: 4,
  error: 3,
  fatal: 2,
};

/**
 * Whether `fd` is the journal itself: `JOURNAL_STREAM` is `DEVICE:INODE` of the stream systemd gave us,
 * and a redirected child inherits the variable but not the stream (systemd.exec(5)).
 */
export const isJournal = (fd: number, env: NodeJS.ProcessEnv): boolean => {
  try {
    const { dev, ino } = fstatSync(fd, { bigint: true });
    return env['JOURNAL_STREAM'] === `${dev}:${ino}`;
  } catch {
    return false;
  }
};
