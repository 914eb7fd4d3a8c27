import type { Remote } from './remote.ts';

export type ActionKind =
  | 'server.start'
  | 'socket.repair'
  | 'session.create'
  | 'session.kill'
  | 'keys.send'
  | 'command.run'
  | 'signal.send'
  | 'unit.start'
  | 'unit.stop'
  | 'unit.restart';

/** What an action is aimed at: a server, a declared session, or one life of one. */
export interface Target {
  server: string;
  session: string | null;
  life: string | null;
}

/** Who asked: the peer's uid and, where it came from inside a session, that session. */
export interface Requester {
  uid: number;
  pid: number;
  session: string | null;
  /** Whom the notifier asked for; absent where nobody is behind it. */
  remote?: Remote;
}

/** An action is stored as `requested` before it runs, and settled `done`, `failed` or `lost`; never blindly repeated. */
export interface ActionEvents {
  'decision.made': {
    decision: string;
    reason: string;
    target: Target;
    /** Until when it waits, ms since the epoch; absent: it does not wait for a time. */
    until?: number;
  };
  'intent.declared': {
    intent: string;
    target: Target;
    by: Requester;
    expiresAt: number;
    /** A new life is to take its place; absent: none is. */
    replaces?: true;
  };
  'intent.expired': { intent: string };
  'action.requested': {
    action: string;
    kind: ActionKind;
    target: Target;
    reason: string;
    /** The person who asked for it; absent where nobody did. */
    by?: Requester;
    /** A session is started with its `resumeCommand`; absent: with its `command`. */
    resumes?: true;
  };
  'action.done': { action: string; settled: 'reported' | 'observed' };
  'action.failed': { action: string; code: string; message: string };
  'action.lost': { action: string; why: string };
}
