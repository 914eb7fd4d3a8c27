import { fstatSync } from 'node:fs';

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
