import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { Way } from '../../way.ts';
import { deathOf, serverEnded, serverOf } from '../../witnessed/case.ts';
import { leader } from '../../witnessed/composed/people.ts';
import * as written from '../written.ts';
import * as kernel from '../written-kernel.ts';

const unit = 'holdfast-tmux@deploy.service';
const path = `/holdfast.slice/${unit}`;

/** Nobody witnessed it: one session, found gone at 100.1 s. */
const untracedOf = (
  facts: NonNullable<Evidence['facts']>,
  exit: Parameters<typeof deathOf>[2],
  serverEnd: Evidence['serverEnd'] = null,
): Evidence => ({
  server: { ...serverOf(9638), socket: '/run/holdfast/tmux/deploy/tmux.sock' },
  ...{ serverEnd, trouble: null, reboot: null, ooms: [], panes: {}, users: {}, facts },
  ...{ deaths: [deathOf(leader, 100.1, exit)], testimony: null, untold: 'there is no tracing' },
});

const gone = (how: 'killed' | 'exited' | 'unknown') => serverEnded(how, 100.1);
const kill9 = (to: number) => kernel.auditedKill(100, { from: 15732, to, signal: 9 });

/** Ends that nobody witnessed. */
export const untraced: readonly Way[] = [
  {
    name: 'the audit recorded who killed the program',
    rule: 'written-signal',
    given: untracedOf([kill9(leader)], { signal: 9 }),
    actor: 15732,
    verdict: {
      ...{ cause: 'signal', confidence: 'certain', missing: [] },
      summary: 'SIGKILL to "api" from "kill -9 15730" (pid 15732)',
      evidence: [{ source: 'audit' }, { source: 'tmux' }, { source: 'rule' }],
      actor: { uid: 1000, cmdline: '/bin/kill -9 15730' },
    },
  },
  {
    name: 'the audit recorded who killed the server',
    rule: 'written-signal',
    given: untracedOf([kill9(9638)], null, gone('killed')),
    actor: 15732,
    verdict: { cause: 'signal', scope: 'server', confidence: 'certain' },
  },
  {
    name: 'an audited signal to another, of another kind, or long before names nobody',
    rule: 'pane-signal',
    given: untracedOf(
      [
        kill9(501),
        kernel.auditedKill(99.99, { from: 7, to: leader, signal: 15 }),
        kernel.auditedKill(40, { from: 7, to: 9638, signal: 9 }),
      ],
      { signal: 9 },
    ),
    actor: null,
    verdict: { cause: 'signal', missing: [/^whether the kernel killed it/, /^who sent it/] },
  },
  {
    name: 'systemd says whom it killed',
    rule: 'written-signal',
    given: untracedOf(
      [
        written.stopping(90, 'web.service'),
        written.unitSignal(
          100,
          'web.service',
          `Killing process ${leader} (node) with signal SIGKILL.`,
        ),
      ],
      { signal: 9 },
    ),
    actor: 1,
    verdict: { cause: 'unit-stop', confidence: 'certain', summary: /web\.service was stopped/ },
  },
  ...(['exited', 'killed', 'unknown'] as const).map((how) => ({
    name: `the unit of the server was stopped: ${how}`,
    rule: 'written-stop',
    given: untracedOf(
      [
        written.sudo(99.7, '/usr/bin/systemctl stop holdfast-tmux@deploy.service'),
        written.stopping(99.8, unit),
        written.mainExited(100.05, unit, 'exited', 0),
      ],
      null,
      gone(how),
    ),
    actor: 9917,
    verdict: { cause: 'unit-stop', scope: 'server', confidence: 'certain', missing: [] },
  })),
  {
    name: 'another unit was stopped',
    rule: 'server-exited',
    given: untracedOf([written.stopping(99.8, 'web.service')], null, gone('exited')),
    actor: null,
    verdict: { cause: 'unknown' },
  },
  {
    name: 'the unit of the server ended for want of memory',
    rule: 'written-stop',
    given: untracedOf(
      [written.unitOom(99.9, unit, 'kernel'), written.result(100.2, unit, 'oom-kill')],
      null,
      gone('killed'),
    ),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'likely', missing: [/^whose limit/] },
  },
  {
    name: 'something in it was killed for want of memory, and it went on',
    rule: 'server-killed',
    given: untracedOf([written.unitOom(99.9, unit, 'kernel')], null, gone('killed')),
    actor: null,
    verdict: { cause: 'signal', confidence: 'possible' },
  },
  {
    name: 'systemd says by which signal the server ended',
    rule: 'server-killed',
    given: untracedOf([written.mainExited(100.05, unit, 'killed', 9)], null, gone('killed')),
    actor: null,
    verdict: {
      ...{ cause: 'signal', confidence: 'possible', signal: { name: 'SIGKILL' } },
      missing: [/^whether the kernel killed it for want of memory/, /^who sent it/],
    },
  },
  {
    name: 'the kernel wrote that it killed the program for want of memory',
    rule: 'written-oom',
    given: untracedOf([kernel.oomKill(100, { pid: leader, limit: null, group: '/x' })], {
      signal: 9,
    }),
    actor: null,
    verdict: { cause: 'oom-system', confidence: 'certain', missing: [] },
  },
  {
    name: 'or what the program had started, by the cgroup of the session',
    rule: 'written-oom',
    given: untracedOf(
      [
        kernel.oomKill(100, {
          ...{ pid: 777, limit: `${path}/session-1` },
          group: `${path}/session-1`,
        }),
      ],
      { status: 137 },
    ),
    actor: null,
    verdict: { cause: 'oom-cgroup', summary: /the session reached its own limit/ },
  },
  {
    name: 'or the server',
    rule: 'written-oom',
    given: untracedOf(
      [kernel.oomKill(100, { pid: 9638, limit: path, group: `${path}/server` })],
      null,
      gone('killed'),
    ),
    actor: null,
    verdict: { cause: 'oom-cgroup', scope: 'server', summary: /server "main", and 1 session/ },
  },
  {
    name: 'who exited by itself was not killed',
    rule: 'program-exit',
    given: untracedOf([kernel.oomKill(100, { pid: leader, limit: null, group: '/x' })], {
      status: 1,
    }),
    actor: null,
    verdict: { cause: 'program-exit' },
  },
  {
    name: 'systemd-oomd killed the session',
    rule: 'written-oomd',
    given: untracedOf([written.oomdKilled(100.5, `${path}/session-1`)], null),
    actor: null,
    verdict: { cause: 'oomd', scope: 'session', confidence: 'certain' },
  },
  {
    name: 'systemd-oomd killed the unit of the server',
    rule: 'written-oomd',
    given: untracedOf([written.oomdKilled(100.5, path)], null, gone('killed')),
    actor: null,
    verdict: { cause: 'oomd', scope: 'server' },
  },
  {
    name: 'a segmentation fault of the program',
    rule: 'written-crash',
    given: untracedOf([kernel.segfault(100, leader)], { signal: 11 }),
    actor: null,
    verdict: { cause: 'program-crash', confidence: 'certain', missing: [] },
  },
  {
    name: 'a core dump is left also where somebody sent the signal',
    rule: 'written-crash',
    given: untracedOf([kernel.coreDumped(100, 9638, 6)], null, gone('killed')),
    actor: null,
    verdict: {
      ...{ cause: 'program-crash', scope: 'server', confidence: 'possible' },
      ...{ signal: { name: 'SIGABRT' }, missing: [/^whether the signal came/] },
    },
  },
  {
    name: 'the package of tmux was replaced just before',
    rule: 'server-exited',
    given: untracedOf([written.tmuxReplaced(90)], null, gone('exited')),
    actor: null,
    verdict: {
      ...{ cause: 'unknown', summary: /tmux was replaced just before \("3\.3a-3" by "3\.3a-4"\)/ },
      evidence: [{ source: 'packages' }, { source: 'tmux' }, { source: 'rule' }],
    },
  },
];
