import { death } from '../../sample-death.ts';
import { deathOf, recorded, serverEnded, serverOf, told } from '../case.ts';
import { atSecond, readTrace } from '../read-trace.ts';
import * as traces from '../recorded.ts';
import { sent } from '../trace-line.ts';
import type { Way } from '../ways/way.ts';
import { fatal, hup, killer, leader } from './people.ts';

/** What the witness did not see. */
export const gaps: readonly Way[] = [
  {
    name: 'events were lost: nobody is called innocent',
    rule: 'program-exit',
    given: told({ ...readTrace(''), lost: [{ at: atSecond(100), count: 7 }] }, [
      deathOf(leader, 100.1, { status: 1 }),
    ]),
    actor: null,
    verdict: { confidence: 'likely', missing: [/^evidence that was lost: .* 7 events/] },
  },
  {
    name: 'a limit, or the mark of a victim was lost',
    rule: 'limit-reached',
    given: told({ ...readTrace(traces.cpuHard), lost: [{ at: atSecond(788), count: 1 }] }, [
      deathOf(17532, 788.032039, { signal: 9 }),
    ]),
    actor: null,
    verdict: { cause: 'rlimit', confidence: 'likely', missing: [/lost/] },
  },
  {
    name: 'the witness came later',
    rule: 'pane-signal',
    given: told({ ...readTrace(''), since: atSecond(99) }, [deathOf(leader, 100.1, { signal: 9 })]),
    actor: null,
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [
        /^whether the kernel killed it for want of memory or .*: what the kernel told does not cover/,
        /^who sent it: what the kernel told does not cover/,
      ],
    },
  },
  {
    name: 'a server that ended without a goodbye, and no signal: its hang-ups are no commands',
    rule: 'server-killed',
    given: recorded(hup(100, 9638, leader), {}, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('killed', 100),
    }),
    actor: null,
    verdict: { cause: 'signal', confidence: 'possible' },
  },
  {
    name: 'the same with a goodbye, where events were lost',
    rule: 'server-exited',
    given: told(
      { ...readTrace(hup(100, 9638, leader)), lost: [{ at: atSecond(100), count: 1 }] },
      [deathOf(leader, 100.1)],
      { serverEnd: serverEnded('exited', 100) },
    ),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'a server that nobody saw go was killed before it was missed',
    rule: 'signal-sent',
    given: recorded(
      fatal(50, killer, 9, 9638),
      {},
      [deathOf(leader, 100, null, { watched: 'agent-down', lastSeen: atSecond(20) })],
      { serverEnd: serverEnded('unknown', 100) },
    ),
    actor: killer,
    verdict: { cause: 'signal', scope: 'server', confidence: 'certain' },
  },
  {
    name: 'a server that crashed',
    rule: 'crashed',
    given: recorded(
      sent({ at: 100, sig: 11, from: 9638, to: 9638, code: 1, grp: 0 }),
      { catches: { 9638: [11] } },
      [deathOf(leader, 100.1)],
      { serverEnd: serverEnded('killed', 100) },
    ),
    actor: null,
    verdict: { cause: 'program-crash', scope: 'server', confidence: 'certain' },
  },
  {
    name: 'a server that goes on after SIGALRM is not ended by it',
    rule: 'server-killed',
    given: recorded(
      sent({ at: 100, sig: 14, from: killer, to: 9638 }),
      { catches: { 9638: [14] } },
      [deathOf(leader, 100.1)],
      { serverEnd: serverEnded('killed', 100) },
    ),
    actor: null,
    verdict: { confidence: 'possible' },
  },
  {
    name: 'SIGTERM, and then no goodbye: it does not quite fit',
    rule: 'signal-sent',
    given: recorded(fatal(100, killer, 15, 9638), {}, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('killed', 100),
    }),
    actor: killer,
    verdict: { scope: 'server', confidence: 'likely' },
  },
  {
    name: 'panes that nobody knows of',
    rule: 'nothing-known',
    given: told(readTrace(''), [death({ panes: [] })], {
      server: { name: 'mine', managed: false },
    }),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'a pane nobody knew of was closed: it may have been the last',
    rule: 'nothing-known',
    given: recorded(hup(100, 9638, 555), {}, [deathOf(leader, 100.1)], {
      server: { ...serverOf(9638), managed: false },
    }),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'several that ended by themselves',
    rule: 'ended-by-itself',
    given: told(
      readTrace(''),
      [500, 501].map((pid) => deathOf(pid, 100)),
    ),
    actor: null,
    verdict: { cause: 'program-exit', summary: /^2 sessions ended by/ },
  },
  ...([99.5, 90] as const).map(
    (closed): Way => ({
      name: `a pane that nobody knew of was closed at ${closed}, and the session was seen until 100`,
      rule: closed < 99 ? 'ended-by-itself' : 'removed-by-tmux',
      given: recorded(hup(closed, 9638, 700), {}, [
        deathOf(500, 101, null, { lastSeen: atSecond(100) }),
      ]),
      actor: null,
      verdict: { cause: closed < 99 ? 'program-exit' : 'tmux-command' },
    }),
  ),
  ...[9638, 1].map(
    (parent): Way => ({
      name: `a pane that only tmux wrote down, and the kernel shows it as begun by ${parent}`,
      rule: parent === 9638 ? 'signal-sent' : 'pane-signal',
      given: recorded(fatal(100, killer, 9, 700), { ancestry: { 700: [parent] } }, [
        deathOf(
          500,
          100.1,
          { signal: 9 },
          {
            panes: deathOf(700, 1, { signal: 9 }).panes.map((pane) => ({ ...pane, startTime: 0 })),
          },
        ),
      ]),
      actor: parent === 9638 ? killer : null,
      verdict: { cause: 'signal' },
    }),
  ),
  {
    name: 'no testimony, and why',
    rule: 'pane-signal',
    given: {
      ...told(readTrace(''), [deathOf(leader, 1, { signal: 9 })]),
      testimony: null,
      untold: 'no root',
    },
    actor: null,
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/: a witness would have told: no root$/, /not visible here: no root$/],
    },
  },
  {
    name: 'the same of an exit',
    rule: 'program-exit',
    given: {
      ...told(readTrace(''), [deathOf(leader, 1, { status: 3 })]),
      testimony: null,
      untold: 'no root',
    },
    actor: null,
    verdict: { cause: 'program-exit', missing: [/^whether a signal made it exit: .* no root$/] },
  },
  {
    name: 'the same of a command',
    rule: 'removed-by-tmux',
    given: { ...told(readTrace(''), [deathOf(leader, 1)]), testimony: null, untold: 'no root' },
    actor: null,
    verdict: { cause: 'tmux-command', missing: [/^who gave the command: tmux keeps .* no root$/] },
  },
];
