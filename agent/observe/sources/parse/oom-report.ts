import type { OomGroup, OomKill } from '../../../model/source-fact/kernel.ts';
import type { SourceFact } from '../../../model/source-fact.ts';
import type { KernelLine } from './kernel-line.ts';
import { named, said } from './said.ts';

/** mm/oom_kill.c, `dump_oom_summary`. The name of the task may hold anything, but has at most 15 bytes. */
const summary =
  /^oom-kill:constraint=CONSTRAINT_([A-Z_]+),(.*),task=(.{0,15}),pid=(\d{1,10}),uid=(\d{1,10})$/s;

/** `__oom_kill_process` in the same file. */
const killed =
  /Killed process (\d{1,10}) \(.{0,15}\) total-vm:\d+kB, anon-rss:(\d{1,12})kB, file-rss:(\d{1,12})kB, shmem-rss:(\d{1,12})kB,/s;

const groupLine = /^Tasks in (\/.*) are going to be killed due to memory\.oom\.group set$/s;

const ranOuts: Record<string, OomKill['ranOut']> = {
  ...{ NONE: 'machine', MEMCG: 'cgroup', CPUSET: 'part', MEMORY_POLICY: 'part' },
};

/** A user may name cgroups and tasks as he likes. What reads in more than one way is not read. */
const pathsIn = (text: string): Pick<OomKill, 'limitGroup' | 'victimGroup'> => {
  const [before, victim, ...more] = text.split(',task_memcg=');
  const [, limit, ...others] = (before ?? '').split(',oom_memcg=');
  const isAmbiguous = more.length + others.length > 0 || text.includes(',task=');
  if (victim === undefined || isAmbiguous) {
    return { limitGroup: null, victimGroup: null };
  }
  return { limitGroup: limit === undefined ? null : named(limit), victimGroup: named(victim) };
};

const textOf = (comm: string, pid: string, limitGroup: string | null, ranOut: OomKill['ranOut']) =>
  ranOut === 'machine'
    ? `the kernel killed ${comm} (pid ${pid}): the machine ran out of memory`
    : `the kernel killed ${comm} (pid ${pid}): memory ran out in ${limitGroup ?? 'a part of the machine'}`;

const oomKillOf = ({ at, text }: KernelLine, source: string): OomKill | null => {
  const match = summary.exec(text);
  if (!match) return null;
  const [, constraint = '', paths = '', task = '', pid = '', uid = ''] = match;
  const ranOut = ranOuts[constraint] ?? null;
  const groups = pathsIn(`,${paths}`);
  return {
    ...{ kind: 'oom-kill', at, source, pid: Number(pid), comm: named(task), uid: Number(uid) },
    ...{ ranOut, ...groups, rssBytes: null },
    text: said(textOf(named(task), pid, groups.limitGroup, ranOut)),
  };
};

const oomGroupOf = ({ at, text }: KernelLine, source: string): OomGroup | null => {
  const path = groupLine.exec(text)?.[1];
  if (path === undefined) return null;
  const group = named(path);
  return { kind: 'oom-group', at, source, group, text: said(`the kernel kills all of ${group}`) };
};

/** The line with the sizes comes after the one that says why. */
const addSizes = (facts: readonly SourceFact[], { text }: KernelLine): void => {
  const [, pid, ...sizes] = killed.exec(text) ?? [];
  if (pid === undefined) return;
  const last = facts.findLast((fact) => fact.kind === 'oom-kill' && fact.pid === Number(pid));
  if (last?.kind !== 'oom-kill') return;
  last.rssBytes = sizes.reduce((sum, size) => sum + Number(size) * 1024, 0);
};

/** Kills for want of memory in lines of the kernel's log, in order. Pure, total. */
export const oomReports = (lines: readonly KernelLine[], source: string): SourceFact[] => {
  const facts: SourceFact[] = [];
  for (const line of lines) {
    const fact = oomKillOf(line, source) ?? oomGroupOf(line, source);
    if (fact) facts.push(fact);
    else addSizes(facts, line);
  }
  return facts;
};
