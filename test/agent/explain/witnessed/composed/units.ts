import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded } from '../case.ts';
import * as traces from '../recorded.ts';
import { chosen, sent } from '../trace-line.ts';
import { fatal, leader, manager } from './people.ts';

/** Units of systemd, and want of memory. */
export const units: readonly Way[] = [
  {
    name: 'a unit is stopped',
    rule: 'unit-stopped',
    given: recorded(fatal(100, 1, 15), manager, [deathOf(leader, 100.1, { signal: 15 })]),
    actor: 1,
    verdict: {
      cause: 'unit-stop',
      confidence: 'likely',
      summary: /manager of web\.service: the unit/,
    },
  },
  {
    name: 'a login ends, and its tmux server with it',
    rule: 'unit-stopped',
    given: recorded(fatal(100, 1, 15, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('exited', 100.1),
    }),
    actor: 1,
    verdict: {
      cause: 'logout',
      scope: 'server',
      summary: /the login ended; 1 session ended with it/,
    },
  },
  {
    name: "a child's want of memory made the manager stop the unit",
    rule: 'out-of-memory',
    given: recorded(
      `${sent({ at: 99.9, sig: 9, from: 601, to: 601, code: 128 })}${chosen(99.9, 601)}${fatal(100, 1, 15)}`,
      { cgroups: { ...manager.cgroups, 601: '/system.slice/web.service/job' } },
      [deathOf(leader, 100.1, { signal: 15 })],
    ),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'likely' },
      summary:
        /the kernel killed pid 601 \(node\), and web\.service was stopped for it, with "api"/,
    },
  },
  {
    name: 'counted by its cgroup, it is certain',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [deathOf(17515, 785.933212, { signal: 9 })], {
      ooms: [{ session: 'api', at: 0, kills: 1, whose: 'session', limitBytes: null }],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'certain', missing: [] },
  },
  {
    name: 'below its own limit it is the machine',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [deathOf(17515, 785.933212, { signal: 9 })], {
      ooms: [{ session: 'api', at: 0, kills: 1, whose: 'machine', limitBytes: null }],
    }),
    actor: null,
    verdict: { cause: 'oom-system' },
  },
  {
    name: 'never measured, so that its unit may have counted it or another before',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [deathOf(17515, 785.933212, { signal: 9 })], {
      ooms: [{ session: 'api', at: 0, kills: 1, whose: 'unknown', limitBytes: null }],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'likely', missing: [/whose limit was reached/] },
    },
  },
  {
    name: 'uncounted, the machine that had no memory left tells',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [
      deathOf(
        17515,
        785.933212,
        { signal: 9 },
        {
          host: {
            ...{ at: 0, load: [0, 0, 0], memoryTotalBytes: 1000, memoryAvailableBytes: 9 },
            ...{ cpuBusy: 0, pressure: null, processes: [] },
          },
        },
      ),
    ]),
    actor: null,
    verdict: { cause: 'oom-system', confidence: 'likely' },
  },
  {
    name: 'a kill by the kernel that its cgroup counted, and whose mark was lost',
    rule: 'session-oom',
    given: recorded(traces.cpuHard, {}, [deathOf(17532, 788.032039, { signal: 9 })], {
      ooms: [{ session: 'api', at: 0, kills: 1, whose: 'session', limitBytes: null }],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup' },
  },
];
