import type { Cause } from '../../model/events/incident.ts';
import { commandWord } from './command-word.ts';
import type { PastEnd } from './past-end.ts';
import { againstKiller } from './prevent-killer.ts';

/** What stands for a unit whose name is not known, or is no plain word. */
const unnamed = 'UNIT';

/** What is to be done in a unit, with the command for it. */
const texts: Readonly<Partial<Record<Cause, (unit: string) => string>>> = {
  'program-exit': (unit) => `mend its program, whose log says more: journalctl -u ${unit}`,
  'oom-cgroup': (unit) =>
    `raise MemoryMax= of the unit, or find what leaks in it: systemctl edit ${unit}`,
  'oom-system': () =>
    'give what uses most memory a limit (MemoryMax= of its unit), or the machine more memory: systemd-cgtop -m',
  oomd: (unit) =>
    `give the unit a limit of its own (MemoryMax=), or have it spared (ManagedOOMPreference=avoid): systemctl edit ${unit}`,
  rlimit: (unit) =>
    `raise the limit of its processes (LimitCPU=, LimitFSIZE= of the unit): systemctl edit ${unit}`,
  'unit-stop': (unit) =>
    `find in its log what it was at, or give it more time (WatchdogSec=, TimeoutStartSec= and the like): journalctl -u ${unit}`,
};

/** What would keep a unit from dying again, where that is not what it is for a session; undefined: it is. */
export const unitPrevention = (end: PastEnd): string | undefined => {
  const { cause, death, actor } = end;
  // Who asked its manager for that is named, else the manager is.
  if (cause === 'unit-stop' && actor && actor.pid !== 1) return againstKiller(actor, end);
  return texts[cause]?.(commandWord(death?.unit ?? '') ?? unnamed);
};
