import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, told } from '../case.ts';
import { atSecond, readTrace } from '../read-trace.ts';
import * as traces from '../recorded.ts';
import { hup, leader } from './people.ts';

/** Nobody witnessed it. */
const untestified = (exit: Parameters<typeof deathOf>[2]) => ({
  ...told(readTrace(''), [deathOf(leader, 1, exit)]),
  ...{ testimony: null, untold: 'no root' },
});

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
    verdict: { cause: 'rlimit', confidence: 'likely', missing: [/lost/, /^who set that limit/] },
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
    name: 'several that ended by themselves',
    rule: 'ended-by-itself',
    given: told(
      readTrace(''),
      [500, 501].map((pid) => deathOf(pid, 100)),
    ),
    actor: null,
    verdict: { cause: 'program-exit', summary: /^2 sessions ended by/ },
  },
  {
    name: 'no testimony, and why',
    rule: 'pane-signal',
    given: untestified({ signal: 9 }),
    actor: null,
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/: a witness would have told: no root$/, /not visible here: no root$/],
    },
  },
  {
    name: 'the same of an exit',
    rule: 'program-exit',
    given: untestified({ status: 3 }),
    actor: null,
    verdict: { cause: 'program-exit', missing: [/^whether a signal made it exit: .* no root$/] },
  },
  {
    name: 'the same of a command',
    rule: 'removed-by-tmux',
    given: untestified(null),
    actor: null,
    verdict: { cause: 'tmux-command', missing: [/^who gave the command: tmux keeps .* no root$/] },
  },
];
