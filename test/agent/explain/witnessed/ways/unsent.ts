import type { Way } from '../../way.ts';
import { deathOf, recorded, serverOf } from '../case.ts';
import * as traces from '../recorded.ts';

/** Ends that nobody sent. */
export const unsent: readonly Way[] = [
  {
    name: 'out of memory in a cgroup: who allocates is no culprit',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [deathOf(17515, 785.933212, { signal: 9 })]),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'likely', missing: [/^whose limit/] },
      summary: 'out of memory: the kernel killed "api"',
      evidence: [
        { source: 'kernel' },
        { text: /chose pid 17515 \(oomxyz\), which held 50 MiB/ },
        {},
      ],
    },
  },
  {
    name: 'out of memory, and the cgroup of the session counted it',
    rule: 'out-of-memory',
    given: recorded(traces.outOfMemory, {}, [deathOf(17515, 785.933212, { signal: 9 })], {
      ooms: [{ session: 'api', at: 1, kills: 1, whose: 'session', limitBytes: 64 * 1024 * 1024 }],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'certain', missing: [] },
      summary: 'out of memory: the kernel killed "api", over its memoryMax of 64MiB',
    },
  },
  {
    name: 'a segmentation fault',
    rule: 'crashed',
    given: recorded(traces.segfault, {}, [deathOf(17522, 785.965881, { signal: 11 })]),
    actor: null,
    verdict: {
      cause: 'program-crash',
      confidence: 'certain',
      summary: /crashed with SIGSEGV, a fault/,
    },
  },
  {
    name: 'abort()',
    rule: 'crashed',
    given: recorded(traces.aborted, {}, [deathOf(17536, 788.181333)]),
    actor: null,
    verdict: {
      cause: 'program-crash',
      confidence: 'certain',
      summary: /gave itself up with SIGABRT/,
    },
  },
  {
    name: 'the soft limit of processor time',
    rule: 'limit-reached',
    given: recorded(traces.cpuSoft, {}, [deathOf(17528, 787.004063, { signal: 24 })]),
    actor: null,
    verdict: {
      cause: 'rlimit',
      confidence: 'certain',
      summary: /^SIGXCPU to "api" from the kernel/,
    },
  },
  {
    name: 'the hard one: SIGKILL by the kernel, and no victim was marked',
    rule: 'limit-reached',
    given: recorded(traces.cpuHard, {}, [deathOf(17532, 788.032039, { signal: 9 })]),
    actor: null,
    verdict: {
      ...{ cause: 'rlimit', confidence: 'certain', summary: /processor time/ },
      missing: ['who set that limit'],
    },
  },
  {
    name: 'a terminal that is closed from outside',
    rule: 'kernel-signal',
    given: recorded(traces.hungUp, {}, [deathOf(17704, 833.358816, { signal: 1 })]),
    actor: null,
    verdict: { cause: 'signal', confidence: 'likely', summary: /its terminal was closed$/ },
  },
  {
    name: 'a program lets go of its terminal, and tmux closes the pane',
    rule: 'terminal-closed',
    given: recorded(
      traces.letGo,
      {},
      [deathOf(18698, 79_403.352269, { signal: 1 }, { instance: serverOf(18690).instance })],
      { server: serverOf(18690) },
    ),
    actor: null,
    verdict: {
      ...{ cause: 'program-exit', confidence: 'likely', signal: { name: 'SIGHUP' } },
      evidence: [{ text: /^SIGHUP to pid 18698 \(perl\), from the tmux server/ }, {}, {}],
      missing: ['with which status it would have ended'],
    },
  },
  {
    name: 'the first process of a PID namespace ends',
    rule: 'kernel-signal',
    given: recorded(traces.namespaceEnded, {}, [deathOf(17744, 834.123441, { signal: 9 })]),
    actor: null,
    verdict: {
      ...{ cause: 'signal', confidence: 'likely', summary: /perhaps .* PID namespace ended/ },
      missing: [/^who brought it about: pid 17743 \(bash\) was running then$/],
      evidence: [{ text: /from the kernel, while pid 17743 \(bash\) was running$/ }],
    },
  },
];
