import { death } from '../../sample-death.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded, serverOf, told } from '../case.ts';
import { atSecond, readTrace } from '../read-trace.ts';
import { fatal, hup, killer, leader } from './people.ts';

/** Panes of which not all is known. */
export const unknownPanes: readonly Way[] = [
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
];
