import type { Breaker } from './breaker.ts';
import type { BotConnection, BotLogin, BotNeed } from './events/bot.ts';
import type { Pressure } from './events/measures.ts';
import type { CheckName, CheckSample, HealthStatus } from './health.ts';
import type { NotifierStatus } from './notifier-status.ts';
import type { Traffic } from './samples.ts';
import type { Histogram, KnownForecast, RefusedConfig, ServerStatus, Silence } from './state.ts';
import type { SeenBy } from './witnessed.ts';

/**
 * The one document about now: `state.json`, `holdfast status --json` and the exporter's only input.
 * Times are ms since the epoch, sizes bytes, `cpu` a fraction of one processor.
 * Fields are only ever added within one `schema`.
 */
export interface StatusDocument {
  schema: 1;
  writtenAt: number;
  bootId: string;
  seq: number;
  agent: AgentStatus;
  links: LinkStatus[];
  servers: ServerStatusLine[];
  sessions: SessionStatus[];
  incidents: IncidentSummary[];
  host: HostStatus | null;
  totals: Totals;
  /** What the notifier last said of itself, however old: see `reportedAt`; null: none has since the agent started. */
  notifier?: NotifierStatus | null;
  /** What people asked not to be told, until when. */
  silences?: Silence[];
  /** Whether who sends a signal is seen here; null: not known yet. Older documents lack it. */
  witness?: WitnessStatus | null;
  /** What is going to be used up, if it goes on so; soonest first. Older documents lack it. */
  forecasts?: ForecastStatus[];
  /** What else is asked about a death, best first; empty: not known. Older documents lack it. */
  sources?: SourceStatus[];
  /** What was heard on heartbeat.sock since the agent started. Older documents lack it. */
  heartbeats?: HeartbeatStatus;
}

export interface HeartbeatStatus {
  beats: number;
  /** What was not heard, by the reason. */
  refused: Record<string, number>;
}

/** Something that grows and reaches its limit; `text` says it for people, as of when the document was written. */
export interface ForecastStatus extends KnownForecast {
  text: string;
}

/** What the witness last said of itself. */
export interface WitnessStatus {
  /** `blind`: it answers, and the kernel tells it nothing; `absent`: it does not answer. */
  state: 'sees' | 'blind' | 'absent';
  /** Why nothing is seen; null: all is well. */
  why: string | null;
  /** How command lines are come by: `probe`, the kernel copies them; null where it does not answer, as the next two. */
  method: SeenBy | null;
  /** Whether it runs before other processes, so that a killer is looked at before it is gone. */
  realTime: boolean | null;
  /** Nothing before this is known. */
  since: number | null;
  /** Events the kernel threw away before they were read, as it last counted. */
  lost: number;
}

/** A source of evidence: what others wrote down. */
export interface SourceStatus {
  /** Stable, as in evidence: `journal`, `logind`. */
  name: string;
  ok: boolean;
  /** Why it cannot be read, and what to do about it; null where it can. */
  why: string | null;
  advice: string | null;
}

export interface AgentStatus {
  version: string;
  nodeVersion: string;
  pid: number;
  startedAt: number;
  embedded: boolean;
  /** What the agent would say to systemd: `supervising 12 sessions on 2 servers`. */
  text: string;
  rssBytes: number;
  anonBytes: number;
  /** Processor seconds since it started. */
  cpuSeconds: number;
  config: { hash: string; source: string; at: number } | null;
  /** The newest configuration, where it was refused; null when the one in force is the newest. */
  refused?: RefusedConfig | null;
  log: LogHealth;
  /** Absent in documents of agents that do not say it. */
  journal?: JournalHealth;
}

export interface LogHealth {
  /** `degraded`: the disk does not take events now; they wait in memory. */
  status: 'ok' | 'degraded';
  code: string;
  queued: number;
  /** Events given up because the queue was full. */
  dropped: number;
  storedSeq: number;
  bytes: number;
}

/** How notable events reach the system's journal. */
export interface JournalHealth {
  /** `off`: our output is not the journal's, so nothing is sent; `degraded`: the newest entry was not taken. */
  status: 'ok' | 'degraded' | 'off';
  /** Of the newest failure, e.g. `ECONNREFUSED`; empty while there is none. */
  code: string;
  /** Entries since the agent started. */
  sent: number;
  /** Entries given up since the agent started. */
  dropped: number;
}

export interface LinkStatus {
  owner: string;
  connected: boolean;
  pid: number;
  tmux: string;
  since: number;
}

