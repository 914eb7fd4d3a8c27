import { isInForce } from '../in-force.ts';
import { isRunning } from '../life.ts';
import { ownerDoubt } from '../owners.ts';
import type { Samples } from '../samples.ts';
import type { State } from '../state.ts';
import { forecastText } from '../text/forecast-text.ts';
import type { AgentStatus } from './agent-status.ts';
import { describeIncident } from './describe-incident.ts';
import { sessions } from './describe-sessions.ts';
import { describeUnits } from './describe-units.ts';
import type { SourceStatus, WitnessStatus } from './evidence-status.ts';
import type { ForecastStatus } from './forecast-status.ts';
import type { HeartbeatStatus } from './heartbeat-status.ts';
import type { NotifierStatus } from './notifier-status.ts';
import type { LinkStatus, ServerStatusLine } from './server-status.ts';
import type { StatusDocument } from './status.ts';
import type { Totals } from './totals.ts';

/** The newest incidents the document carries. */
const incidentsShown = 20;

const links = (state: State): LinkStatus[] =>
  Object.entries(state.links).map(([owner, { connected, pid, tmux, since }]) => ({
    owner,
    connected,
    pid,
    tmux,
    since,
  }));

const servers = (state: State, samples: Samples): ServerStatusLine[] =>
  Object.values(state.servers).map(
    ({ server, managed, socket, owner = null, status, instance, version, since }) => {
      const sample = samples.servers.get(server);
      const live = isRunning({ status });
      return {
        server,
        managed,
        socket,
        status,
        pid: live ? (instance?.pid ?? null) : null,
        version,
        sessions: Object.values(state.lives).filter((life) => life.server === server).length,
        processes: live ? (sample?.processes ?? 0) : 0,
        rssBytes: live ? (sample?.rssBytes ?? 0) : 0,
        unlimited: live ? (sample?.unlimited ?? null) : null,
        ownerDoubt: ownerDoubt(state, { server, managed, owner }),
        since,
      };
    },
  );

const totals = (state: State, samples: Samples, redactions: number): Totals => {
  const { incidents: _, ...counts } = state.counts;
  const resyncs = [...samples.servers.values()].reduce((sum, sample) => sum + sample.resyncs, 0);
  const { verdicts = {}, verdictsNamed = 0 } = counts;
  return { ...counts, verdicts, verdictsNamed, redactions, resyncs };
};

const forecasts = (state: State, at: number): ForecastStatus[] =>
  Object.values(state.forecasts ?? {})
    .map((forecast) => ({ ...forecast, text: forecastText(forecast, at) }))
    .sort((a, b) => a.reachesAt - b.reachesAt);

export interface Now {
  at: number;
  bootId: string;
  agent: AgentStatus;
  redactions: number;
  notifier: NotifierStatus | null;
  witness: WitnessStatus | null;
  sources: SourceStatus[];
  heartbeats?: HeartbeatStatus;
  /** What systemd said when it was last asked; absent: nothing. */
  units?: UnitsNow;
}

export interface UnitsNow {
  /** Why it cannot be asked; null: it can. */
  unseen: string | null;
  /** How often it started a unit again by itself; null: not known. */
  restartsOf(name: string): number | null;
}

/** Builds the document about now from what is known and what was sampled. */
export const describeStatus = (state: State, samples: Samples, now: Now): StatusDocument => {
  const { host } = samples;
  return {
    schema: 1,
    writtenAt: now.at,
    bootId: now.bootId,
    seq: state.seq,
    agent: now.agent,
    links: links(state),
    servers: servers(state, samples),
    sessions: sessions(state, samples),
    incidents: Object.values(state.incidents).slice(-incidentsShown).map(describeIncident),
    host: host && {
      at: host.at,
      load: host.load,
      memoryTotalBytes: host.memoryTotalBytes,
      memoryAvailableBytes: host.memoryAvailableBytes,
      cpuBusy: host.cpuBusy,
      pressure: host.pressure,
    },
    totals: totals(state, samples, now.redactions),
    notifier: now.notifier,
    witness: now.witness,
    sources: now.sources,
    forecasts: forecasts(state, now.at),
    units: describeUnits(state, samples, now.units?.restartsOf ?? (() => null)),
    unitsUnseen: now.units?.unseen ?? null,
    heartbeats: now.heartbeats ?? { beats: 0, refused: {} },
    // One that runs out leaves without an event.
    silences: Object.values(state.silences ?? {}).filter((silence) => isInForce(silence, now.at)),
  };
};
