/** What every fact has. Texts are redacted, printable and cut; names of processes are chosen by the processes. */
interface Told {
  /** ms since the epoch. */
  at: number;
  /** Which source found it: a stable name, which stands in the evidence. */
  source: string;
  /** One line for people. */
  text: string;
}

/** The kernel killed a process for want of memory, and said so in its log. */
export interface OomKill extends Told {
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
export interface OomGroup extends Told {
  kind: 'oom-group';
  group: string;
}

/** A program did what the processor does not allow, and no debugger or handler took it. */
export interface Fault extends Told {
  kind: 'fault';
  pid: number;
  comm: string;
  what: 'segfault' | 'trap';
}

/** A job of systemd for a unit: it begins, and it is over with a result. */
export interface UnitJob extends Told {
  kind: 'unit-job';
  unit: string;
  /** `start`, `stop`, `restart`, `reload` (JOB_TYPE of systemd). */
  job: string;
  phase: 'begun' | 'finished';
  /** JOB_RESULT, such as `done`, `failed`, `timeout`; null while it goes on. */
  result: string | null;
}

/** The main process of a unit ended. */
export interface UnitExit extends Told {
  kind: 'unit-exit';
  unit: string;
  /** As waitid(2) has it. */
  how: 'exited' | 'killed' | 'dumped';
  /** Exit status, or the number of the signal; null: systemd says it by another name. */
  status: number | null;
}

/** How a unit ended: `success`, `exit-code`, `signal`, `oom-kill`, `timeout`, `watchdog` and more (systemd.exec(5)). */
export interface UnitResult extends Told {
  kind: 'unit-result';
  unit: string;
  result: string;
}

/** systemd sent a signal to a process of a unit. */
export interface UnitSignal extends Told {
  kind: 'unit-signal';
  unit: string;
  pid: number;
  comm: string;
  signal: string;
  /** Somebody asked for it (systemctl kill), and not that the unit is stopped. */
  onRequest: boolean;
}

/** A process of a unit was killed for want of memory, says systemd. */
export interface UnitOom extends Told {
  kind: 'unit-oom';
  unit: string;
  by: 'kernel' | 'oomd';
}

/** A client asked systemd itself for a reload, a reexecution and the like. */
export interface ManagerRequest extends Told {
  kind: 'manager-request';
  /** In small letters, such as `reload`. */
  request: string;
  pid: number;
  comm: string | null;
  unit: string | null;
}

/** Somebody ran a command as somebody else. */
export interface RunAs extends Told {
  kind: 'run-as';
  /** Who asked, by the kernel's word. */
  uid: number;
  pid: number;
  asUser: string;
  /** Redacted. */
  command: string;
}

/** Somebody proved who they are, to be allowed something. */
export interface Authorization extends Told {
  kind: 'authorization';
  /** Such as `org.freedesktop.systemd1.manage-units`. */
  action: string;
  granted: boolean;
  owner: string;
  /** Redacted. */
  command: string;
}

/** A login session, as logind keeps it. */
export interface LoginSession extends Told {
  kind: 'login-session';
  session: string;
  phase: 'begun' | 'logged-out' | 'removed';
  user: string | null;
  leader: number | null;
}

/** The machine is about to stop. */
export interface Shutdown extends Told {
  kind: 'shutdown';
  /** `reboot`, `poweroff`, `halt`, `kexec`, `soft-reboot`, `shutdown`. */
  action: string;
  phase: 'announced' | 'begun';
  /** Who asked, as logind has it; null: it does not say. */
  operator: string | null;
}

/** systemd-oomd killed a whole cgroup. */
export interface OomdKill extends Told {
  kind: 'oomd-kill';
  group: string;
  reason: 'pressure' | 'swap';
}

/** A signal that the kernel's audit recorded. */
export interface AuditedSignal extends Told {
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
export interface CoreDump extends Told {
  kind: 'core-dump';
  pid: number;
  comm: string;
  signal: number;
  uid: number | null;
  exe: string | null;
  unit: string | null;
}

/** Packages were installed, upgraded or removed in one go. */
export interface PackageRun extends Told {
  kind: 'package-run';
  /** ms since the epoch; null: not over, as far as is written. */
  endedAt: number | null;
  /** Redacted. */
  command: string;
  /** Null: apt does not say, as when root asked. */
  requestedBy: string | null;
  packages: number;
  /** tmux itself was among them. */
  tmux: boolean;
}

/** One package was replaced at this moment. */
export interface PackageChange extends Told {
  kind: 'package-change';
  package: string;
  action: 'install' | 'upgrade' | 'remove';
  from: string | null;
  to: string | null;
}

/** Somebody logged in at a terminal, or out again. */
export interface TerminalLogin extends Told {
  kind: 'terminal-login';
  phase: 'begun' | 'ended';
  /** Without `/dev/`. */
  terminal: string;
  pid: number;
  /** Null at the end: it is not written there. */
  user: string | null;
}

/** The machine started or was told to stop, by the record of logins. */
export interface BootRecord extends Told {
  kind: 'boot-record';
  what: 'boot' | 'shutdown';
}

/** What a source of evidence beside the kernel's tracing says happened. */
export type SourceFact =
  | OomKill
  | OomGroup
  | Fault
  | UnitJob
  | UnitExit
  | UnitResult
  | UnitSignal
  | UnitOom
  | ManagerRequest
  | RunAs
  | Authorization
  | LoginSession
  | Shutdown
  | OomdKill
  | AuditedSignal
  | CoreDump
  | PackageRun
  | PackageChange
  | TerminalLogin
  | BootRecord;
