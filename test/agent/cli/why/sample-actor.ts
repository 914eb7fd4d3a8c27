import type { Actor, Verdict } from '../../../../agent/model/events/incident.ts';
import { killed, noon } from '../sample.ts';

/** A job of cron, whose script looks for every process with "mux" in its command line. */
export const actorOf = (more: Partial<Actor> = {}): Actor => ({
  ...{ pid: 4711, comm: 'pkill', cmdline: '/usr/bin/pkill -9 -f mux' },
  ...{ uid: 1000, user: 'deploy', unit: 'cron.service', session: null },
  ancestry: [
    { pid: 4710, comm: 'cleanup.sh', cmdline: '/bin/sh /opt/jobs/cleanup.sh --tmp' },
    { pid: 4709, comm: 'sh', cmdline: '/bin/sh -c /opt/jobs/cleanup.sh --tmp >/dev/null 2>&1' },
    { pid: 4708, comm: 'cron', cmdline: '/usr/sbin/CRON -f' },
    { pid: 600, comm: 'cron', cmdline: '/usr/sbin/cron -f' },
    { pid: 1, comm: 'systemd', cmdline: '/sbin/init' },
  ],
  ...more,
});

const at = noon - 5;

/** A kill whose sender was seen. */
export const witnessed = (more: Partial<Verdict> = {}): Verdict => ({
  ...killed,
  summary: 'pkill (pid 4711) sent SIGKILL to the program of "bot"',
  actor: actorOf(),
  evidence: [
    { at, source: 'trace', text: 'pkill (4711) sent SIGKILL to node (1234): kill or the like' },
    {
      at,
      source: 'procfs',
      text: '4711 ran /usr/bin/pkill -9 -f mux, in cron.service, for uid 1000',
    },
    { at: at + 1, source: 'trace', text: 'node (1234) exited' },
    ...killed.evidence,
  ],
  missing: ['what the sender meant by it'],
  ...more,
});
