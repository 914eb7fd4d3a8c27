import type { Evidence } from '../../../../../agent/explain/evidence.ts';
import type { Way } from '../../way.ts';
import { deathOf, recorded } from '../../witnessed/case.ts';
import { fatal, leader, manager } from '../../witnessed/composed/people.ts';
import * as traces from '../../witnessed/recorded.ts';
import { sent } from '../../witnessed/trace-line.ts';
import * as written from '../written.ts';
import * as kernel from '../written-kernel.ts';

type Facts = NonNullable<Evidence['facts']>;

const kill = '/holdfast.slice/holdfast-tmux@deploy.service';
const killed = (facts: Facts): Evidence =>
  recorded(
    traces.outOfMemory,
    { cgroups: { 17515: `${kill}/session-1` } },
    [deathOf(17515, 785.933212, { signal: 9 })],
    { facts },
  );
const report = (limit: string | null, pid = 17515) =>
  kernel.oomKill(785.9308, { pid, limit, group: `${kill}/session-1` });

const limits: readonly [string | null, string, RegExp][] = [
  [`${kill}/session-1`, 'oom-cgroup', /"api": the session reached its own limit/],
  [kill, 'oom-cgroup', /holdfast-tmux@deploy\.service reached its limit/],
  ['/holdfast.slice', 'oom-cgroup', /what is in holdfast\.slice reached its limit .* together/],
  ['/docker/4711', 'oom-cgroup', /the cgroup "\/docker\/4711" reached its limit/],
  [null, 'oom-system', /the machine had no memory left/],
];

const group = '/user.slice/user-1000.slice/session-3.scope';
const byOomd = (facts: Facts, sender: string | null, unit = group): Evidence =>
  recorded(
    sent({ at: 100, sig: 9, from: 88, to: leader, grp: 0, comm: 'systemd-oomd' }),
    {
      cmdlines: { 88: '/usr/lib/systemd/systemd-oomd' },
      cgroups: { [leader]: `${unit}/x`, ...(sender === null ? {} : { 88: sender }) },
    },
    [deathOf(leader, 100.1, { signal: 9 })],
    { facts },
  );
const oomd = '/system.slice/systemd-oomd.service';

/** Want of memory, by the kernel's report and by the word of systemd-oomd; and crashes. */
export const memory: readonly Way[] = [
  ...limits.map(([limit, cause, summary]) => ({
    name: `the report says whose memory ran out: ${limit}`,
    rule: 'out-of-memory',
    given: killed([report(limit)]),
    actor: null,
    verdict: { cause, confidence: 'certain', missing: [], summary },
  })),
  {
    name: 'all of a group is killed: the report is of another of it',
    rule: 'out-of-memory',
    given: killed([kernel.oomGroup(785.9309, kill), report(kill, 17000)]),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'certain' },
  },
  {
    name: 'the report of the kill of another says nothing',
    rule: 'out-of-memory',
    given: killed([report(null, 17000)]),
    actor: null,
    verdict: { cause: 'oom-cgroup', confidence: 'likely', missing: [/^whose limit/] },
  },
  {
    name: 'systemd-oomd by its unit alone',
    rule: 'oomd-killed',
    given: byOomd([], oomd),
    actor: 88,
    verdict: { cause: 'oomd', confidence: 'likely' },
  },
  {
    name: 'systemd-oomd by its unit and its own word',
    rule: 'oomd-killed',
    given: byOomd([written.oomdKilled(100.2, group)], oomd),
    actor: 88,
    verdict: {
      ...{ cause: 'oomd', confidence: 'certain', missing: [] },
      summary: `systemd-oomd killed "api": memory was under pressure (${group})`,
    },
  },
  {
    name: 'its sender was gone too soon: its word does',
    rule: 'oomd-killed',
    given: byOomd([written.oomdKilled(100.2, group)], null),
    actor: 88,
    verdict: { cause: 'oomd', confidence: 'certain' },
  },
  {
    name: 'another was seen to send it, whatever systemd-oomd killed',
    rule: 'signal-sent',
    given: byOomd([written.oomdKilled(100.2, group)], '/system.slice/cron.service'),
    actor: 88,
    verdict: { cause: 'signal', confidence: 'certain' },
  },
  {
    name: 'a unit of a user may be called so',
    rule: 'signal-sent',
    given: byOomd([], '/user.slice/user@1000.service/app.slice/systemd-oomd.service'),
    actor: 88,
    verdict: { cause: 'signal' },
  },
  {
    name: 'the group beside it was killed, or at another time',
    rule: 'signal-sent',
    given: byOomd(
      [
        written.oomdKilled(100.2, '/user.slice/user-1000.slice/session-3.scop'),
        written.oomdKilled(80, group),
      ],
      null,
    ),
    actor: 88,
    verdict: { cause: 'signal' },
  },
  {
    name: 'systemd stopped the rest of a unit in which systemd-oomd had killed',
    rule: 'oomd-killed',
    given: recorded(fatal(100, 1, 15), manager, [deathOf(leader, 100.1, { signal: 15 })], {
      facts: [written.unitOom(99.9, 'web.service', 'oomd')],
    }),
    actor: 1,
    verdict: { cause: 'oomd' },
  },
  {
    name: 'a crash with what the kernel and systemd-coredump wrote of it',
    rule: 'crashed',
    given: recorded(traces.segfault, {}, [deathOf(17522, 785.965881, { signal: 11 })], {
      facts: [
        kernel.segfault(785.9658, 17522),
        kernel.coreDumped(785.9659, 17522, 11),
        kernel.segfault(785.9658, 9),
      ],
    }),
    actor: null,
    verdict: {
      ...{ cause: 'program-crash', confidence: 'certain' },
      evidence: [
        { source: 'kernel-log', text: /^node\[17522\]: segfault/ },
        { source: 'kernel' },
        { source: 'tmux' },
        { source: 'core-dumps' },
        { source: 'rule' },
      ],
    },
  },
];
