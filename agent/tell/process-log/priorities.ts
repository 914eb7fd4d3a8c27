import type { LogLevel } from '../../model/config/config.ts';

/**
 * syslog(3) priorities, which journald takes from a `<N>` before each line (sd-daemon(3)). None is below notice: the
 * unit's `LogLevelMax=notice` keeps systemd's own lines about it out of `journalctl -u`, and would keep ours out too.
 */
export const priorities: Readonly<Record<LogLevel, number>> = {
  trace: 5,
  debug: 5,
  info: 5,
  warn: 4,
  error: 3,
  fatal: 2,
};
