import type { FactBase } from './base.ts';

/** The kernel killed a process for want of memory, and said so in its log. */
export interface OomKill extends FactBase {
  kind: 'oom-kill';
  pid: number;
  comm: string;
  uid: number | null;
  /** Whose memory ran out: that of a cgroup with a limit, or the machine's, or a part of it (cpuset, policy). */
  ranOut: 'cgroup' | 'machine' | 'part' | null;
  /** The cgroup whose limit was reached; null: none was, or its name leaves more than one reading. */
  limitGroup: string | null;
  /** The cgroup of the victim; null as above. */
  victimGroup: string | null;
  /** Resident memory of the victim; null where that line is missing. */
  rssBytes: number | null;
}

/** With `memory.oom.group` the kernel kills all of a cgroup. */
export interface OomGroup extends FactBase {
  kind: 'oom-group';
  group: string;
}

/** A program did what the processor does not allow, and no debugger or handler took it. */
export interface Fault extends FactBase {
  kind: 'fault';
  pid: number;
  comm: string;
  what: 'segfault' | 'trap';
}

/** A signal that the kernel's audit recorded. */
export interface AuditedSignal extends FactBase {
  kind: 'audited-signal';
  signal: number;
  sender: {
    pid: number;
    ppid: number | null;
    comm: string;
    exe: string | null;
    uid: number | null;
    /** Of the login it came from; null: of none. */
    loginUid: number | null;
    auditSession: number | null;
    /** Redacted; null: its exec was not recorded, or not in this span. */
    cmdline: string | null;
  };
  victims: { pid: number; comm: string }[];
}

/** A process left a core dump. */
export interface CoreDump extends FactBase {
  kind: 'core-dump';
  pid: number;
  comm: string;
  signal: number;
  uid: number | null;
  exe: string | null;
  unit: string | null;
}

/** A cgroup counted kills for want of memory (`memory.events`), from the reading at `since` to the one at `at`. */
export interface MemoryEvents extends FactBase {
  kind: 'memory-events';
  since: number;
  group: string;
  /** The leaders of panes and the tmux servers that were in there. */
  pids: number[];
  /** Processes that the kernel killed there and below, whoever's limit it was. */
  kills: number;
  /** How often it killed all of a group at once (memory.oom.group). */
  groupKills: number;
  /** How often its own limit was reached, also where memory could be taken back then. */
  limitHits: number;
  /** Whether a limit was why, of the group or above it, and not that the machine was out of memory. */
  isLimit: boolean;
}
