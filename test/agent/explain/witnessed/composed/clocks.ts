import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, told } from '../case.ts';
import { readTrace } from '../read-trace.ts';
import { chosen, sent } from '../trace-line.ts';
import { fatal, killer, leader, manager, other } from './people.ts';

/** Other processes with that pid, other times, other units. */
export const clocks: readonly Way[] = [
  {
    name: 'a child was killed seconds before, and the shell went on',
    rule: 'program-exit',
    given: recorded(fatal(100, killer, 9, 600), { ancestry: { 600: [leader] } }, [
      deathOf(leader, 103.5, { status: 137 }),
    ]),
    actor: null,
    verdict: {
      cause: 'program-exit',
      missing: [/^whether SIGKILL is meant/, /^whether it ended because pid 600/],
    },
  },
  {
    name: 'a server that went on for long after SIGTERM ended for something else',
    rule: 'ended-by-itself',
    given: recorded(fatal(70, killer, 15, 9638), {}, [deathOf(leader, 100)], {
      serverEnd: serverEnded('exited', 100),
    }),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely' },
  },
  {
    name: 'a server that was gone before the signal',
    rule: 'server-killed',
    given: recorded(fatal(101, killer, 9, 9638), {}, [deathOf(leader, 100)], {
      serverEnd: serverEnded('killed', 100),
    }),
    actor: null,
    verdict: { confidence: 'possible' },
  },
  {
    name: 'killers that nobody started but the first process are not one',
    rule: 'different-causes',
    given: recorded(
      `${fatal(100)}${fatal(100.1, other, 9, 501)}`,
      { ancestry: { [killer]: [1], [other]: [1] } },
      [500, 501].map((pid) => deathOf(pid, 100.3, { signal: 9 })),
    ),
    actor: killer,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'a unit is stopped while another is out of memory',
    rule: 'unit-stopped',
    given: recorded(
      `${chosen(99.9, 601)}${fatal(100, 1, 15)}`,
      { cgroups: { ...manager.cgroups, 601: '/system.slice/db.service' } },
      [deathOf(leader, 100.1, { signal: 15 })],
    ),
    actor: 1,
    verdict: { cause: 'unit-stop' },
  },
  {
    name: 'a victim that was marked long before',
    rule: 'limit-reached',
    given: recorded(
      `${chosen(95, leader)}${sent({ at: 100, sig: 9, from: leader, to: leader, code: 128 })}`,
      {},
      [deathOf(leader, 100.1, { signal: 9 })],
    ),
    actor: null,
    verdict: { cause: 'rlimit' },
  },
  {
    name: 'the pid was used again: the signal was for another',
    rule: 'ended-by-itself',
    given: told(readTrace(fatal(100)), [
      deathOf(leader, 100.1, null, {
        panes: deathOf(leader, 1).panes.map((pane) => ({ ...pane, startTime: 4 })),
      }),
    ]),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely', missing: [/^with which status/] },
  },
  {
    name: 'the signal came after the end',
    rule: 'pane-signal',
    given: recorded(fatal(101.5), {}, [deathOf(leader, 100.1, { signal: 9 })]),
    actor: null,
    verdict: { cause: 'signal', missing: [/^who sent it: the kernel told of no such signal/] },
  },
  {
    name: 'a signal that is blocked, and an end much later',
    rule: 'ended-by-itself',
    given: recorded(fatal(100, killer, 15), {}, [deathOf(leader, 160)]),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  {
    name: 'it is not seen whether the program handles the signal',
    rule: 'signal-sent',
    given: told(
      {
        ...readTrace(''),
        signals: readTrace(fatal(100, killer, 15)).signals.map((one) => ({ ...one, caught: null })),
      },
      [deathOf(leader, 100.1)],
    ),
    actor: killer,
    verdict: { confidence: 'likely', missing: [/^whether it handles/, /command line/] },
  },
];
