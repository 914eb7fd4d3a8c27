import type { Way } from '../../way.ts';
import { leader } from '../../witnessed/composed/people.ts';
import { began, ofLogin } from '../began.ts';
import { stopOfWeb } from '../stop-of-web.ts';
import * as written from '../written.ts';

const web = 'web.service';
const rule = 'unit-stopped';
const systemctl = '/usr/bin/systemctl restart web';

/** Stops of units, and who asked for them. */
export const stops: readonly Way[] = [
  {
    name: 'somebody asked for it through sudo',
    rule,
    given: stopOfWeb([
      written.sudo(99.8, systemctl),
      written.stopping(99.9, web, 'restart'),
      written.stopped(100.2, web, 'restart'),
    ]),
    actor: 9917,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'certain', missing: [] },
      summary: `SIGTERM to "api" from the manager of web.service: web.service was restarted, asked for by uid 1000 through sudo: "${systemctl}"`,
      actor: { comm: 'sudo', cmdline: systemctl, uid: 1000 },
      evidence: [
        { source: 'systemd-jobs', text: `uid 1000 ran as root: ${systemctl}` },
        { text: /^Stopping web/ },
        { source: 'kernel' },
        { source: 'tmux' },
        { text: /^Stopped web/ },
        { source: 'rule' },
      ],
    },
  },
  {
    name: 'the kernel told of the command that asked, which is named before what sudo wrote down',
    rule,
    given: stopOfWeb([written.sudo(99.5, systemctl), written.stopping(99.9, web)], {
      commands: [began(99.6, 4711, systemctl), began(99.7, 4712, 'systemctl status web')],
    }),
    actor: 4711,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'certain', missing: [] },
      summary: /asked for by "systemctl restart web" \(pid 4711\), run by bash$/,
      evidence: [{ source: 'kernel', text: '"systemctl restart web" (pid 4711) began' }],
    },
  },
  {
    name: 'somebody asked for the end of the slice it is in',
    rule,
    given: stopOfWeb([written.stopping(99.9, web)], {
      commands: [began(99.6, 4711, 'systemctl stop system.slice')],
    }),
    actor: 4711,
    verdict: {
      confidence: 'certain',
      summary: /web\.service was stopped, asked for by "systemctl/,
    },
  },
  {
    name: 'no job was read, and the kernel told of the command that asked',
    rule,
    given: stopOfWeb([], { commands: [began(99.6, 4711, systemctl)] }),
    actor: 4711,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'certain', missing: [] },
      summary: /the unit was stopped, asked for by "systemctl restart web" \(pid 4711\)/,
    },
  },
  {
    name: 'who may not ask is not obeyed, and neither named nor in the way of who is',
    rule,
    given: stopOfWeb([written.stopping(99.9, web)], {
      commands: [began(99.6, 4711, systemctl), began(99.7, 4712, 'systemctl stop web', 1000)],
    }),
    actor: 4711,
    verdict: { confidence: 'certain', missing: [] },
  },
  {
    name: 'whom polkit allows it is obeyed',
    rule,
    given: stopOfWeb(
      [written.allowed(99.5, 'systemctl stop web.service'), written.stopping(99.9, web)],
      {
        commands: [began(99.4, 4712, 'systemctl stop web.service', 1000)],
        users: { 1000: 'deploy' },
      },
    ),
    actor: 4712,
    verdict: { confidence: 'certain', missing: [] },
  },
  {
    name: 'of a login that is not root’s only what sudo tells of as well is sure',
    rule,
    given: stopOfWeb([written.sudo(99.5, systemctl), written.stopping(99.9, web)], {
      commands: [ofLogin(1000, began(99.6, 4711, systemctl))],
    }),
    actor: 4711,
    verdict: { confidence: 'certain', missing: [] },
  },
  {
    name: 'one that is not sure is in nobody’s way',
    rule,
    given: stopOfWeb([written.stopping(99.9, web)], {
      commands: [
        began(99.6, 4711, systemctl),
        began(99.7, 4712, 'systemctl stop web', null),
        ofLogin(1000, began(99.7, 4713, 'systemctl kill -s TERM web')),
      ],
    }),
    actor: 4711,
    verdict: { cause: 'unit-stop', confidence: 'certain', missing: [] },
  },
  {
    name: 'of one whose user was not seen it is not sure',
    rule,
    given: stopOfWeb([], { commands: [began(99.6, 4711, systemctl, null)] }),
    actor: 4711,
    verdict: { confidence: 'likely', missing: [/^whether systemd obeyed/] },
  },
  {
    name: 'two commands that asked: none is named',
    rule,
    given: stopOfWeb([written.stopping(99.9, web)], {
      commands: [began(99.6, 4711, systemctl), began(99.7, 4712, 'systemctl stop web')],
    }),
    actor: 1,
    verdict: { confidence: 'certain', missing: [/^who or what asked/] },
  },
  {
    name: 'polkit allowed it: it names the user, and no process',
    rule,
    given: stopOfWeb([
      written.allowed(98, 'systemctl stop web.service'),
      written.stopping(99.9, web),
    ]),
    actor: 1,
    verdict: { confidence: 'certain', summary: /asked for by deploy, whom polkit allowed it/ },
  },
  {
    name: 'two that may have asked for it: none is named',
    rule,
    given: stopOfWeb([
      written.sudo(99.5, systemctl),
      written.sudo(99.8, '/bin/systemctl stop web*', 1001),
      written.stopping(99.9, web),
    ]),
    actor: 1,
    verdict: { confidence: 'certain', missing: [/^who or what asked/], summary: /was stopped$/ },
  },
  {
    name: 'sudo for another unit, too early, or after it, names nobody',
    rule,
    given: stopOfWeb([
      written.sudo(80, systemctl),
      written.sudo(99.8, '/usr/bin/systemctl stop web2'),
      written.stopping(99.9, web),
      written.sudo(100.05, systemctl),
    ]),
    actor: 1,
    verdict: { confidence: 'certain', missing: [/^who or what asked/] },
  },
  {
    name: 'a job of a unit of the same name below another manager says nothing',
    rule,
    given: stopOfWeb(
      [written.stopping(99.9, web)],
      {},
      {
        cgroups: {
          [leader]: '/user.slice/user-1000.slice/user@1000.service/app.slice/web.service',
        },
      },
    ),
    actor: 1,
    verdict: { confidence: 'likely', missing: [/the kernel tells only/] },
  },
  {
    name: 'a stop that was over before says nothing, nor does what began after it',
    rule,
    given: stopOfWeb([
      written.stopping(70, web),
      written.stopped(71, web),
      written.stopping(100.4, web),
    ]),
    actor: 1,
    verdict: { confidence: 'likely', missing: [/the kernel tells only/] },
  },
  {
    name: 'a slice above it is stopped',
    rule,
    given: stopOfWeb([written.stopping(99, 'system.slice')]),
    actor: 1,
    verdict: { confidence: 'certain', summary: /system\.slice was stopped/ },
  },
  {
    name: 'restarted after packages were changed',
    rule,
    given: stopOfWeb([written.packages(60, 90), written.stopping(99.9, web, 'restart')]),
    actor: 1,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'likely', missing: [/^whether the packages/] },
      summary:
        /web\.service was restarted after 12 packages were changed by apt \("\/usr\/bin\/unattended-upgrade"\)/,
    },
  },
  {
    name: 'somebody who asked counts more than packages',
    rule,
    given: stopOfWeb([
      written.packages(60, null),
      written.sudo(99.8, systemctl),
      written.stopping(99.9, web),
    ]),
    actor: 9917,
    verdict: { confidence: 'certain' },
  },
];
