import type { Event, EventOf, EventType } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import type { Verdict } from '../../../agent/model/events/incident.ts';
import type { Silence } from '../../../agent/model/silence.ts';
import type { ChannelStatus, NotifierStatus } from '../../../agent/model/status/notifier-status.ts';
import type { SessionStatus } from '../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { IncidentReport } from '../../../agent/protocol/agent.ts';

/** 2026-11-20 14:03:22.000 UTC */
export const noon = Date.UTC(2026, 10, 20, 14, 3, 22);

const megabyte = 1024 * 1024;

export const sessionOf = (session: string, more: Partial<SessionStatus> = {}): SessionStatus => ({
  session,
  server: 'main',
  declared: true,
  status: 'up',
  life: `boot/100-1/$${session}`,
  tmuxName: session,
  createdAt: noon - 3 * 3_600_000 - 12 * 60_000,
  supervisedSince: noon - 3 * 3_600_000,
  panes: 1,
  rssBytes: 12.3 * megabyte,
  cpu: 0.004,
  lastActivityAt: noon - 12_000,
  command: 'npm start',
  deaths: 0,
  endedAt: null,
  ...more,
});

export const downSession = (session: string, status: SessionStatus['status']): SessionStatus =>
  sessionOf(session, {
    ...{ status, life: null, createdAt: null, supervisedSince: null, lastActivityAt: null },
    ...{ panes: 0, rssBytes: 0, cpu: 0, command: '', deaths: 4, endedAt: noon - 60_000 },
  });

export const statusOf = (more: Partial<StatusDocument> = {}): StatusDocument => ({
  schema: 1,
  writtenAt: noon - 1000,
  bootId: 'boot',
  seq: 420,
  agent: {
    version: '0.1.0',
    nodeVersion: 'v26.10.0',
    pid: 4242,
    startedAt: noon - 3 * 3_600_000,
    embedded: true,
    text: 'supervising 3 sessions on 2 servers',
    rssBytes: 38.2 * megabyte,
    anonBytes: 14 * megabyte,
    cpuSeconds: 4.2,
    config: { hash: 'abc', source: '/home/ada/.holdfast/etc/holdfast.yaml', at: noon },
    log: { status: 'ok', code: '', queued: 0, dropped: 0, storedSeq: 420, bytes: 40_000 },
  },
  links: [{ owner: 'ada', connected: true, pid: 4243, tmux: '3.5a', since: noon - 3_600_000 }],
  servers: [
    {
      ...{ server: 'main', managed: true, socket: '/home/ada/.holdfast/run/tmux/main.sock' },
      ...{ status: 'alive', pid: 100, version: '3.5a', sessions: 2, processes: 5 },
      ...{ rssBytes: 4.1 * megabyte, since: noon - 3_600_000 },
    },
    {
      ...{ server: 'default', managed: false, socket: '/tmp/tmux-1000/default' },
      ...{ status: 'hung', pid: 90, version: '3.5a', sessions: 1, processes: 2 },
      ...{ rssBytes: 3.9 * megabyte, since: noon - 90_000 },
    },
  ],
  sessions: [
    sessionOf('web'),
    sessionOf('日本語のボット', {
      server: 'default',
      declared: false,
      deaths: 2,
      cpu: 0.31,
      panes: 3,
    }),
    downSession('gateway', 'dead'),
    downSession('notes', 'stopped'),
  ],
  incidents: [
    {
      ...{ incident: '6', server: 'main', at: noon - 7_200_000, sessions: ['web'] },
      ...{ cause: 'program-exit', confidence: 'certain', summary: 'npm start exited with 1' },
    },
    {
      ...{
        incident: '7',
        server: 'main',
        at: noon - 60_000,
        cause: 'signal',
        confidence: 'likely',
      },
      sessions: ['gateway', 'web', 'bot', 'voice', 'notes'],
      summary: 'the tmux server "main" was killed without a goodbye; 5 sessions ended with it',
    },
  ],
  host: {
    ...{ at: noon - 2000, load: [0.52, 0.4, 0.31], memoryTotalBytes: 8 * 1024 * megabyte },
    ...{ memoryAvailableBytes: 3 * 1024 * megabyte, cpuBusy: 0.12, pressure: null },
  },
  totals: {
    ...{ events: 420, created: 9, died: 6, diedByCause: { signal: 5 }, ended: {}, serversDied: {} },
    ...{ restarts: {}, decisions: {}, actions: {}, rejected: {}, redactions: 0, resyncs: 77 },
    lifetime: { bounds: [1], buckets: [0], sum: 0, count: 0 },
  },
  ...more,
});

export const channelOf = (channel: string, more: Partial<ChannelStatus> = {}): ChannelStatus => ({
  ...{ channel, status: 'ok', code: '', queued: 0, oldestAt: null },
  ...{ lastSentAt: noon - 60_000, sent: 7, retried: 0, failed: 0 },
  ...more,
});

