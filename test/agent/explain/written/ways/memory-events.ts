import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { MemoryEvents } from '../../../../../agent/model/source-fact/kernel.ts';
import { evidence } from '../../sample-death.ts';
import type { Way } from '../../way.ts';
import { deathOf, serverEnded, serverOf } from '../../witnessed/case.ts';
import { leader } from '../../witnessed/composed/people.ts';
import { atSecond } from '../../witnessed/read-trace.ts';

const killed = deathOf(leader, 100.02, { signal: 9 });

const counted = (pids: number[], changes: Partial<MemoryEvents> = {}): MemoryEvents => ({
  ...{ kind: 'memory-events', source: 'cgroup', since: atSecond(97), at: atSecond(101), pids },
  ...{ group: '/user.slice/app.slice/tmux-spawn-1.scope', kills: 1, groupKills: 0, limitHits: 7 },
  ...{ isLimit: true, text: 'the kernel killed 1 process for want of memory in …' },
  ...changes,
});

const given = (changes: Partial<Evidence>): Evidence =>
  evidence({ ...{ deaths: [killed], testimony: null, untold: 'no root', ...changes } });

/** The counters of a cgroup tell that somebody in there was killed for want of memory. */
export const memoryEvents: readonly Way[] = [
  {
    name: 'a program that was killed as its cgroup counted a kill',
    rule: 'group-counted',
    given: given({ facts: [counted([leader])] }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', scope: 'session', confidence: 'likely' },
      summary:
        'the program of "api" was killed as the kernel killed for want of memory in its cgroup app.slice/tmux-spawn-1.scope, for a limit of it or above it',
      signal: { name: 'SIGKILL', number: 9 },
      missing: [/^which process of that cgroup it was: /],
      evidence: [{ source: 'tmux' }, { source: 'cgroup' }, {}],
    },
  },
  {
    name: 'no limit was reached',
    rule: 'group-counted',
    given: given({ facts: [counted([leader], { isLimit: false })] }),
    actor: null,
    verdict: { cause: 'oom-system', confidence: 'likely' },
  },
  {
    name: 'the server was killed, in its own cgroup',
    rule: 'group-counted',
    given: given({
      ...{ server: serverOf(9638), serverEnd: serverEnded('killed', 100.1) },
      facts: [counted([9638])],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup', scope: 'server', confidence: 'likely' },
  },
  ...[1, 2].map(
    (kills): Way => ({
      name: `two programs of one cgroup that counted ${kills}`,
      rule: kills === 2 ? 'group-counted' : 'pane-signal',
      given: given({
        deaths: [killed, deathOf(700, 100.02, { signal: 9 }, { session: 'web' })],
        facts: [counted([leader, 700], { kills })],
      }),
      actor: null,
      verdict: { cause: kills === 2 ? 'oom-cgroup' : 'signal' },
    }),
  ),
  {
    name: 'somebody in another cgroup',
    rule: 'pane-signal',
    given: given({ facts: [counted([leader + 1])] }),
    actor: null,
    verdict: { cause: 'signal' },
  },
  {
    name: 'at another time',
    rule: 'pane-signal',
    given: given({ facts: [counted([leader], { since: atSecond(101), at: atSecond(104) })] }),
    actor: null,
    verdict: { cause: 'signal' },
  },
  {
    name: 'a program that ended by itself',
    rule: 'program-exit',
    given: given({
      ...{ deaths: [deathOf(leader, 100.02, { status: 1 })], facts: [counted([leader])] },
    }),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
];
