import { deathOf, recorded, serverEnded } from '../../witnessed/case.ts';
import { fatal, leader, manager } from '../../witnessed/composed/people.ts';
import { chosen } from '../../witnessed/trace-line.ts';
import type { Way } from '../../witnessed/ways/way.ts';
import { began } from '../began.ts';
import { stopOfWeb } from '../stop-of-web.ts';
import * as written from '../written.ts';
import * as kernel from '../written-kernel.ts';

const web = 'web.service';
const rule = 'unit-stopped';
const sentToMain = `Sent signal SIGTERM to main process ${leader} (node) on client request.`;
const ofUser = '/user.slice/user-1000.slice/user@1000.service';

/** Stops of units that nobody asked for, or that follow from something else. */
export const reasons: readonly Way[] = [
  ...(['timeout', 'watchdog'] as const).map((result) => ({
    name: `the result ${result} says why without a person`,
    rule,
    given: stopOfWeb([written.result(100.3, web, result)]),
    actor: 1,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'certain', missing: [] },
      summary: result === 'timeout' ? /ran longer than its unit allows/ : /did not report in time/,
    },
  })),
  {
    name: 'of a stop that took too long the stop is the reason',
    rule,
    given: stopOfWeb([written.stopping(99, web), written.result(100.3, web, 'timeout')]),
    actor: 1,
    verdict: { confidence: 'certain', summary: /web\.service was stopped$/ },
  },
  {
    name: 'the main process had ended',
    rule,
    given: stopOfWeb([written.mainExited(99.99, web, 'exited', 1)]),
    actor: 1,
    verdict: { cause: 'unit-stop', confidence: 'likely', summary: /main process .* had ended/ },
  },
  {
    name: 'an end of the main process after the signal is what the signal did',
    rule,
    given: stopOfWeb([written.mainExited(100.01, web, 'killed', 15)]),
    actor: 1,
    verdict: { confidence: 'likely', summary: /: the unit was stopped$/ },
  },
  {
    name: 'somebody had systemd send a signal',
    rule,
    given: stopOfWeb([
      written.sudo(99.8, '/usr/bin/systemctl kill -s TERM web'),
      written.unitSignal(100.01, web, sentToMain),
    ]),
    actor: 9917,
    verdict: { cause: 'signal', confidence: 'certain', summary: /had it sent to web\.service/ },
  },
  {
    name: 'the machine goes down, and its units before it',
    rule,
    given: stopOfWeb([
      written.sudo(90, '/sbin/reboot'),
      written.goingDown(90.2, 'System is rebooting.'),
      written.stopping(99.9, web),
    ]),
    actor: 9917,
    verdict: { cause: 'shutdown', scope: 'session', confidence: 'certain' },
  },
  {
    name: 'a login ends, by the word of logind',
    rule,
    given: recorded(fatal(100, 1, 15, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('exited', 100.1),
      facts: [written.loggedOut(99.9, '3'), written.loginRemoved(100.2, '3')],
    }),
    actor: 1,
    verdict: {
      ...{ cause: 'logout', scope: 'server', confidence: 'certain', missing: [] },
      summary: /the login 3 of deploy ended; 1 session/,
    },
  },
  {
    name: 'a login ends because somebody asked for that',
    rule,
    given: recorded(fatal(100, 1, 15, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('exited', 100.1),
      facts: [written.loggedOut(99.9, '3'), written.loginRemoved(100.2, '3')],
      commands: [
        began(99.7, 4710, 'loginctl terminate-session 33'),
        began(99.8, 4711, 'loginctl terminate-user deploy'),
      ],
    }),
    actor: 4711,
    verdict: {
      ...{ cause: 'logout', scope: 'server', confidence: 'certain', missing: [] },
      summary:
        /the login 3 of deploy ended, asked for by "loginctl terminate-user deploy" \(pid 4711\)/,
    },
  },
  {
    name: 'no word of systemd was read, and the kernel told of who had it send a signal',
    rule,
    given: stopOfWeb([], { commands: [began(99.8, 4711, 'systemctl kill -s TERM web')] }),
    actor: 4711,
    verdict: { cause: 'signal', confidence: 'certain', summary: /had it sent, asked for by/ },
  },
  {
    name: 'a signal to all of a login ends it too, and is not its end',
    rule,
    given: recorded(fatal(100, 1, 9, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('killed', 100.1),
      facts: [written.loggedOut(100.4, '3'), written.loginRemoved(100.5, '3')],
      commands: [began(99.8, 4711, 'loginctl kill-session --signal=KILL 3')],
    }),
    actor: 4711,
    verdict: { cause: 'signal', confidence: 'certain', summary: /had it sent, asked for by/ },
  },
  {
    name: 'of SIGKILL from systemd it is not sure that it was a stop',
    rule,
    given: recorded(fatal(100, 1, 9), manager, [deathOf(leader, 100.1, { signal: 9 })], {}),
    actor: 1,
    verdict: { cause: 'unit-stop', confidence: 'possible' },
  },
  {
    name: 'somebody whose command the kernel told of had systemd send a signal',
    rule,
    given: stopOfWeb([written.unitSignal(100.01, web, sentToMain)], {
      commands: [began(99.8, 4711, 'systemctl kill -s TERM web')],
    }),
    actor: 4711,
    verdict: { cause: 'signal', confidence: 'certain', missing: [] },
  },
  {
    name: 'the end of another login says nothing',
    rule,
    given: recorded(fatal(100, 1, 15, 9638), manager, [deathOf(leader, 100.1)], {
      serverEnd: serverEnded('exited', 100.1),
      facts: [written.loginRemoved(100.2, '33', 'other')],
    }),
    actor: 1,
    verdict: { cause: 'logout', confidence: 'likely', summary: /: the login ended; 1 session/ },
  },
  {
    name: 'the last login of a user ends, and his manager with all that it started',
    rule,
    given: recorded(
      fatal(100, 77, 15),
      {
        cgroups: {
          77: '/user.slice/user-1000.slice/user@1000.service/init.scope',
          [leader]: '/user.slice/user-1000.slice/user@1000.service/tmux.slice/tmux-1.scope',
        },
        ancestry: { 77: [1] },
      },
      [deathOf(leader, 100.1, { signal: 15 })],
      {
        users: { 1000: 'deploy' },
        facts: [written.loginRemoved(89.9, '3'), written.stopping(99.9, 'user@1000.service')],
      },
    ),
    actor: 77,
    verdict: {
      ...{ cause: 'logout', confidence: 'certain' },
      summary: /manager of user@1000\.service\/tmux-1\.scope: the login 3 of deploy ended$/,
    },
  },
  ...(
    [
      ['one who moved into the group of the manager', `${ofUser}/init.scope`, [800, 1]],
      ['an orphan in a group that is called so', `${ofUser}/app.slice/init.scope`, [1]],
    ] as const
  ).map(([name, cgroup, parents]) => ({
    name: `${name} ends nothing by a logout`,
    rule: 'signal-sent',
    given: recorded(
      fatal(100, 77, 15),
      {
        cgroups: { 77: cgroup, [leader]: `${ofUser}/tmux.slice/tmux-1.scope` },
        ancestry: { 77: [...parents] },
      },
      [deathOf(leader, 100.1, { signal: 15 })],
      {
        users: { 1000: 'deploy' },
        facts: [written.loginRemoved(89.9, '3'), written.stopping(99.9, 'user@1000.service')],
      },
    ),
    actor: 77,
    verdict: { cause: 'signal' as const, scope: 'session' as const },
  })),
  {
    name: 'an orphan in the control group of a user is no logout, whatever login ended',
    rule,
    given: recorded(
      fatal(100, 77, 15),
      {
        cgroups: { 77: `${ofUser}/.control`, [leader]: `${ofUser}/tmux.slice/tmux-1.scope` },
        ancestry: { 77: [1] },
      },
      [deathOf(leader, 100.1, { signal: 15 })],
      { users: { 1000: 'deploy' }, facts: [written.loginRemoved(89.9, '3')] },
    ),
    actor: 77,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'likely' },
      summary: /run by the manager of user@1000\.service: the unit was stopped$/,
    },
  },
  {
    name: "a child's want of memory was behind the stop, by the word of systemd and the kernel",
    rule,
    given: stopOfWeb([
      kernel.oomKill(99.8, {
        ...{ pid: 601, limit: '/system.slice/web.service' },
        group: '/system.slice/web.service',
      }),
      written.unitOom(99.9, web, 'kernel'),
    ]),
    actor: 1,
    verdict: {
      ...{ cause: 'oom-cgroup', confidence: 'certain' },
      summary: /killed for want of memory: web\.service reached its limit of memory/,
    },
  },
  {
    name: 'want of memory in a unit that was being stopped is not why',
    rule,
    given: recorded(
      `${chosen(99.9, 601)}${fatal(100, 1, 15)}`,
      { cgroups: { ...manager.cgroups, 601: '/system.slice/web.service' } },
      [deathOf(leader, 100.1, { signal: 15 })],
      { facts: [written.stopping(99, web), written.unitOom(99.95, web, 'kernel')] },
    ),
    actor: 1,
    verdict: { cause: 'unit-stop', confidence: 'certain' },
  },
];
