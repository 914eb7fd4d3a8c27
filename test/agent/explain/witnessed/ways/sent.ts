import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../case.ts';
import * as traces from '../recorded.ts';

const cron = {
  cmdlines: { 15771: 'pkill -f mux', 800: '/usr/sbin/cron -f' },
  ancestry: { 15771: [810, 805, 800, 1] },
  comms: { 810: 'sh', 805: 'cron', 800: 'cron', 1: 'systemd' },
  cgroups: { 15771: '/system.slice/cron.service' },
  uids: { 15771: 0 },
};

/** Signals to the program of a pane. */
export const sent: readonly Way[] = [
  {
    name: 'kill -9, by a program',
    rule: 'signal-sent',
    given: recorded(traces.killed, { cmdlines: { 15732: '/bin/kill -9 15730' } }, [
      deathOf(15730, 755.082073, { signal: 9 }),
    ]),
    actor: 15732,
    verdict: {
      ...{ cause: 'signal', scope: 'session', confidence: 'certain', missing: [] },
      ...{ signal: { name: 'SIGKILL', number: 9 }, exitStatus: null },
      summary: 'SIGKILL to "api" from "kill -9 15730" (pid 15732)',
      evidence: [
        {
          source: 'kernel',
          text: 'SIGKILL to pid 15730 (sleep), from "kill -9 15730" (pid 15732)',
        },
        { source: 'tmux', text: 'api: its last program was ended by SIGKILL' },
      ],
    },
  },
  {
    name: 'kill -9, by a shell that was gone before it could be looked at, on an adopted server',
    rule: 'signal-sent',
    given: recorded(traces.killedByShell, {}, [deathOf(15735, 755.18828)]),
    actor: 15728,
    verdict: {
      ...{ cause: 'signal', confidence: 'certain' },
      summary: 'SIGKILL to "api" from pid 15728 (bash)',
      missing: [/^the command line of pid 15728: it was gone/],
    },
  },
  {
    name: 'a pkill in a cron job',
    rule: 'signal-sent',
    given: recorded(traces.pkilled, cron, [deathOf(15739, 755.3111, { signal: 15 })], {
      users: { 0: 'root' },
    }),
    actor: 15771,
    verdict: {
      ...{ cause: 'signal', confidence: 'certain' },
      summary: 'SIGTERM to "api" from "pkill -f mux" (pid 15771), run by cron (cron.service)',
      actor: { comm: 'pkill', cmdline: 'pkill -f mux', unit: 'cron.service', uid: 0, user: 'root' },
      evidence: [
        { source: 'kernel' },
        { source: 'procfs', text: /^pid 15771 was started by pid 810 \(sh\), that by pid 805/ },
        { source: 'tmux' },
      ],
    },
  },
  {
    name: 'timeout, whose child is the program of the pane',
    rule: 'signal-from-parent',
    given: recorded(traces.timedOut, { ancestry: { 15781: [15780] } }, [
      deathOf(15781, 755.652403, { signal: 15 }),
    ]),
    actor: 15780,
    verdict: { cause: 'signal', confidence: 'likely', missing: [/command line/, /took it along/] },
  },
  {
    name: 'timeout as the program of the pane: what it does to its child is its own affair',
    rule: 'program-exit',
    given: recorded(traces.timedOut, { ancestry: { 15781: [15780] } }, [
      deathOf(15780, 755.65263, { status: 124 }),
    ]),
    actor: null,
    verdict: {
      ...{ cause: 'program-exit', confidence: 'certain', exitStatus: 124 },
      evidence: [{ source: 'tmux' }, { text: /^SIGTERM to pid 15781 \(sleep\), from pid 15780/ }],
    },
  },
  {
    name: 'a write to cgroup.kill',
    rule: 'signal-sent',
    given: recorded(traces.cgroupKill, {}, [deathOf(17690, 832.864417, { signal: 9 })]),
    actor: 17688,
    verdict: { cause: 'signal', evidence: [{ text: /through cgroup\.kill$/ }] },
  },
  {
    name: 'pidfd_send_signal',
    rule: 'signal-sent',
    given: recorded(traces.pidfd, {}, [deathOf(17710, 833.529375, { signal: 15 })]),
    actor: 17709,
    verdict: { cause: 'signal' },
  },
  {
    name: 'sigqueue',
    rule: 'signal-sent',
    given: recorded(traces.queued, {}, [deathOf(17715, 833.648721, { signal: 15 })]),
    actor: 17714,
    verdict: { cause: 'signal' },
  },
  {
    name: 'tgkill',
    rule: 'signal-sent',
    given: recorded(traces.toThread, {}, [deathOf(17722, 833.775134, { signal: 9 })]),
    actor: 17721,
    verdict: { cause: 'signal', evidence: [{ text: /to one thread$/ }] },
  },
  {
    name: 'SIGSTOP ends nobody, the SIGKILL after it does',
    rule: 'signal-sent',
    given: recorded(traces.stopped, {}, [deathOf(17730, 833.956914)]),
    actor: 17728,
    verdict: { cause: 'signal', signal: { name: 'SIGKILL' }, confidence: 'certain' },
  },
  {
    name: 'the parent ended and took its child along',
    rule: 'signal-from-parent',
    given: recorded(traces.parentDied, { ancestry: { 17699: [17698, 17697] } }, [
      deathOf(17699, 833.092927, { signal: 9 }),
    ]),
    actor: 17698,
    verdict: { cause: 'signal', confidence: 'likely', summary: /took it along as it ended$/ },
  },
  {
    name: 'a child of a shell is killed, and the shell ends with the status of that',
    rule: 'child-killed',
    given: recorded(traces.killed, { ancestry: { 15730: [15700] } }, [
      deathOf(15700, 755.09, { status: 137 }),
    ]),
    actor: 15732,
    verdict: {
      ...{ cause: 'signal', confidence: 'certain', exitStatus: 137 },
      ...{ signal: { name: 'SIGKILL' } },
      summary:
        /^SIGKILL to a program of "api" \(sleep, pid 15730\) from pid 15732 \(kill\); "api" ended/,
    },
  },
  {
    name: 'the same where tmux wrote no status down',
    rule: 'child-killed',
    given: recorded(traces.killed, { ancestry: { 15730: [15701, 15700] } }, [
      deathOf(15700, 755.09),
    ]),
    actor: 15732,
    verdict: {
      ...{ cause: 'signal', confidence: 'likely' },
      missing: [/^how its first program ended: tmux wrote no status/, /command line/],
    },
  },
];
