import type { Arrivals } from './bot/arrivals.ts';
import type { BotConnection, BotLogin } from './events/bot.ts';
import type { ForecastWhat } from './events/forecast.ts';
import type {
  HostSample,
  LeaderSample,
  MachinePoint,
  UsagePoint,
  UsageSample,
} from './events/measures.ts';
import type { KnownLogin } from './events/refresh.ts';
import type { HealthSample, ProbeSample } from './health.ts';
import type { RefreshWait } from './refresh.ts';
import type { Series } from './series.ts';

/**
 * What is measured and not logged: it lives in memory and is copied into a record at a death.
 * Texts here are as read; they are redacted when they are copied.
 */
export interface Samples {
  host: HostSample | null;
  /** The machine in the last minute, oldest first (`withRecent`). */
  recent: MachinePoint[];
  lives: Map<string, LifeSample>;
  /** Of declared units, by the key of their life; absent: none is looked at. */
  units?: Map<string, LifeSample>;
  /** By name of the server. */
  servers: Map<string, ServerSample>;
  /** What may be used up, over hours, by `forecastKey`. */
  series: Map<string, Series>;
  /** What the machine has of other things than memory; absent: not looked at yet. */
  resources?: ResourceSample[];
  /** What the run before saw last of lives this one has seen nothing of yet, redacted; absent: nothing. */
  screensBefore?: ScreensBefore;
  /** By `botKey`: those that are heard. */
  bots: Map<string, BotSample>;
}

/** Something of the machine that has a limit. */
export interface ResourceSample {
  what: Exclude<ForecastWhat, 'memory'>;
  /** A directory of that file system; null: it has none. */
  path: string | null;
  at: number;
  value: number;
  limit: number;
}

/** What a bot last said of itself, its words redacted. All counts are since `startedAt`. */
export interface BotSample {
  heardAt: number;
  pid: number;
  /** By the clock of the bot, as the times below. */
  startedAt: number;
  connection: BotConnection | null;
  why: string;
  in: Traffic | null;
  out: Traffic | null;
  reconnects: number | null;
  errors: number | null;
  login: BotLogin | null;
  counters: Record<string, number>;
  /** ms. */
  timings: Record<string, { count: number; sumMs: number; maxMs: number }>;
}

/** Messages. */
export interface Traffic {
  count: number;
  /** Null: none yet. */
  lastAt: number | null;
}

export interface LifeSample {
  /** Listings this life was seen in since the agent started. */
  resyncs: number;
  /** By this agent, ms since the epoch; absent: by none. */
  firstSeen?: number;
  lastSeen: number;
  lastActivityAt: number | null;
  /** Command line of the foreground process of the first pane's terminal; null: not known. */
  foreground: string | null;
  usage: UsageSample | null;
  /** The same in the last minute, oldest first. */
  recent: UsagePoint[];
  /** By tmux's `%id`. */
  panes: Map<string, PaneSample>;
  /** When a bot in it last said that it lives, ms since the epoch; absent: it never has. */
  lastBeatAt?: number;
  /** What its health was last found to be; absent: it was not looked at. */
  health?: HealthSample;
  /** Its login, and when it is to be renewed; absent: nobody asked for it. */
  refresh?: RefreshSample;
  /** The newest answer to each probe. */
  probes?: { [K in 'http' | 'tcp' | 'command' | 'canary']?: ProbeSample };
  /** Of a unit: systemd is stopping it, whoever asked for that. */
  stopping?: true;
  /** Of its bots, where its health depends on it. */
  arrivals?: Arrivals;
}

export interface ScreenSample {
  text: string;
  /** So many of its last lines are on the terminal, the rest has scrolled away. */
  shown: number;
  takenAt: number;
}

/** By life, then by tmux's `%id`. */
export type ScreensBefore = Map<string, Map<string, ScreenSample>>;

/** Times are ms since the epoch; null: nobody knows when it runs out. */
interface RefreshSample {
  login: KnownLogin;
  dueAt: number | null;
  endsAt: number | null;
  /** Why it is not renewed yet, though it is due; null: it is not due, or nothing keeps it. */
  waits: RefreshWait | null;
}

export interface PaneSample {
  /** Command line of the pane's leader. */
  command: string;
  /** Whose command line that is. */
  pid?: number;
  historyLines: number;
  screen: ScreenSample | null;
  /** Of the process with this pid; absent: not looked at yet. */
  leader?: { pid: number; sample: LeaderSample };
}

export interface ServerSample {
  resyncs: number;
  processes: number;
  rssBytes: number;
  /** What of the declared limits is not in force, as the link says it, redacted; null or absent: nothing. */
  unlimited?: string | null;
}

export const emptySamples = (): Samples => ({
  host: null,
  recent: [],
  lives: new Map(),
  servers: new Map(),
  series: new Map(),
  bots: new Map(),
});

/** What is measured of a life, of a session or of a unit. */
export const sampleOf = (
  { lives, units }: Pick<Samples, 'lives' | 'units'>,
  life: string,
): LifeSample | undefined => lives.get(life) ?? units?.get(life);
