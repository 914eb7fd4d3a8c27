import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../../witnessed/case.ts';
import { fatal, leader, manager } from '../../witnessed/composed/people.ts';
import { chosen } from '../../witnessed/trace-line.ts';
import { began } from '../began.ts';
import { stopOfWeb } from '../stop-of-web.ts';
import * as written from '../written.ts';
import * as kernel from '../written-kernel.ts';

const web = 'web.service';
const rule = 'unit-stopped';
const sentToMain = `Sent signal SIGTERM to main process ${leader} (node) on client request.`;

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
    name: 'no word of systemd was read, and the kernel told of who had it send a signal',
    rule,
    given: stopOfWeb([], { commands: [began(99.8, 4711, 'systemctl kill -s TERM web')] }),
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
