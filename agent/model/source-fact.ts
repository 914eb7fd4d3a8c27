import type { Cut } from './source-fact/cut.ts';
import type {
  AuditedSignal,
  CoreDump,
  Fault,
  MemoryEvents,
  OomGroup,
  OomKill,
} from './source-fact/kernel.ts';
import type { Authorization, LoginSession, RunAs, TerminalLogin } from './source-fact/login.ts';
import type { BootRecord, Shutdown } from './source-fact/machine.ts';
import type { PackageChange, PackageRun } from './source-fact/package.ts';
import type { LoggedCommand, TmuxOption } from './source-fact/tmux.ts';
import type {
  ManagerRequest,
  OomdKill,
  UnitExit,
  UnitJob,
  UnitOom,
  UnitResult,
  UnitSignal,
} from './source-fact/unit.ts';

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
  | BootRecord
  | MemoryEvents
  | LoggedCommand
  | TmuxOption
  | Cut;