export const notifierOf = (more: Partial<NotifierStatus> = {}): NotifierStatus => ({
  ...{ version: '0.1.0', pid: 4250, startedAt: noon - 3_600_000, reportedAt: noon - 5000 },
  ...{ rssBytes: 60 * megabyte, anonBytes: 30 * megabyte, cursor: 419 },
  channels: [channelOf('telegram:4711'), channelOf('webhook:ops')],
  ...{ firing: { info: 0, notice: 0, warning: 1, error: 0, critical: 0 }, suppressed: {} },
  ...{ telegram: null, deadman: null },
  ...more,
});

export const silenceOf = (session: string | null, more: Partial<Silence> = {}): Silence => ({
  ...{ silence: 's4', session, at: noon - 60_000, until: noon + 3_540_000 },
  ...{ reason: 'new release', by: { uid: 1000, pid: 77, session: null } },
  ...more,
});

export const eventOf = <T extends EventType>(
  seq: number,
  type: T,
  data: EventOf<T>['data'],
  at = noon + seq,
): Event => ({ seq, v: 1, at, type, trace: 'a'.repeat(32), data }) as Event;

export const deathOf = (session: string, more: Partial<DeathRecord> = {}): DeathRecord => ({
  ...{ life: `boot/100-1/$${session}`, session, server: 'main', tmuxId: '$1', tmuxName: session },
  ...{ instance: { pid: 100, startTime: 1 }, declared: true, incident: '7' },
  ...{
    lastSeen: noon - 400,
    found: noon,
    ageMs: 11_520_000,
    supervisedMs: 11_000_000,
    resyncs: 22,
  },
  panes: [
    {
      ...{ id: '%3', pid: 1234, startTime: 77, command: 'node bot.js --port 8080' },
      ...{ exit: { status: null, signal: 9 }, historyLines: 2031 },
    },
  ],
  exit: { status: null, signal: 9, at: noon - 3 },
  watched: 'live',
  lastCommand: { text: 'npm run deploy', source: 'foreground' },
  screens: [
    {
      ...{ pane: '%3', blob: 'b'.repeat(64), lines: 3, bytes: 60, takenAt: noon - 2500 },
      tail: 'deploying…\nuploading 7 of 12',
    },
  ],
  alive: 4,
  others: ['web'],
  usage: { at: noon - 1000, rssBytes: 120 * megabyte, cpu: 0.42, processes: 3 },
  host: {
    ...{ at: noon - 1000, load: [1.5, 0.9, 0.4], memoryTotalBytes: 4 * 1024 * megabyte },
    ...{ memoryAvailableBytes: 0.2 * 1024 * megabyte, cpuBusy: 0.9 },
    pressure: { cpu: 12.5, memory: 40.2, io: 3 },
    processes: [
      { pid: 7, command: '/usr/bin/node bot.js --port 8080', rssBytes: 900 * megabyte, cpu: 0.4 },
      { pid: 8, command: 'postgres: writer', rssBytes: 210 * megabyte, cpu: 0 },
    ],
  },
  serverState: 'alive',
  trimmed: [],
  ...more,
});

export const killed: Verdict = {
  ...{ cause: 'signal', scope: 'session', confidence: 'certain', exitStatus: null },
  summary: 'the program of "bot" was ended by SIGKILL',
  signal: { name: 'SIGKILL', number: 9 },
  evidence: [
    { at: noon - 3, source: 'tmux', text: 'bot: its last program was ended by SIGKILL' },
    { at: noon, source: 'rule', text: 'pane-signal' },
  ],
  missing: [
    'who sent it: no kernel tracing is connected, and tmux does not know the sender of a signal',
  ],
};

const target = { server: 'main', session: 'bot', life: null };

/** One killed session that came back. */
export const reportOf = (
  deaths: readonly DeathRecord[] = [deathOf('bot', { others: [] })],
  verdict: Verdict | null = killed,
): IncidentReport => {
  const { length } = deaths;
  return {
    more: false,
    preceded: [],
    pattern: null,
    incident: {
      ...{ incident: '7', server: 'main', openedAt: noon, trace: 'a'.repeat(32), verdict },
      lives: deaths.map(({ life }) => life),
      sessions: deaths.map(({ session }) => session),
      counted: length,
    },
    events: [
      ...deaths.map((death, i) => eventOf(i + 1, 'session.died', death)),
      eventOf(length + 1, 'decision.made', { decision: 'recover', reason: 'died', target }),
      eventOf(length + 2, 'action.requested', {
        ...{ action: 'a9', kind: 'session.create', target, reason: 'died' },
      }),
      eventOf(length + 3, 'action.done', { action: 'a9', settled: 'reported' }, noon + 50),
    ],
  };
};
