import type { BotState } from './bot/bot-state.ts';
import { type Counts, emptyCounts } from './counts.ts';
import type { ActionKind, Requester, Target } from './events/action.ts';
import type { Forecast } from './events/forecast.ts';
import type { Verdict } from './events/incident.ts';
import type { Instance } from './events/server.ts';
import type { Birth, Declaration } from './events/session.ts';
import type { Health } from './health.ts';
import type { Attempt, End, RecoveryNotes } from './recovery-state.ts';
import type { RefreshNotes } from './refresh.ts';
import type { Silence } from './silence.ts';
import type { UnitState } from './unit-state.ts';

/** The fold of the log: what Holdfast knows. Plain JSON, so that it can be a snapshot. */
export interface State {
  schema: 1;
  seq: number;
  at: number;
  agent: AgentRun | null;
  /** The newest `maxRuns`, the present one last; snapshots of older releases lack it. */
  runs?: Run[];
  config: { hash: string; source: string; at: number } | null;
  /** The newest configuration, where it was refused and the one before it stays in force. */
  refused?: RefusedConfig | null;
  links: Record<string, LinkState>;
  servers: Record<string, ServerState>;
  declared: Record<string, Declaration>;
  lives: Record<string, Life>;
  intents: Record<string, Intent>;
  actions: Record<string, PendingAction>;
  /** How the last life of each declared session ended; none while its first has not. */
  ends: Record<string, End>;
  /** When sessions and servers were last started by Holdfast itself, newest last: what the limit counts. */
  attempts: Record<string, Attempt[]>;
  /** Since when the breaker is open of what was brought back too often. */
  suspended: Record<string, number>;
  /** What else recovery remembers of sessions and servers; snapshots of older releases lack it. */
  recoveries?: Record<string, RecoveryNotes>;
  /** The newest `maxIncidents`, and those that wait for a verdict; oldest first. */
  incidents: Record<string, Incident>;
  /** What people asked not to be told; snapshots of older releases lack it. */
  silences?: Record<string, Silence>;
  /** What is going to be used up, by `forecastKey`; snapshots of older releases lack it. */
  forecasts?: Record<string, KnownForecast>;
  /** The bots of lives, as the log knows them (`botKey`); snapshots of older releases lack it. */
  bots?: Record<string, BotState>;
  /** What is remembered of the logins of declared sessions; snapshots of older releases lack it. */
  refreshes?: Record<string, RefreshNotes>;
  /** How declared sessions are that checks look at; snapshots of older releases lack it. */
  health?: Record<string, Health>;
  /** The declared units of systemd, by the name they are declared by; snapshots of older releases lack it. */
  units?: Record<string, UnitState>;
  counts: Counts;
}

/** The newest warning about something. */
export interface KnownForecast extends Forecast {
  /** When it was first warned of. */
  since: number;
}

export interface RefusedConfig {
  at: number;
  problems: number;
  /** The first problem. */
  first: string;
}

export interface AgentRun {
  version: string;
  pid: number;
  bootId: string;
  embedded: boolean;
  startedAt: number;
  /** Set by `agent.stopping`; a run that never said so was killed. */
  stopping: boolean;
}

/** A run of the agent. */
export interface Run {
  /** What names it, ms since the epoch. */
  startedAt: number;
  /** The last event of the log when it opened it. */
  after: number;
}

export interface LinkState {
  uid: number;
  pid: number;
  tmux: string;
  connected: boolean;
  since: number;
}

/**
 * `absent`: no server and none known to have died; `dead`: it died. Behind the next three was a live process when
 * it was last looked at, and without a link they stay as they were. `unknown` is given by no event of this release.
 */
export type ServerStatus = 'absent' | 'alive' | 'hung' | 'socket-lost' | 'dead' | 'unknown';

export interface ServerState {
  server: string;
  managed: boolean;
  socket: string;
  /** Whose it is by the configuration, or by the link that found it; snapshots of older releases lack it. */
  owner?: string | null;
  status: ServerStatus;
  instance: Instance | null;
  version: string;
  since: number;
  /** When this instance was found, ms since the epoch; snapshots of older releases lack it. */
  foundAt?: number;
  /** Numbers of the tmux ids of this instance's sessions that ended: the greatest `maxEnded`, ascending. */
  ended: number[];
}

export interface Life extends Birth {
  supervisedSince: number;
}

export interface Intent {
  intent: string;
  target: Target;
  by: Requester;
  declaredAt: number;
  expiresAt: number;
  /** A new life is to take its place. */
  replaces?: true;
}

export interface PendingAction {
  action: string;
  kind: ActionKind;
  target: Target;
  requestedAt: number;
}

export interface Incident {
  incident: string;
  server: string;
  openedAt: number;
  trace: string;
  lives: string[];
  sessions: string[];
  verdict: Verdict | null;
  /** How many of the lives the verdict has been counted for. */
  counted: number;
  /** Who said that he knows of it, first; absent: nobody has. */
  acknowledged?: { at: number; by: Requester };
}

export const maxIncidents = 200;

/** As many as a thousand servers that die at once, each of its own. */
export const maxUnexplained = 1000;

/** Subscribers that were away for longer go on where the oldest of them began. */
export const maxRuns = 20;

/** A managed server remembers about 250 exits. */
export const maxEnded = 400;

export const emptyState = (): State => ({
  schema: 1,
  seq: 0,
  at: 0,
  agent: null,
  config: null,
  links: {},
  servers: {},
  declared: {},
  lives: {},
  intents: {},
  actions: {},
  ends: {},
  attempts: {},
  suspended: {},
  recoveries: {},
  incidents: {},
  silences: {},
  forecasts: {},
  bots: {},
  refreshes: {},
  health: {},
  units: {},
  counts: emptyCounts(),
});
