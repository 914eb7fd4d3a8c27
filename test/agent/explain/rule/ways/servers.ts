import type { Way } from '../../way.ts';
import * as was from '../recorded.ts';
import { sender, unseen } from '../unseen.ts';

const unit = 'holdfast-tmux@deploy.service';

/** Servers, which may have been killed. */
export const servers: readonly Way[] = [
  {
    name: 'the server, which the kernel may have chosen',
    rule: 'memory-counted',
    given: unseen(was.serverOutOfMemory, {
      kills: 1,
      serverEnd: was.goneWith(was.serverOutOfMemory, 'killed'),
    }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', scope: 'server', confidence: 'possible' },
      summary: /^the tmux server "main" ended without a goodbye, with 1 session, while/,
    },
  },
  {
    name: 'one that took leave was not killed',
    rule: 'server-exited',
    given: unseen(was.serverOutOfMemory, {
      kills: 1,
      serverEnd: was.goneWith(was.serverOutOfMemory, 'exited'),
    }),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'nor one that systemd says crashed, which may have been sent the signal',
    rule: 'server-killed',
    given: unseen(was.serverOutOfMemory, {
      ...{ kills: 1, serverEnd: was.goneWith(was.serverOutOfMemory, 'killed') },
      server: { name: 'main', managed: true, socket: '/run/holdfast/tmux/deploy/tmux.sock' },
      facts: [
        {
          ...{ kind: 'unit-exit', unit, how: 'dumped', status: 11, source: 'systemd-jobs' },
          ...{ at: was.recordOf(was.serverOutOfMemory).found, text: 'Main process exited' },
        },
      ],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'program-crash', confidence: 'possible' },
      missing: [/^whether the signal came from the server itself/, sender],
    },
  },
];
