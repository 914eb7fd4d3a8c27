import type { Way } from '../../way.ts';
import * as was from '../recorded.ts';
import { killedOf, sender, unseen, wouldHaveTold } from '../unseen.ts';

/** Programs that were killed, by the kernel for want of memory or by whomever. */
export const killed: readonly Way[] = [
  {
    name: 'a kill, where the kernel killed nobody and no limit was set',
    ...{ rule: 'pane-signal', given: unseen(was.killed), actor: null },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'the same where nobody could count what the kernel kills',
    ...{ rule: 'pane-signal', given: unseen(was.killed, { kills: null }), actor: null },
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/^whether the kernel killed it for want of memory: a witness/, sender],
    },
  },
  {
    name: 'the same where it was counted after the last sight of it: the kill may have come before',
    rule: 'pane-signal',
    given: unseen({ ...was.killed, measured: 200 }),
    actor: null,
    verdict: { cause: 'signal', confidence: 'possible' },
  },
  {
    name: 'the kernel killed one meanwhile: it may have been this one',
    ...{ rule: 'memory-counted', given: unseen(was.outOfMemory, { kills: 1 }), actor: null },
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'possible', signal: { name: 'SIGKILL' } },
      summary: /ended by SIGKILL while the kernel killed for want of memory/,
      evidence: [
        { source: 'tmux' },
        { source: 'oom-count', text: /killed 1 process for want of memory within 3 s/ },
        { source: 'rule' },
      ],
      missing: [wouldHaveTold],
    },
  },
  {
    name: 'its log says that it was this one',
    rule: 'written-oom',
    given: unseen(was.outOfMemory, {
      kills: 1,
      facts: [was.kernelSaid(was.outOfMemory, 6, killedOf(3297, 'dtjarxtl'))],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'certain', missing: [] },
  },
  {
    name: 'its log says that it was another: somebody sent the kill',
    rule: 'pane-signal',
    given: unseen(was.killed, {
      kills: 1,
      facts: [was.kernelSaid(was.killed, 300, killedOf(4444, 'elsewhere'))],
    }),
    actor: null,
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'its log tells of one of two',
    rule: 'memory-counted',
    given: unseen(was.killed, {
      kills: 2,
      facts: [was.kernelSaid(was.killed, 300, killedOf(4444, 'elsewhere'))],
    }),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'possible' },
  },
  {
    name: 'a child that nobody knew may be one that its log tells of',
    rule: 'memory-counted',
    given: unseen(was.childOutOfMemory, {
      kills: 1,
      facts: [was.kernelSaid(was.childOutOfMemory, 9, killedOf(14_475, 'wkpjkcem'))],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'possible', exitStatus: 137 },
      ...{ summary: /ended with status 137, as after the SIGKILL of another/ },
      evidence: [{ source: 'tmux' }, { source: 'kernel-log' }, { source: 'oom-count' }, {}],
    },
  },
  {
    name: 'the machine had no memory left',
    rule: 'memory-counted',
    given: unseen(was.outOfMemory, {
      kills: 1,
      record: { host: { ...was.hostOf(was.outOfMemory), memoryAvailableBytes: 9e8 } },
    }),
    actor: null,
    verdict: { cause: 'oom-system', confidence: 'possible' },
  },
  {
    name: 'who ends by another signal was not killed for want of memory',
    ...{ rule: 'pane-signal', given: unseen(was.sentXcpu, { kills: 1 }), actor: null },
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'a program of an adopted server, of which nobody knows how it ended',
    rule: 'nothing-known',
    given: unseen(was.outOfMemory, {
      ...{ kills: 1, record: { exit: null }, server: { name: 'mine', managed: false } },
    }),
    actor: null,
    verdict: { cause: 'unknown', evidence: [{ source: 'oom-count' }, { source: 'tmux' }, {}] },
  },
];
