import { at, death, hostWith, signal, status } from '../../sample-death.ts';
import type { Example } from './example.ts';

const oom = { session: 'bot', at, kills: 2, whose: 'session', limitBytes: 50 * 2 ** 20 } as const;

/** Kills for want of memory, as they were counted in the cgroup of the session. */
export const memoryEnds: readonly Example[] = [
  {
    rule: 'session-oom',
    given: { deaths: [death({ exit: signal(9) })], ooms: [oom] },
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'certain', summary: /"bot" was over memoryMax/ },
      evidence: [
        { source: 'cgroup', text: /killed 2 of its processes over its memoryMax of 50MiB/ },
      ],
    },
  },
  {
    rule: 'session-oom',
    given: { deaths: [death({ exit: signal(9) })], ooms: [{ ...oom, whose: 'machine' }] },
    verdict: { cause: 'oom-system', confidence: 'possible', missing: [/machine itself/] },
  },
  {
    rule: 'session-oom',
    given: {
      deaths: [death({ exit: signal(9), host: hostWith({ memoryAvailableBytes: 2 }) })],
      ooms: [{ ...oom, whose: 'machine' }],
    },
    verdict: { cause: 'oom-system', confidence: 'likely' },
  },
  {
    rule: 'session-oom',
    given: { deaths: [death({ exit: signal(9) })], ooms: [{ ...oom, whose: 'unknown' }] },
    verdict: { cause: 'oom-cgroup', confidence: 'likely', missing: [/whose limit/] },
  },
  {
    rule: 'session-oom',
    given: {
      deaths: [death({ exit: signal(9), host: hostWith({ memoryAvailableBytes: 2 }) })],
      ooms: [{ ...oom, whose: 'unknown' }],
    },
    verdict: { cause: 'oom-system', confidence: 'possible', missing: [/whose limit/] },
  },
  {
    rule: 'removed-by-tmux',
    given: { ooms: [oom] },
    verdict: { cause: 'tmux-command', evidence: [{ source: 'cgroup' }, { source: 'tmux' }] },
  },
  {
    rule: 'different-endings',
    given: {
      deaths: [death({ exit: signal(9) }), death({ session: 'api', exit: status(1) })],
      ooms: [oom],
    },
    verdict: { cause: 'unknown' },
  },
];
