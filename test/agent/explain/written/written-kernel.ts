import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { auditRecord } from '../../../../agent/observe/sources/parse/audit-record.ts';
import { auditedSignals } from '../../../../agent/observe/sources/parse/audited-signals.ts';
import { coreDump } from '../../../../agent/observe/sources/parse/core-dump.ts';
import { faults } from '../../../../agent/observe/sources/parse/faults.ts';
import { oomReports } from '../../../../agent/observe/sources/parse/oom-report.ts';
import { anybody, audit, type Document } from '../../observe/sources/recorded.ts';
import { atSecond } from '../witnessed/read-trace.ts';
import { entry, must } from './journal.ts';

const kernelFact = (seconds: number, text: string): SourceFact => {
  const lines = [{ at: atSecond(seconds), text }];
  return must([...oomReports(lines, 'kernel-log'), ...faults(lines, 'kernel-log')][0]);
};

/** Of a cgroup with a limit, or of the machine. */
export const oomKill = (
  seconds: number,
  { pid, limit, group }: { pid: number; limit: string | null; group: string },
): SourceFact => {
  const [constraint, whose] =
    limit === null ? ['NONE', 'global_oom'] : ['MEMCG', `oom_memcg=${limit}`];
  return kernelFact(
    seconds,
    `oom-kill:constraint=CONSTRAINT_${constraint},nodemask=(null),cpuset=/,mems_allowed=0,${whose},task_memcg=${group},task=node,pid=${pid},uid=1000`,
  );
};

export const oomGroup = (seconds: number, group: string): SourceFact =>
  kernelFact(seconds, `Tasks in ${group} are going to be killed due to memory.oom.group set`);

export const segfault = (seconds: number, pid: number): SourceFact =>
  kernelFact(
    seconds,
    `node[${pid}]: segfault at 8 ip 000055a88c2fa132 sp 00007ffec300bd20 error 6 in node[1132,55a88c2fa000+1000]`,
  );

export const coreDumped = (seconds: number, pid: number, signal: number): SourceFact =>
  must(
    coreDump(
      entry(seconds, {
        ...{ ...anybody, _SYSTEMD_UNIT: 'systemd-coredump@4-1864-0.service' },
        ...{ MESSAGE_ID: 'fc2e22bc6ee647b6b90729ab34a250b1', COREDUMP_PID: String(pid) },
        ...{ COREDUMP_COMM: 'node', COREDUMP_SIGNAL: String(signal), COREDUMP_UID: '1000' },
        COREDUMP_TIMESTAMP: String(Math.round(atSecond(seconds) * 1000)),
      }),
      'core-dumps',
    ),
  );

/** `/bin/kill` of one process by another, on x86_64. */
export const auditedKill = (
  seconds: number,
  { from, to, signal }: { from: number; to: number; signal: number },
): SourceFact => {
  const records: Document[] = [
    audit(
      1300,
      89,
      `SYSCALL arch=c000003e syscall=62 success=yes exit=0 a0=3d72 a1=${signal.toString(16)} a2=0 a3=0 items=0 ppid=15700 pid=${from} auid=1000 uid=1000 ses=3 comm="kill" exe="/usr/bin/kill" subj=unconfined key=(null)`,
    ),
    audit(1318, 89, `OBJ_PID opid=${to} oauid=1000 ouid=1000 oses=3 obj=unconfined ocomm="node"`),
    audit(1327, 89, 'PROCTITLE proctitle=2F62696E2F6B696C6C002D3900313537333000'),
  ];
  const read = records.flatMap((one) => auditRecord(entry(seconds, one)) ?? []);
  return must(auditedSignals(read, 'audit')[0]);
};

/** The cgroup of these processes counted a kill in the second before. */
export const memoryCounted = (seconds: number, pids: number[]): SourceFact => ({
  ...{ kind: 'memory-events', source: 'cgroup', at: atSecond(seconds), pids },
  ...{ since: atSecond(seconds - 1), group: '/user.slice/app.slice/tmux-spawn-1.scope', kills: 1 },
  ...{ groupKills: 0, limitHits: 7, isLimit: true },
  text: 'the kernel killed 1 process for want of memory in …',
});
