import type { WitnessedCommand } from '../../../../agent/model/witnessed.ts';
import { atSecond } from '../witnessed/read-trace.ts';

/** A program that a shell began, as the witness tells of it. */
export const began = (
  seconds: number,
  pid: number,
  cmdline: string,
  uid: number | null = 0,
): WitnessedCommand => ({
  at: atSecond(seconds),
  process: {
    ...{ pid, startTime: null, comm: 'systemctl', cmdline, seenBy: 'probe', uid },
    ...{ loginUid: null, auditSession: null, cgroup: null },
    ancestry: [{ pid: 900, startTime: 1, comm: 'bash', cmdline: '-bash', seenBy: 'proc' }],
  },
});

/** The same in a login of that user. */
export const ofLogin = (loginUid: number, command: WitnessedCommand): WitnessedCommand => ({
  ...command,
  process: { ...command.process, loginUid },
});
