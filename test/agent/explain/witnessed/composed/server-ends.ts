import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded } from '../case.ts';
import { atSecond } from '../read-trace.ts';
import { sent } from '../trace-line.ts';
import { fatal, killer, leader } from './people.ts';

/** How a server went, and what it was sent. */
export const serverEnds: readonly Way[] = [
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
];
