import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import { death, evidence } from '../../sample-death.ts';
import type { Way } from '../../way.ts';
import { atSecond } from '../../witnessed/read-trace.ts';
import * as written from '../written.ts';

/** Seen for the last time at 100 s, and found gone after the next start, at 400 s. */
const rebooted = (
  facts: NonNullable<Evidence['facts']>,
  clean = false,
  ageMs = 600_000,
): Evidence =>
  evidence({
    ...{ reboot: { clean }, facts },
    deaths: [
      death({ lastSeen: atSecond(100), found: atSecond(400), ageMs, watched: 'agent-down' }),
    ],
  });

const rule = 'reboot';
const down = written.goingDown(101, 'System is rebooting.');
const boot = written.bootRecord(130, 'boot');

/** The machine went down. */
export const hosts: readonly Way[] = [
  {
    name: 'somebody rebooted it',
    rule,
    given: rebooted([written.sudo(100.5, '/sbin/reboot'), down, boot], true),
    actor: 9917,
    verdict: {
      ...{ cause: 'shutdown', scope: 'host', confidence: 'certain', missing: [] },
      summary:
        'the machine was rebooted, asked for by uid 1000 through sudo: "/sbin/reboot"; 1 session ended with it',
    },
  },
  {
    name: 'logind names who asked',
    rule,
    given: rebooted([
      written.announced(60, 'poweroff', 'deploy'),
      written.goingDown(120, 'System is powering down.'),
    ]),
    actor: null,
    verdict: { confidence: 'certain', summary: /powered off, asked for by deploy/, missing: [] },
  },
  {
    name: 'a client of systemd asked',
    rule,
    given: rebooted([
      written.requested(
        100.9,
        "Reboot requested from client PID 7123 ('systemctl') (unit cron.service)...",
      ),
      down,
    ]),
    actor: 7123,
    verdict: { summary: /asked for by pid 7123 \(systemctl\) of cron\.service/ },
  },
  {
    name: 'after packages were changed: an automatic reboot',
    rule,
    given: rebooted([
      written.packages(50, 99),
      written.announced(100.9, 'reboot', 'root'),
      down,
      boot,
    ]),
    actor: null,
    verdict: {
      ...{ cause: 'shutdown', confidence: 'certain', missing: [/^who or what/] },
      summary:
        /asked for by root, just after 12 packages were changed by apt \("\/usr\/bin\/unattended-upgrade"\)/,
    },
  },
  {
    name: 'a shutdown that only the record of logins knows',
    rule,
    given: rebooted([written.bootRecord(110, 'shutdown'), boot]),
    actor: null,
    verdict: { cause: 'shutdown', confidence: 'certain', missing: [/^who or what/] },
  },
  {
    name: 'nothing was written down of a shutdown',
    rule,
    given: rebooted([written.sudo(99, '/usr/bin/apt upgrade'), boot]),
    actor: null,
    verdict: {
      ...{ cause: 'host-crash', confidence: 'likely' },
      missing: [/nothing was written down of a shutdown/],
      evidence: [{ source: 'logins' }, { source: 'boot-id' }, { source: 'rule' }],
      preceded: [{ text: /apt upgrade/ }],
    },
  },
  {
    name: 'it crashed, and was shut down in order later',
    rule,
    given: rebooted([
      boot,
      written.sudo(200, '/sbin/reboot'),
      written.goingDown(201, 'System is rebooting.'),
    ]),
    actor: null,
    verdict: { cause: 'host-crash' },
  },
  {
    name: 'its plug was pulled half a minute after it had been shut down in order and started again',
    rule,
    given: rebooted(
      [
        written.goingDown(60, 'System is powering down.'),
        written.bootRecord(61, 'shutdown'),
        written.bootRecord(70, 'boot'),
        boot,
      ],
      false,
      320_000,
    ),
    actor: null,
    verdict: { cause: 'host-crash', confidence: 'likely' },
  },
  {
    name: 'one that was only announced, and one that was taken back',
    rule,
    given: rebooted([
      written.announced(99, 'reboot', 'deploy'),
      written.sudo(99.5, '/sbin/shutdown -c'),
    ]),
    actor: null,
    verdict: { cause: 'host-crash' },
  },
];
