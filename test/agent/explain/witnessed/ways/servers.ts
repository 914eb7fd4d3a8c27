import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, serverOf } from '../case.ts';
import * as traces from '../recorded.ts';

/** Ends of the server. */
export const servers: readonly Way[] = [
  {
    name: 'the program in the last pane exits, and the adopted server with it',
    rule: 'ended-by-itself',
    given: recorded(traces.lastExit, {}, [deathOf(9649, 1943.245789)], {
      ...{ server: serverOf(9648), serverEnd: serverEnded('exited', 1943.247886) },
    }),
    actor: null,
    verdict: { cause: 'program-exit', confidence: 'likely', scope: 'session' },
  },
  {
    name: 'SIGKILL to the server: what it hangs up is a consequence',
    rule: 'signal-sent',
    given: recorded(traces.serverKilled, {}, [deathOf(9658, 1943.772559)], {
      ...{ server: serverOf(9657), serverEnd: serverEnded('killed', 1943.772248) },
    }),
    actor: 9612,
    verdict: {
      ...{ cause: 'signal', scope: 'server', confidence: 'certain', signal: { name: 'SIGKILL' } },
      summary: 'SIGKILL to the tmux server "main" from pid 9612 (bash); 1 session ended with it',
    },
  },
  {
    name: 'SIGTERM to the server',
    rule: 'signal-sent',
    given: recorded(traces.serverTerminated, {}, [deathOf(9667, 1944.149407)], {
      ...{ server: serverOf(9666), serverEnd: serverEnded('exited', 1944.149472) },
    }),
    actor: 9612,
    verdict: { cause: 'signal', scope: 'server', signal: { name: 'SIGTERM' } },
  },
  {
    name: 'SIGHUP to the server ends nothing; SIGINT does',
    rule: 'signal-sent',
    given: recorded(
      `${traces.serverHungUp}${traces.serverInterrupted}`,
      {},
      [deathOf(9677, 1944.637096)],
      { server: serverOf(9676), serverEnd: serverEnded('exited', 1944.637182) },
    ),
    actor: 9612,
    verdict: {
      ...{ cause: 'signal', scope: 'server', signal: { name: 'SIGINT' } },
      evidence: [
        { text: /^SIGHUP to pid 9676/ },
        { text: /^SIGINT to pid 9676/ },
        { source: 'tmux', text: '%exit' },
      ],
    },
  },
  {
    name: 'a SIGHUP before the session ended: the server ignores it',
    rule: 'removed-by-tmux',
    given: recorded(traces.serverHungUp, {}, [deathOf(9677, 1944.6, null, { panes: [] })], {
      server: serverOf(9676),
    }),
    actor: null,
    verdict: { cause: 'tmux-command', confidence: 'likely' },
  },
];
