import { constants } from 'node:os';
import type { ExitStatus } from '../../model/events/death.ts';

/** `SIGKILL`, or `signal 63` where it has no name of its own. */
export const signalName = (number: number): string =>
  Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ??
  `signal ${number}`;

export const exitText = (exit: ExitStatus | null): string => {
  if (exit?.signal != null) return `killed by ${signalName(exit.signal)} (${exit.signal})`;
  if (exit?.status != null) return `exit status ${exit.status}`;
  return 'exit not known';
};
