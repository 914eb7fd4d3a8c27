import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { killsAround } from '../../../../agent/explain/memory-kills.ts';
import type { DeathRecord } from '../../../../agent/model/events/death.ts';
import type { Way } from '../witnessed/ways/way.ts';
import * as was from './recorded.ts';

type Details = Partial<Evidence> & {
  /** Kills for want of memory meanwhile, of whomever; null: nobody could count. */
  kills?: number | null;
  record?: Partial<DeathRecord>;
};

/** Nobody witnessed it. */
const unseen = (one: was.Recorded, { kills = 0, record, ...rest }: Details = {}): Evidence => {
  const deaths = [was.recordOf(one, record)];
  const now = kills === null ? null : was.countedAt(one, kills);
  return {
    server: { name: 'main', managed: true, instance: { pid: 28_272, startTime: 7_724_407 } },
    ...{ serverEnd: null, trouble: null, reboot: null, ooms: [], panes: {}, users: {} },
    ...{
      deaths,
      memoryKills: killsAround({ deaths, serverEnd: rest.serverEnd ?? null }, now),
      testimony: null,
    },
    untold: 'no witness is running',
    ...rest,
  };
};

const killedOf = (pid: number, group: string): string =>
  `oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,oom_memcg=/${group},task_memcg=/${group},task=hog,pid=${pid},uid=0`;

const wouldHaveTold = /: a witness would have told: no witness is running$/;
const sender = /^who sent it: .*no witness is running$/;
const unit = 'holdfast-tmux@deploy.service';

const nobody = { actor: null };

