/** How the command line of a process came to be known, best first. */
export type SeenBy =
  /** The kernel copied it as the program was started. */
  | 'probe'
  /** /proc was read as it was started, or as it sent the signal. */
  | 'proc'
  /** The kernel told which file was started, and no arguments. */
  | 'file';

/** Longest line of parents that is followed. */
export const maxAncestors = 12;

/** Longest command line of a process that is kept, characters. */
export const maxCmdline = 300;

/** The kernel has this for no user and no audit session: -1, unsigned (`AUDIT_UID_UNSET` and `AUDIT_SID_UNSET`). */
export const unsetId = 0xffff_ffff;

/** A process on the way from the first one to another. */
export interface Ancestor {
  pid: number;
  /** Clock ticks since boot; null: it was gone before it could be looked at. */
  startTime: number | null;
  /** At most 15 bytes, and any bytes: the process itself chooses it. */
  comm: string;
  /** Redacted, cut; null: not seen. */
  cmdline: string | null;
  /** The file that was executed, cut, where the command line tells of another: that the process chooses itself, too. */
  file?: string;
  seenBy: SeenBy | null;
}

/** A process as the witness saw it. What it could not see is null. */
export interface SeenProcess extends Ancestor {
  uid: number | null;
  /** Of the login it came from (/proc/PID/loginuid); null also where it came from none. */
  loginUid: number | null;
  /** The audit session of that login. */
  auditSession: number | null;
  /** Path in cgroup v2, from its root. */
  cgroup: string | null;
  /** Its parent first, at most `maxAncestors`; the first process is the last, where the line reaches it. */
  ancestry: Ancestor[];
}

/** `SI_KERNEL` (sigaction(2)): the kernel sent it, and the "sender" is whoever was running. */
export const fromKernel = 128;

/** One sending of a signal, as the kernel's tracepoint `signal:signal_generate` tells it. */
export interface WitnessedSignal {
  /** ms since the epoch, with fractions. */
  at: number;
  signal: number;
  /** `si_code` (sigaction(2)): 0 kill, -1 sigqueue, -6 tgkill, 128 the kernel, greater than 0 a fault. */
  code: number;
  /** To the whole process, and not to one thread. */
  toGroup: boolean;
  /** `ignored`: nothing came of it, as where the victim was ending already; `pending`: one was waiting already. */
  result: 'delivered' | 'ignored' | 'pending' | 'lost';
  /** Whoever was running then: where the kernel sends by itself this is nobody's doing. */
  sender: SeenProcess;
  victim: SeenProcess;
  /** Of the signals the victim handles itself (`SigCgt` of /proc/PID/status) this is one; null: not seen. */
  caught: boolean | null;
}

/** `oom:mark_victim`: the kernel chose this process for want of memory. */
export interface WitnessedOom {
  at: number;
  victim: SeenProcess;
  anonBytes: number | null;
}

/** A process that ended. How, the kernel does not tell here. */
export interface WitnessedExit {
  at: number;
  process: SeenProcess;
}

/** A program that was begun with a word that was asked about: its name, or one of its arguments. */
export interface WitnessedCommand {
  /** ms since the epoch. */
  at: number;
  process: SeenProcess;
}

/** What the witness says of a span of time and some processes. */
export interface Testimony {
  /** Nothing before this is known, ms since the epoch. */
  since: number;
  /** Events the kernel had to throw away: what happened then may be missing. */
  lost: { at: number; count: number }[];
  /** To one of the processes asked about or a descendant of one, in order. */
  signals: WitnessedSignal[];
  /** All of the machine. */
  ooms: WitnessedOom[];
  /** Clients of tmux that ended: whatever their file is called, tmux names them so. */
  clients: WitnessedExit[];
  /** Of clients that ended before this nothing is known, ms since the epoch. Absent, as from an older release: `since`. */
  clientsSince?: number;
  /**
   * What happened later may be missing: it was still being read, as in a storm of processes; ms since the epoch. Absent: the
   * witness is of an older release, and had read everything.
   */
  readUntil?: number;
  /** How command lines are come by here. */
  method: SeenBy;
}
