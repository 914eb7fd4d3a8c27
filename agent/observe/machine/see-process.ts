import { realKernel } from '../../model/cgroup.ts';
import { redactCommand } from '../../model/redaction.ts';
import {
  type Ancestor,
  maxAncestors,
  maxCmdline,
  type SeenProcess,
  unsetId,
} from '../../model/witnessed.ts';
import { groupPathOf } from '../../os/group-path.ts';
import { argumentsOf, readProc, statOf, uidOf } from './procfs.ts';

const numberIn = (path: string): number | null => {
  const text = readProc(path)?.trim() ?? '';
  return /^\d+$/.test(text) && Number(text) !== unsetId ? Number(text) : null;
};

const ancestorOf = (pid: number): (Ancestor & { ppid: number }) | null => {
  const stat = statOf(pid);
  if (!stat) return null;
  const { startTime, comm, ppid } = stat;
  const cmdline = redactCommand(argumentsOf(pid) ?? '').text.slice(0, maxCmdline);
  return { ...{ pid, startTime, comm, ppid }, cmdline: cmdline || null, seenBy: 'proc' };
};

const above = (parent: number): Ancestor[] => {
  const line: Ancestor[] = [];
  for (let pid = parent; pid > 0 && line.length < maxAncestors; ) {
    const found = ancestorOf(pid);
    if (!found) break;
    const { ppid, ...one } = found;
    line.push(one);
    pid = ppid;
  }
  return line;
};

/** A process that runs now, as the witness would show it; null: it is gone. */
export const seeProcess = (pid: number): SeenProcess | null => {
  const found = ancestorOf(pid);
  if (!found) return null;
  const { ppid, ...one } = found;
  return {
    ...one,
    uid: uidOf(pid),
    loginUid: numberIn(`${pid}/loginuid`),
    auditSession: numberIn(`${pid}/sessionid`),
    cgroup: groupPathOf(pid, realKernel),
    ancestry: above(ppid),
  };
};
