import type { Rival } from '../rival.ts';

const calls = 'kill,tkill,tgkill,pidfd_send_signal,rt_sigqueueinfo';
const key = 'zoo';

/** The records of one event stand together, between lines of four dashes (ausearch(8)). */
const eventsOf = (text: string): string[] => text.split(/^----$/m);

/** Of each victim there is a record OBJ_PID, and beside it the title of the killer's process. */
export const auditd: Rival = {
  name: 'auditd',
  sentence: 'auditd with a rule for all system calls that send a signal, and ausearch -i',
  start: (machine) =>
    machine.must(
      `systemctl start auditd && auditctl -a always,exit -F arch=b64 -S ${calls} -k ${key}`,
      { limitMs: 120_000 },
    ),
  stop: (machine) =>
    machine.must('auditctl -D >/dev/null; auditctl -e 0 >/dev/null; systemctl stop auditd'),
  async told(machine, victims) {
    const text = await machine.must(`ausearch --input-logs -k ${key} -i 2>/dev/null || true`, {
      limitMs: 120_000,
    });
    const isOfThem = (event: string): boolean =>
      victims.some((pid) => new RegExp(`\\bopid=${pid}\\b`).test(event));
    return eventsOf(text).filter(isOfThem).join('');
  },
};
