import type { FactBase } from './base.ts';

/** Somebody ran a command as somebody else. */
export interface RunAs extends FactBase {
  kind: 'run-as';
  /** Who asked, by the kernel's word. */
  uid: number;
  pid: number;
  asUser: string;
  /** Redacted. */
  command: string;
}

/** Somebody proved who they are, to be allowed something. */
export interface Authorization extends FactBase {
  kind: 'authorization';
  /** Such as `org.freedesktop.systemd1.manage-units`. */
  action: string;
  granted: boolean;
  owner: string;
  /** Redacted. */
  command: string;
}

/** A login session, as logind keeps it. */
export interface LoginSession extends FactBase {
  kind: 'login-session';
  session: string;
  phase: 'begun' | 'logged-out' | 'removed';
  user: string | null;
  leader: number | null;
}

/** Somebody logged in at a terminal, or out again. */
export interface TerminalLogin extends FactBase {
  kind: 'terminal-login';
  phase: 'begun' | 'ended';
  /** Without `/dev/`. */
  terminal: string;
  pid: number;
  /** Null at the end: it is not written there. */
  user: string | null;
}
