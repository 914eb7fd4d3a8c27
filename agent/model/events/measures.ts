/** What a process may use and which signals it takes care of, as last read, and what it had used when last measured. */
export interface LeaderSample {
  /** When its signals and limits were read, ms since the epoch. */
  at: number;
  /** How old the process was then, ms. */
  ageMs: number;
  /** Signals it handled or held back, of those that ask for an end and SIGXCPU (proc_pid_status(5)). */
  handles: number[];
  /** Soft limit of its processor time (`RLIMIT_CPU`), seconds; null: not limited. */
  cpuSoft: number | null;
  /** The hard one, at which the kernel kills it; null: not limited. */
  cpuHard: number | null;
  /** `RLIMIT_FSIZE`, bytes; null: not limited. */
  fileSize: number | null;
  /** Processor time it had used at `cpuAt`, ms. */
  cpuMs: number;
  /** When that was measured, ms since the epoch. */
  cpuAt: number;
}

/** Pressure stall information: `some avg10` in percent; null where the kernel has no PSI. */
export interface Pressure {
  cpu: number;
  memory: number;
  io: number;
}

/** The machine and its busiest processes when last sampled. */
export interface HostSample {
  at: number;
  load: [number, number, number];
  memoryTotalBytes: number;
  memoryAvailableBytes: number;
  /** Busy fraction of all processors since the previous sample, 0 to 1. */
  cpuBusy: number;
  pressure: Pressure | null;
  /**
   * Processes that the kernel had killed for want of memory, on the whole machine since it started; in a container, in that
   * container. Absent: the kernel does not say, or an older release did not ask.
   */
  oomKills?: number;
  /** The same at the measure before, for an end that came before this one; absent as that. */
  oomKillsBefore?: {
    /** When it was measured, ms since the epoch. */
    at: number;
    /** Kills since the machine started. */
    kills: number;
  };
  /** How many it has; older releases did not keep it. */
  processors?: number;
  /** By memory, at most 20, command lines redacted. */
  processes: ProcessSample[];
}

export interface ProcessSample {
  pid: number;
  /** At most 60 characters, redacted. */
  command: string;
  rssBytes: number;
  /** Fraction of one processor since the previous sample. */
  cpu: number;
}

/** The machine at one time of the minute before a death. */
export interface MachinePoint {
  at: number;
  /** Memory of the machine. */
  memoryTotalBytes: number;
  /** Memory that can be had without swapping. */
  memoryAvailableBytes: number;
  /** Busy fraction of all processors since the measure before, 0 to 1. */
  cpuBusy: number;
  /** Null where the kernel has no PSI. */
  pressure: Pressure | null;
}

/** One session at one time of the minute before its death. */
export interface UsagePoint {
  at: number;
  /** Resident memory of all its processes. */
  rssBytes: number;
  /** Fraction of one processor since the measure before. */
  cpu: number;
}

/** Memory and processor use of the processes of one session. */
export interface UsageSample {
  at: number;
  rssBytes: number;
  cpu: number;
  processes: number;
  /** `exact`: by the session's own cgroup; `partial`: by the processes that came from its panes. */
  measured?: 'exact' | 'partial';
  /** Absent where it is not measured exactly. */
  cgroup?: CgroupSample;
}

/** What the kernel counts in the cgroup of a session (cgroup-v2 of its documentation). */
export interface CgroupSample {
  /** `memory.current`: what counts towards `memoryMax`, files it has read included. */
  memoryBytes: number;
  /** `anon` of `memory.stat`: what only swapping can take back. */
  anonBytes: number;
  /** `memory.max`; null: not limited. */
  memoryMaxBytes: number | null;
  /** `pids.current`: processes and threads; null without that controller. */
  tasks: number | null;
  /** Processes of it that the kernel killed for want of memory, whoever's limit it was. */
  oomKills: number;
  /** How often it reached its own limit and nothing could be taken back. */
  ownOoms: number;
  /** The same of what is above it: the unit of its server with all its sessions, and those of all owners together. */
  unitOoms: number;
}
