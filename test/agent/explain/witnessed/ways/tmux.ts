import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, serverOf } from '../case.ts';
import { startTimeOf } from '../read-trace.ts';
import * as traces from '../recorded.ts';

const killServer = {
  cmdlines: { 9642: 'tmux kill-server' },
  ancestry: { 9642: [9639, 9638, 1] },
};

/** What tmux was told. */
export const tmux: readonly Way[] = [
  {
    name: 'kill-session, by a client whose command line says so',
    rule: 'told-tmux',
    given: recorded(
      traces.killSession,
      { cmdlines: { 9625: 'tmux kill-session -t api' } },
      [deathOf(9618, 1942.292553)],
      { server: serverOf(9617) },
    ),
    actor: 9625,
    verdict: {
      ...{ cause: 'tmux-command', scope: 'session', confidence: 'certain', missing: [] },
      signal: null,
      summary: 'tmux was told to remove "api", by "tmux kill-session -t api" (pid 9625)',
    },
  },
  {
    name: 'kill-session, by a client that was gone too fast',
    rule: 'told-tmux',
    given: recorded(
      traces.killSession,
      { ancestry: { 9625: [800, 1] } },
      [deathOf(9618, 1942.292553)],
      { server: serverOf(9617) },
    ),
    actor: 9625,
    verdict: {
      cause: 'tmux-command',
      confidence: 'likely',
      missing: [/command line/, /^what that/],
    },
  },
  {
    name: 'kill-session, and of the one client that ended nothing was seen but its end',
    rule: 'told-tmux',
    given: recorded(traces.killSession, {}, [deathOf(9618, 1942.292553)], {
      server: serverOf(9617),
    }),
    actor: null,
    verdict: {
      ...{ cause: 'tmux-command', confidence: 'likely' },
      missing: [
        'who gave the command: the one client of tmux that ended at that moment (pid 9625) was not seen before',
      ],
    },
  },
  {
    name: 'kill-session by our own link',
    rule: 'told-tmux',
    given: recorded(
      traces.killSession,
      { ancestry: { 9625: [700, 1] } },
      [deathOf(9618, 1942.292553)],
      { server: serverOf(9617), ours: [700] },
    ),
    actor: null,
    verdict: {
      cause: 'tmux-command',
      confidence: 'likely',
      missing: [/^who gave the command: a key/],
    },
  },
  {
    name: 'kill-pane of the last pane: the server ends with it',
    rule: 'told-tmux',
    given: recorded(
      traces.killLastPane,
      { cmdlines: { 9630: 'tmux show-messages', 9632: 'tmux kill-pane -t api:' } },
      [deathOf(9621, 1942.434527)],
      { server: serverOf(9617), serverEnd: serverEnded('exited', 1942.43499) },
    ),
    actor: 9632,
    verdict: { cause: 'tmux-command', scope: 'session', confidence: 'certain' },
  },
  {
    name: 'two clients that may have done it: none is named',
    rule: 'told-tmux',
    given: recorded(traces.killLastPane, {}, [deathOf(9621, 1942.434527)], {
      server: serverOf(9617),
    }),
    actor: null,
    verdict: { cause: 'tmux-command', confidence: 'likely', missing: [/2 clients of tmux ended/] },
  },
  {
    name: 'kill-server, in a pane of a session that ends with it',
    rule: 'told-tmux',
    given: recorded(
      traces.killServer,
      killServer,
      [deathOf(9639, 1942.808062), deathOf(9650, 1942.808062, null, { session: 'web' })],
      {
        ...{ server: serverOf(9638), serverEnd: serverEnded('exited', 1942.80811) },
        panes: {
          9639: {
            session: 'api',
            pane: '%3',
            startTime: startTimeOf(9639),
            tmuxId: '$1',
            owner: null,
          },
        },
      },
    ),
    actor: 9642,
    verdict: {
      ...{ cause: 'tmux-command', scope: 'server', confidence: 'certain' },
      summary:
        'tmux was told to end its server "main", by "tmux kill-server" (pid 9642), in pane %3 of session "api"; 2 sessions ended with it',
      actor: { session: 'api' },
    },
  },
];
