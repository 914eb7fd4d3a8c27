import type { SessionLimits } from '../model/config/config.ts';
import type { CommandProbe, HttpProbe, TcpProbe } from '../model/config/health.ts';
import type { RefreshSignal } from '../model/config/refresh.ts';
import type { Instance, ServerEnd } from '../model/events/server.ts';
import type { Finding } from '../model/health.ts';
import type { BriefRow, ExitRecord, PaneRow, SessionRow } from './listing.ts';

/** How one server is reached and what may be done with it. Sent by the agent to the link. */
export interface WatchOrder {
  server: string;
  managed: boolean;
  /** Absolute path of the socket; null: the link resolves `adopt` itself, as the owner. */
  socket: string | null;
  adopt: string | null;
  tmuxConfig: string | null;
  /** Of the sessions that have any, by declared name; absent: of none. */
  limits?: Readonly<Record<string, SessionLimits>>;
}

/** What a link tells the agent, as JSON-RPC notifications. Everything in it is hostile input. */
export interface LinkNotifications {
  /** The whole truth about one server's sessions and panes at `at`. */
  'server.listing': {
    server: string;
    instance: Instance;
    socket: string;
    version: string;
    at: number;
    sessions: SessionRow[];
    panes: PaneRow[];
    exits: ExitRecord[];
  };
  /** As fast as can be after a notification: who is there, nothing else. */
  'server.brief': {
    server: string;
    instance: Instance;
    at: number;
    rows: BriefRow[];
    exits: ExitRecord[];
  };
  'server.gone': { server: string; instance: Instance; how: ServerEnd; text: string; at: number };
  'server.unreachable': {
    server: string;
    instance: Instance | null;
    /** `absent`: nobody listens; `unclear`: somebody does, and not as a tmux server would. */
    why: 'absent' | 'socket-lost' | 'hung' | 'unclear';
    processState: string;
    socket: string;
    at: number;
  };
  /** What the link itself cannot do for a server; told once until it succeeds again. */
  'link.trouble': {
    server: string;
    what: 'settings' | 'look' | 'listing' | 'limits' | 'hold';
    message: string;
  };
  /** What a trouble was told of works again. */
  'link.trouble_over': { server: string; what: LinkNotifications['link.trouble']['what'] };
  /** Nothing but that the link lives: a stopped one does not say it. */
  heartbeat: Record<string, never>;
  /** The owner's own tmux servers, as found now: for `adopt: auto`. */
  'sockets.found': { sockets: { name: string; path: string }[] };
  screens: { server: string; screens: CapturedScreen[] };
}

/** The end of what a pane has printed. */
export interface CapturedScreen {
  pane: string;
  text: string;
  /** So many of its last lines are on the terminal, the rest has scrolled away; older links do not say. */
  shown?: number | undefined;
  takenAt: number;
}

/** What the agent asks of a link. Results are small; failures carry a stable code. */
export interface LinkMethods {
  watch: { params: { servers: WatchOrder[] }; result: Record<string, never> };
  'server.start': { params: { server: string }; result: { instance: Instance } };
  'socket.repair': {
    params: { server: string; instance: Instance };
    result: Record<string, never>;
  };
  'session.create': {
    params: {
      server: string;
      session: string;
      command: string | null;
      cwd: string | null;
      env: Record<string, string>;
      /** Printed on its terminal before its program begins; absent: nothing is. */
      prologue?: string;
    };
    result: { tmuxId: string };
  };
  'session.kill': {
    params: { server: string; instance: Instance; tmuxId: string };
    result: Record<string, never>;
  };
  /** Of the active pane of the session, with its colours and some lines above it; not redacted. */
  'screen.capture': {
    params: { server: string; instance: Instance; tmuxId: string };
    result: { text: string; columns: number; rows: number };
  };
  /** `log` is null where tmux shows it to nobody: before 3.6 somebody has to be attached. */
  'messages.read': {
    params: { server: string; instance: Instance };
    result: { log: TmuxLog | null };
  };
  /** As the owner of the server, or as any where it is `systemd.system`, that of units; failures carry `busy` where too many are under way. */
  'probe.run': { params: { server: string; probe: Probe }; result: Finding };
  /** To the program of the first pane, as its owner, if it handles the signal. */
  'signal.send': {
    params: { server: string; instance: Instance; tmuxId: string; signal: RefreshSignal };
    result: Record<string, never>;
  };
  'keys.send': {
    params: { server: string; instance: Instance; tmuxId: string; text: string; enter: boolean };
    result: Record<string, never>;
  };
}

/** What is asked about the health of a session. */
export type Probe =
  | ({ kind: 'http' } & HttpProbe)
  | ({ kind: 'tcp' } & TcpProbe)
  | ({ kind: 'command' } & CommandProbe);

/** What a tmux server remembers of the commands it was given, in tmux's own words: hostile text. */
export interface TmuxLog {
  /** By the clock of the server: ms since the epoch. */
  at: number;
  /** The same as the log has it, in the zone of the server. */
  clock: string;
  /** How many entries the server keeps (`message-limit`). */
  limit: number;
  /** Newest first; some lines of an entry may be its text. */
  lines: string[];
  /** More lines were there. */
  cut: boolean;
  /** Who is attached now: `client-PID`, or the path of a terminal. */
  clients: { name: string; pid: number }[];
}

/** The first thing a link says, as a request: the agent answers with what to watch. */
export interface Hello {
  protocol: 1;
  version: string;
  owner: string;
  uid: number;
  pid: number;
  tmux: string;
}
