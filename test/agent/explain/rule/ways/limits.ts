import type { Way } from '../../way.ts';
import * as was from '../recorded.ts';
import { sender, unseen, wouldHaveTold } from '../unseen.ts';

/** Programs that may have reached a limit of their own. */
export const limits: readonly Way[] = [
  {
    name: 'the soft limit of processor time, of which most was used',
    ...{ rule: 'own-limit', given: unseen(was.cpuSoft), actor: null },
    verdict: {
      ...{ cause: 'rlimit', confidence: 'likely', signal: { name: 'SIGXCPU' } },
      evidence: [{ source: 'procfs', text: /1 s of processor time; it had used 0\.8 s$/ }, {}, {}],
      missing: [wouldHaveTold, 'who set that limit'],
    },
  },
  {
    name: 'the signal of a limit that was not set',
    ...{ rule: 'pane-signal', given: unseen(was.sentXcpu), actor: null },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'the same of one that nobody looked at',
    rule: 'pane-signal',
    given: unseen(was.sentXcpu, { record: { panes: [] } }),
    actor: null,
    verdict: {
      ...{ cause: 'rlimit', confidence: 'possible' },
      missing: [/^which limits its process had/, sender],
    },
  },
  {
    name: 'the hard limit, and a kill by somebody else, look alike',
    ...{ rule: 'own-limit', given: unseen(was.cpuHard), actor: null },
    verdict: { cause: 'rlimit', confidence: 'possible', summary: /processor time it may use$/ },
  },
  {
    name: 'one that had used it up',
    rule: 'own-limit',
    given: unseen({ ...was.cpuHard, leader: { ...was.cpuHard.leader, cpuMs: 950 } }),
    actor: null,
    verdict: { cause: 'rlimit', confidence: 'likely' },
  },
  {
    name: 'the same while the kernel killed one for want of memory',
    rule: 'memory-counted',
    given: unseen({ ...was.cpuHard, leader: { ...was.cpuHard.leader, cpuMs: 950 } }, { kills: 1 }),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'possible' },
  },
  {
    name: 'the largest file it may write',
    ...{ rule: 'own-limit', given: unseen(was.fileTooLarge), actor: null },
    verdict: { cause: 'rlimit', confidence: 'likely', evidence: [{ text: /4096 bytes$/ }, {}, {}] },
  },
];