/** Ends that nobody witnessed, as they were recorded; and the same with one thing more, or less, that was known. */
export const unwitnessed: readonly Way[] = [
  {
    name: 'a kill, where the kernel killed nobody and no limit was set',
    ...{ rule: 'pane-signal', given: unseen(was.killed), ...nobody },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'the same where nobody could count what the kernel kills',
    ...{ rule: 'pane-signal', given: unseen(was.killed, { kills: null }), ...nobody },
    verdict: {
      ...{ cause: 'signal', confidence: 'possible' },
      missing: [/^whether the kernel killed it for want of memory: a witness/, sender],
    },
  },
  {
    name: 'the same where it was counted after the last sight of it: the kill may have come before',
    rule: 'pane-signal',
    given: unseen({ ...was.killed, measured: 200 }),
    ...nobody,
    verdict: { cause: 'signal', confidence: 'possible' },
  },
  {
    name: 'the kernel killed one meanwhile: it may have been this one',
    ...{ rule: 'memory-counted', given: unseen(was.outOfMemory, { kills: 1 }), ...nobody },
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
    ...nobody,
    verdict: { cause: 'oom-cgroup', confidence: 'certain', missing: [] },
  },
  {
    name: 'its log says that it was another: somebody sent the kill',
    rule: 'pane-signal',
    given: unseen(was.killed, {
      kills: 1,
      facts: [was.kernelSaid(was.killed, 300, killedOf(4444, 'elsewhere'))],
    }),
    ...nobody,
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'its log tells of one of two',
    rule: 'memory-counted',
    given: unseen(was.killed, {
      kills: 2,
      facts: [was.kernelSaid(was.killed, 300, killedOf(4444, 'elsewhere'))],
    }),
    ...nobody,
    verdict: { cause: 'oom-cgroup', confidence: 'possible' },
  },
  {
    name: 'a child that nobody knew may be one that its log tells of',
    rule: 'memory-counted',
    given: unseen(was.childOutOfMemory, {
      kills: 1,
      facts: [was.kernelSaid(was.childOutOfMemory, 9, killedOf(14_475, 'wkpjkcem'))],
    }),
    ...nobody,
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
    ...nobody,
    verdict: { cause: 'oom-system', confidence: 'possible' },
  },
  {
    name: 'who ends by another signal was not killed for want of memory',
    ...{ rule: 'pane-signal', given: unseen(was.sentXcpu, { kills: 1 }), ...nobody },
    verdict: { cause: 'signal', confidence: 'likely' },
  },
  {
    name: 'the server, which the kernel may have chosen',
    rule: 'memory-counted',
    given: unseen(was.serverOutOfMemory, {
      kills: 1,
      serverEnd: was.goneWith(was.serverOutOfMemory, 'killed'),
    }),
    ...nobody,
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
    ...nobody,
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
    ...nobody,
    verdict: {
      ...{ cause: 'program-crash', confidence: 'possible' },
      missing: [/^whether the signal came from the server itself/, sender],
    },
  },
  {
    name: 'a program of an adopted server, of which nobody knows how it ended',
    rule: 'nothing-known',
    given: unseen(was.outOfMemory, {
      ...{ kills: 1, record: { exit: null }, server: { name: 'mine', managed: false } },
    }),
    ...nobody,
    verdict: { cause: 'unknown', evidence: [{ source: 'oom-count' }, { source: 'tmux' }, {}] },
  },
  {
    name: 'a crash and a signal that was sent look alike',
    ...{ rule: 'pane-signal', given: unseen(was.sentSegv), ...nobody },
    verdict: { cause: 'program-crash', confidence: 'possible', missing: [wouldHaveTold] },
  },
  {
    name: 'the log of the kernel has the fault',
    rule: 'written-crash',
    given: unseen(was.crashed, {
      facts: [
        was.kernelSaid(
          was.crashed,
          5,
          'iocvgpazmr[26543]: segfault at 8 ip 000055b4736f2212 sp 00007ffefcbc7ad0 error 6 in iocvgpazmr[1212,55b4736f2000+1000] likely on CPU 1 (core 1, socket 0)',
        ),
      ],
    }),
    ...nobody,
    verdict: { cause: 'program-crash', confidence: 'certain', missing: [] },
  },
  {
    name: 'the soft limit of processor time, of which most was used',
    ...{ rule: 'own-limit', given: unseen(was.cpuSoft), ...nobody },
    verdict: {
      ...{ cause: 'rlimit', confidence: 'likely', signal: { name: 'SIGXCPU' } },
      evidence: [{ source: 'procfs', text: /1 s of processor time; it had used 0\.8 s$/ }, {}, {}],
      missing: [wouldHaveTold, 'who set that limit'],
    },
  },
  {
    name: 'the signal of a limit that was not set',
    ...{ rule: 'pane-signal', given: unseen(was.sentXcpu), ...nobody },
    verdict: { cause: 'signal', confidence: 'likely', missing: [sender] },
  },
  {
    name: 'the same of one that nobody looked at',
    rule: 'pane-signal',
    given: unseen(was.sentXcpu, { record: { panes: [] } }),
    ...nobody,
    verdict: {
      ...{ cause: 'rlimit', confidence: 'possible' },
      missing: [/^which limits its process had/, sender],
    },
  },
  {
    name: 'the hard limit, and a kill by somebody else, look alike',
    ...{ rule: 'own-limit', given: unseen(was.cpuHard), ...nobody },
    verdict: { cause: 'rlimit', confidence: 'possible', summary: /processor time it may use$/ },
  },
  {
    name: 'one that had used it up',
    rule: 'own-limit',
    given: unseen({ ...was.cpuHard, leader: { ...was.cpuHard.leader, cpuMs: 950 } }),
    ...nobody,
    verdict: { cause: 'rlimit', confidence: 'likely' },
  },
  {
    name: 'the same while the kernel killed one for want of memory',
    rule: 'memory-counted',
    given: unseen({ ...was.cpuHard, leader: { ...was.cpuHard.leader, cpuMs: 950 } }, { kills: 1 }),
    ...nobody,
    verdict: { cause: 'oom-cgroup', confidence: 'possible' },
  },
  {
    name: 'the largest file it may write',
    ...{ rule: 'own-limit', given: unseen(was.fileTooLarge), ...nobody },
    verdict: { cause: 'rlimit', confidence: 'likely', evidence: [{ text: /4096 bytes$/ }, {}, {}] },
  },
  {
    name: 'who handles signals may have been asked to end',
    ...{ rule: 'program-exit', given: unseen(was.heeded), ...nobody },
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 0 },
      missing: [/^whether a signal made it exit, such as SIGTERM, which it handled: a witness/],
    },
  },
  {
    name: 'and so may one that ended by itself',
    ...{ rule: 'program-exit', given: unseen(was.exited), ...nobody },
    verdict: { cause: 'program-exit', confidence: 'possible', exitStatus: 7 },
  },
  {
    name: 'who handles none was not asked',
    rule: 'program-exit',
    given: unseen({ ...was.exited, leader: { ageMs: 4482, handles: [24] } }),
    ...nobody,
    verdict: { cause: 'program-exit', confidence: 'likely', missing: [wouldHaveTold] },
  },
  {
    name: 'one that had just begun may handle some later',
    rule: 'program-exit',
    given: unseen({ ...was.exited, leader: { ageMs: 300, handles: [] } }),
    ...nobody,
    verdict: { cause: 'program-exit', confidence: 'possible' },
  },
  {
    name: 'a status that names a signal',
    rule: 'program-exit',
    given: unseen({ ...was.childKilled, leader: { ageMs: 4659, handles: [] } }),
    ...nobody,
    verdict: {
      ...{ cause: 'program-exit', confidence: 'possible', exitStatus: 137 },
      missing: [/^whether SIGKILL is meant/, wouldHaveTold],
    },
  },
];
