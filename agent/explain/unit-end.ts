import type { ExitStatus } from '../model/events/death.ts';
import { signalName } from './signals.ts';

const byProgram = (exit: ExitStatus | null): string => {
  if (exit === null) return 'how its program ended is not known';
  return exit.signal === null
    ? `its program exited with status ${exit.status}`
    : `its program was ended by ${signalName(exit.signal)}`;
};

/** `Result=` of a service (systemd.service(5) and the manual of systemd's bus), where the program does not say it all. */
const meanings: Readonly<Record<string, string>> = {
  'oom-kill': 'the kernel killed a process of it for want of memory',
  watchdog: 'it no longer told systemd that it lives (WatchdogSec=)',
  timeout: 'it took longer than systemd allows it',
  protocol: 'it did not tell systemd what its Type= promises',
  resources: 'systemd could not give it what it needs to start',
  'start-limit-hit': 'it was started too often',
  'exec-condition': 'its ExecCondition= does not allow it now',
  reboot: 'the machine was started again',
  unseen: 'it ran again before systemd could be asked how it ended',
};

/** What ended a unit, by systemd's word. Who sent a signal systemd does not know. */
export const whyUnitEnded = (result: string, exit: ExitStatus | null): string => {
  const meaning = Object.hasOwn(meanings, result) ? meanings[result] : undefined;
  if (meaning === undefined) return byProgram(exit);
  return result === 'oom-kill' && exit !== null ? `${meaning}; ${byProgram(exit)}` : meaning;
};

/** Whether systemd starts a unit again after an end with this result that nobody asked for (`Restart=`). */
export const restartsAfter = (restart: string, result: string): boolean => {
  switch (restart) {
    case 'always':
      return true;
    case 'on-failure':
      return result !== 'success';
    case 'on-abnormal':
      return result !== 'success' && result !== 'exit-code';
    case 'on-abort':
      return result === 'signal' || result === 'core-dump';
    case 'on-watchdog':
      return result === 'watchdog';
    case 'on-success':
      return result === 'success';
    default:
      return false;
  }
};
