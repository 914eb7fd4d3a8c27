import type { CgroupSample } from './events/death.ts';
import { isOfDeclared, isRunning } from './life.ts';
import type { Samples } from './samples.ts';
import type { Incident, Life, State } from './state.ts';
import type {
  AgentStatus,
  IncidentSummary,
  LinkStatus,
  ServerStatusLine,
  SessionStatus,
  StatusDocument,
  Totals,
} from './status.ts';

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
    ({ server, managed, socket, status, instance, version, since }) => {
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
        since,
      };
    },
  );

const inCgroup = (cgroup: CgroupSample | undefined) => ({
  memoryBytes: cgroup?.memoryBytes ?? null,
  anonBytes: cgroup?.anonBytes ?? null,
  memoryMaxBytes: cgroup?.memoryMaxBytes ?? null,
  tasks: cgroup?.tasks ?? null,
});

const liveSession = (state: State, samples: Samples, life: Life): SessionStatus => {
  const sample = samples.lives.get(life.life);
  return {
    session: life.session,
    server: life.server,
    declared: life.declared,
    status: 'up',
    life: life.life,
    tmuxName: life.tmuxName,
    createdAt: life.createdAt,
    supervisedSince: life.supervisedSince,
    panes: life.panes.length,
    rssBytes: sample?.usage?.rssBytes ?? 0,
    cpu: sample?.usage?.cpu ?? 0,
    measured: sample?.usage?.measured ?? null,
    ...inCgroup(sample?.usage?.cgroup),
    lastActivityAt: sample?.lastActivityAt ?? null,
    command: life.command,
    deaths: isOfDeclared(state, life) ? (state.ends[life.session]?.deaths ?? 0) : 0,
    endedAt: null,
  };
};

/** A declared session without a life. */
const endedSession = (state: State, session: string): SessionStatus | null => {
  const declared = state.declared[session];
  if (!declared) return null;
  const end = state.ends[session];
  const pending = Object.values(state.actions).some((action) => action.target.session === session);
  return {
    session,
    server: declared.server,
    declared: true,
    status: pending || !end ? 'waiting' : end.reason === 'died' ? 'dead' : 'stopped',
    life: null,
    tmuxName: declared.tmuxName,
    createdAt: null,
    supervisedSince: null,
    panes: 0,
    rssBytes: 0,
    cpu: 0,
    measured: null,
    ...inCgroup(undefined),
    lastActivityAt: null,
    command: '',
    deaths: end?.deaths ?? 0,
    endedAt: end?.at ?? null,
  };
};

const sessions = (state: State, samples: Samples): SessionStatus[] => {
  const lives = Object.values(state.lives);
  const running = lives.filter((life) => isOfDeclared(state, life));
  const named = new Set(running.map(({ session }) => session));
  const missing = Object.keys(state.declared).filter((session) => !named.has(session));
  return [
    ...lives.map((life) => liveSession(state, samples, life)),
    ...missing.map((session) => endedSession(state, session)).filter((line) => line !== null),
  ];
};

const summary = ({
  incident,
  server,
  openedAt,
  sessions: ended,
  verdict,
}: Incident): IncidentSummary => ({
  incident,
  server,
  at: openedAt,
  sessions: ended,
  cause: verdict?.cause ?? '',
  confidence: verdict?.confidence ?? '',
  summary: verdict?.summary ?? '',
});

const totals = (state: State, samples: Samples, redactions: number): Totals => {
  const { incidents: _, ...counts } = state.counts;
  const resyncs = [...samples.servers.values()].reduce((sum, sample) => sum + sample.resyncs, 0);
  return { ...counts, redactions, resyncs };
};

/** One sentence on what the agent does now: for systemd, and for people. */
export const statusText = (state: State, log: { status: string; code: string }): string => {
  const count = Object.keys(state.lives).length;
  const live = Object.values(state.servers).filter(({ status }) => status === 'alive').length;
  const troubled = Object.values(state.servers).filter(({ status }) =>
    ['hung', 'socket-lost', 'dead'].includes(status),
  );
  const trouble = troubled.map(({ server, status }) => `; server ${server} is ${status}`).join('');
  const disk = log.status === 'ok' ? '' : `; the log waits in memory (${log.code})`;
  const plural = (n: number, word: string): string => `${n} ${word}${n === 1 ? '' : 's'}`;
  const refused = state.refused ? '; the new configuration was refused, the old one stays' : '';
  const what = `${plural(count, 'session')} on ${plural(live, 'server')}`;
  return `supervising ${what}${trouble}${disk}${refused}`;
};

export interface Now {
  at: number;
  bootId: string;
  agent: AgentStatus;
  redactions: number;
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
    incidents: Object.values(state.incidents).slice(-incidentsShown).map(summary),
    host: host && {
      at: host.at,
      load: host.load,
      memoryTotalBytes: host.memoryTotalBytes,
      memoryAvailableBytes: host.memoryAvailableBytes,
      cpuBusy: host.cpuBusy,
      pressure: host.pressure,
    },
    totals: totals(state, samples, now.redactions),
  };
};