export interface ServerStatusLine {
  server: string;
  managed: boolean;
  socket: string;
  status: ServerStatus;
  pid: number | null;
  version: string;
  sessions: number;
  processes: number;
  rssBytes: number;
  /** Why declared limits of its sessions are not in force; null: they are, or none is declared. */
  unlimited?: string | null;
  /** Why its declared sessions may be with the wrong owner; null: they are not. */
  ownerDoubt?: string | null;
  since: number;
}

export interface SessionStatus {
  session: string;
  server: string;
  declared: boolean;
  /** `stopped`: ended on purpose, or done; `dead`: declared, ended unasked and not back; `waiting`: about to be created. */
  status: 'up' | 'stopped' | 'dead' | 'waiting';
  life: string | null;
  tmuxName: string;
  createdAt: number | null;
  supervisedSince: number | null;
  panes: number;
  rssBytes: number;
  cpu: number;
  /** How memory and `cpu` were measured: by the session's own cgroup, or by its processes; null: not yet. */
  measured?: 'exact' | 'partial' | null;
  /** What counts towards `memoryMax`; null where the session has no cgroup of its own, as the next three. */
  memoryBytes?: number | null;
  anonBytes?: number | null;
  /** The limit in force; null also where there is none. */
  memoryMaxBytes?: number | null;
  /** Processes and threads. */
  tasks?: number | null;
  lastActivityAt: number | null;
  command: string;
  deaths: number;
  /** How often Holdfast has brought it back since a person last started it; older documents lack it, as the next two. */
  restarts?: number;
  /** `open`: it was brought back too often, and is left alone; `half-open`: it is being tried. */
  breaker?: Breaker;
  /** Why it is not started now, and until when where it waits for a time; null: nothing holds it. */
  held?: { reason: string; until: number | null } | null;
  /** When the last life of a declared session ended; null while it lives and before its first end. */
  endedAt: number | null;
  /** Those in it that say how they are. Older documents lack it. */
  bots?: BotStatus[];
  /** How it is beyond that it is there; null: nobody asked for it. Older documents lack it. */
  health?: HealthLine | null;
}

/** What a bot says of itself. Counts are since `startedAt`, its times by its own clock; null: it does not say. */
export interface BotStatus {
  /** What it calls itself among the bots of its session; empty: the only one. */
  bot: string;
  /** `lost`: it is not heard any more; `unknown`: it does not say. */
  state: BotConnection | 'lost' | 'unknown';
  /** In its own words. */
  why: string;
  /** Since when, as the log knows it. */
  since: number;
  /** What somebody has to do before it can go on; null: nothing. */
  needs: BotNeed | null;
  /** Null: not since the agent started, or it is lost; then the next are null, too. */
  heardAt: number | null;
  pid: number | null;
  startedAt: number | null;
  in: Traffic | null;
  out: Traffic | null;
  reconnects: number | null;
  errors: number | null;
  /** The newest in the log. */
  lastError: { at: number; name: string; message: string } | null;
  login: BotLogin | null;
  counters: Record<string, number>;
  /** ms. */
  timings: Record<string, { count: number; sumMs: number; maxMs: number }>;
}

export interface HealthLine {
  status: HealthStatus;
  since: number;
  /** The check that decided it; null: all of them, or none yet. */
  check: CheckName | null;
  reason: string;
  /** Each check as it stands, once it was looked at. */
  checks: CheckSample[];
}

export interface IncidentSummary {
  incident: string;
  server: string;
  at: number;
  sessions: string[];
  cause: string;
  confidence: string;
  summary: string;
  /** When a person said that he knows; null: nobody has. */
  acknowledgedAt?: number | null;
}

export interface HostStatus {
  at: number;
  load: [number, number, number];
  memoryTotalBytes: number;
  memoryAvailableBytes: number;
  cpuBusy: number;
  pressure: Pressure | null;
}

/** Counters since the log began, for Prometheus. */
export interface Totals {
  events: number;
  created: number;
  died: number;
  diedByCause: Record<string, number>;
  /** Keys are `CAUSE CONFIDENCE`, e.g. `signal certain`. Documents of older releases lack it, as the next. */
  verdicts?: Record<string, number>;
  /** Those of them that name who did it. */
  verdictsNamed?: number;
  ended: Record<string, number>;
  serversDied: Record<string, number>;
  restarts: Record<string, number>;
  decisions: Record<string, number>;
  /** Keys are `KIND OUTCOME`, e.g. `session.create done`. */
  actions: Record<string, number>;
  rejected: Record<string, number>;
  /** Secrets replaced since the agent started. */
  redactions: number;
  resyncs: number;
  lifetime: Histogram;
}
