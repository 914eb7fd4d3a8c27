import { leader } from '../../trace/composed/people.ts';
import type { Way } from '../../trace/ways/way.ts';
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
