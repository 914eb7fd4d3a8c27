import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded, serverEnded, serverOf } from '../../witnessed/case.ts';
import { fatal, leader } from '../../witnessed/composed/people.ts';
import type { Seen } from '../../witnessed/read-trace.ts';
import type { Facts } from '../stop-of-web.ts';
import * as written from '../written.ts';

const rule = 'unit-stopped';
const unit = 'holdfast-tmux@deploy.service';
const path = `/holdfast.slice/${unit}`;
const ordered = `
  tmux: server-9638 [001] d..1. 100.000000: signal_generate: sig=15 errno=0 code=0 comm=tmux: server pid=9638 grp=1 res=0
  tmux: client-9642 [000] ..... 100.010000: sched_process_exit: comm=tmux: client pid=9642 prio=120 group_dead=true
`;
const groups = (cgroup: string, parents = [9641, 1]): Seen => ({
  ...{ cgroups: { 9638: `${path}/server`, 9642: cgroup, 900: cgroup } },
  ...{ ancestry: { 9642: parents, 900: parents }, cmdlines: { 9642: 'tmux kill-server' } },
});
const ofServer = (trace: string, seen: Seen, facts?: Facts): Evidence =>
  recorded(trace, seen, [deathOf(leader, 100.1)], {
    ...{ server: serverOf(9638), serverEnd: serverEnded('exited', 100.1) },
    ...(facts ? { facts } : {}),
  });

/** The server's own unit is stopped: its ExecStop= tells the server. */
export const ownStops: readonly Way[] = [
  {
    name: 'what systemd runs to stop the unit tells tmux to end',
    rule,
    given: ofServer(ordered, groups(`${path}/.control`, [1])),
    actor: 9642,
    verdict: { cause: 'unit-stop', scope: 'server', confidence: 'likely', signal: null },
  },
  {
    name: 'it is certain by the job, and who asked is named',
    rule,
    given: ofServer(ordered, groups(`${path}/.control`), [
      written.sudo(99.7, '/usr/bin/systemctl stop holdfast-tmux@deploy'),
      written.stopping(99.8, unit),
    ]),
    actor: 9917,
    verdict: { cause: 'unit-stop', scope: 'server', confidence: 'certain', missing: [] },
  },
  {
    name: 'what systemd runs to stop the unit sends SIGTERM',
    rule,
    given: ofServer(fatal(100, 900, 15, 9638), groups(`${path}/.control`, [1])),
    actor: 900,
    verdict: {
      ...{ cause: 'unit-stop', confidence: 'likely', signal: { name: 'SIGTERM' } },
      summary: /run by the manager of holdfast-tmux@deploy\.service/,
    },
  },
  {
    name: 'without a group of its own it takes the job to know it',
    rule,
    given: ofServer(ordered, groups(path), [written.stopping(99.8, unit)]),
    actor: 9642,
    verdict: { cause: 'unit-stop', confidence: 'certain' },
  },
  {
    name: 'what that began is known by the job only',
    rule: 'told-tmux',
    given: ofServer(ordered, groups(`${path}/.control`)),
    actor: 9642,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'the stop of another unit does not tell it, nor does one that is over',
    rule: 'signal-sent',
    given: ofServer(fatal(100, 900, 15, 9638), groups(`${path}/.control`), [
      written.stopping(98, unit),
      written.stopped(99, unit),
      written.stopping(99.8, 'holdfast-tmux@eve.service'),
      written.stopping(99.8, 'holdfast.slice'),
    ]),
    actor: 900,
    verdict: { cause: 'signal' },
  },
  {
    name: 'another reason of systemd does not make it certain: it takes the job of the unit',
    rule,
    given: ofServer(fatal(100, 900, 15, 9638), groups(`${path}/.control`, [1]), [
      written.result(100.3, unit, 'timeout'),
    ]),
    actor: 900,
    verdict: { cause: 'unit-stop', confidence: 'likely' },
  },
  {
    name: 'an orphan in the unit is not what stops it',
    rule: 'told-tmux',
    given: ofServer(ordered, groups(path, [1])),
    actor: 9642,
    verdict: { cause: 'tmux-command' },
  },
  {
    name: 'nor is an orphan of one of its sessions, even as the unit is stopped',
    rule: 'signal-sent',
    given: ofServer(fatal(100, 900, 15, 9638), groups(`${path}/session-3`, [1]), [
      written.stopping(99.8, unit),
    ]),
    actor: 900,
    verdict: { cause: 'signal', confidence: 'certain' },
  },
];
