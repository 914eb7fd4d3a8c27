import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import { clientExit } from '../trace-line.ts';
import { closed, gone, hup, leader } from './people.ts';

/** What a client of tmux named, and what it asked for. */
export const targets: readonly Way[] = [
  {
    name: 'a name that begins as another: each client took its own',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.003, 71)}${hup(100.02, 9638, 501)}${clientExit(100.023, 72)}`,
      {
        cmdlines: { 71: 'tmux kill-session -t job-1', 72: 'tmux kill-session -t job-10' },
        ancestry: { 71: [800], 72: [800] },
      },
      [
        deathOf(leader, 100.1, null, { session: 'job-1' }),
        deathOf(501, 100.1, null, { session: 'job-10' }),
      ],
    ),
    actor: 71,
    verdict: { cause: 'tmux-command', confidence: 'certain', summary: /2 sessions/ },
  },
  {
    name: 'the beginning of a name may be the whole name of another',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux kill-session -t ap' } },
      gone,
    ),
    actor: 71,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'after a = it has to be the whole name',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux kill-session -t =ap' } },
      gone,
    ),
    actor: null,
    verdict: { confidence: 'likely' },
  },
  {
    name: 'clients that set something, or look elsewhere, take nothing away',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}${clientExit(100.02, 72)}`,
      {
        cmdlines: {
          71: 'tmux set-option -gq @continuum-save-last-timestamp 1',
          72: 'tmux next-window -t other',
        },
      },
      gone,
    ),
    actor: null,
    verdict: { confidence: 'likely', missing: [/a key in a terminal/] },
  },
  {
    name: 'one that sets the option by which sessions go may have done it',
    rule: 'told-tmux',
    given: recorded(
      `${closed}${clientExit(100.01, 71)}`,
      { cmdlines: { 71: 'tmux set-option -t api destroy-unattached on' } },
      gone,
    ),
    actor: 71,
    verdict: { confidence: 'likely' },
  },
];
