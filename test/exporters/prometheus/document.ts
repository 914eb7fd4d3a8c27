import type { BotStatus } from '../../../agent/model/status/bot-status.ts';
import type { NotifierStatus } from '../../../agent/model/status/notifier-status.ts';
import type { RefreshLine } from '../../../agent/model/status/refresh-line.ts';
import type { SessionStatus } from '../../../agent/model/status/session-status.ts';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import type { UnitLine } from '../../../agent/model/status/unit-line.ts';

/** 2026-11-01T00:00:00Z: the "now" of the fixtures, ms. */
export const fixedNow = 1_793_491_200_000;

export const aSession = (fields: Partial<SessionStatus> = {}): SessionStatus => ({
  session: 'bot',
  server: 'main',
  declared: true,
  status: 'up',
  life: 'b:1:2:$0',
  tmuxName: 'bot',
  createdAt: fixedNow - 3_600_000,
  supervisedSince: fixedNow - 3_599_000,
  panes: 1,
  rssBytes: 50_000_000,
  cpu: 0.25,
  measured: 'exact',
  memoryBytes: 60_000_000,
  anonBytes: 40_000_000,
  memoryMaxBytes: 67_108_864,
  tasks: 7,
  lastActivityAt: fixedNow - 60_000,
  command: 'node bot.js',
  deaths: 0,
  restarts: 1,
  breaker: 'closed',
  endedAt: null,
  ...fields,
});

/** One that says all there is to say. */
export const aBot = (fields: Partial<BotStatus> = {}): BotStatus => ({
  ...{ bot: '', state: 'ready', why: '', since: fixedNow - 70_000, needs: null },
  ...{
    heardAt: fixedNow - 9000,
    pid: 4712,
    startedAt: fixedNow - 80_000,
    reconnects: 2,
    changes: 5,
  },
  ...{ in: { count: 4, lastAt: fixedNow - 8000 }, out: { count: 5, lastAt: fixedNow - 7000 } },
  ...{ errors: 3, lastError: null, counters: {}, timings: {} },
  login: { createdAt: fixedNow - 60_000, refreshedAt: null, expiresAt: fixedNow + 1000 },
  ...fields,
});

/** A unit that runs and is well. */
export const aLogin: RefreshLine = {
  login: { since: fixedNow - 3_000_000, by: 'bot', expiresAt: null },
  ...{ dueAt: fixedNow + 79_800_000, endsAt: fixedNow + 83_400_000, waits: null },
  ...{ underWay: null, held: null },
  last: {
    ...{ at: fixedNow - 3_010_000, endedAt: fixedNow - 3_000_000, outcome: 'done' },
    ...{ way: 'restart', why: '' },
  },
  counts: { done: 3, failed: 1, 'needs-person': 0 },
  lasted: {
    expired: { count: 2, minMs: 82_800_000, medianMs: 86_400_000 },
    renewed: { count: 3, minMs: 79_200_000, medianMs: 79_200_000 },
  },
};

export const aUnit = (fields: Partial<UnitLine> = {}): UnitLine => ({
  ...{ name: 'gateway', unit: 'telegram-gateway.service', status: 'up', pid: 812, life: 'unit:0' },
  ...{ since: fixedNow - 3_600_000, startedAt: fixedNow - 3_600_000, end: null, bots: [] },
  ...{ deaths: 2, restarts: 3, healthRestarts: 1, breaker: 'closed', rssBytes: 50_000_000 },
  ...{ cpu: 0.25 },
  health: {
    ...{ status: 'healthy', since: fixedNow - 30_000, check: null, reason: 'all is well' },
    checks: [],
  },
  ...fields,
});

export const manySessions = (count: number): SessionStatus[] =>
  Array.from({ length: count }, (_, i) =>
    aSession({ session: `session-${i}`, life: `b:1:2:$${i}`, tmuxName: `session-${i}` }),
  );

export const aNotifier = (fields: Partial<NotifierStatus> = {}): NotifierStatus => ({
  version: '0.1.0',
  pid: 104,
  startedAt: fixedNow - 7_000_000,
  reportedAt: fixedNow - 5000,
  rssBytes: 70_000_000,
  anonBytes: 30_000_000,
  cursor: 1230,
  channels: [
    {
      ...{ channel: 'telegram:4711', status: 'waiting', code: '429', queued: 3, sent: 42 },
      ...{ oldestAt: fixedNow - 30_000, lastSentAt: fixedNow - 90_000, retried: 5, failed: 1 },
    },
    {
      ...{ channel: 'webhook:ops', status: 'ok', code: '', queued: 0, sent: 0 },
      ...{ oldestAt: null, lastSentAt: null, retried: 0, failed: 0 },
    },
  ],
  firing: { info: 0, notice: 0, warning: 2, error: 1, critical: 0 },
  suppressed: { silenced: 4, 'quiet-hours': 1 },
  telegram: {
    ...{ bot: 'holdfast_bot', polling: 'ok', lastUpdatesAt: fixedNow - 10_000 },
    ...{ paired: 2, strangers: 9 },
  },
  deadman: { status: 'ok', lastPingAt: fixedNow - 20_000 },
  ...fields,
});

const by = { uid: 1000, pid: 7, session: null };

/** A document as the agent writes it, with something in every part. */
export const aDocument = (fields: Partial<StatusDocument> = {}): StatusDocument => ({
  schema: 1,
  writtenAt: fixedNow - 2000,
  bootId: '',
  seq: 1234,
  agent: {
    version: '0.1.0',
    nodeVersion: '26.10.0',
    pid: 100,
    startedAt: fixedNow - 7_200_000,
    embedded: true,
    text: 'supervising 3 sessions on 2 servers',
    rssBytes: 60_000_000,
    anonBytes: 15_000_000,
    cpuSeconds: 12.5,
    config: {
      hash: 'c'.repeat(64),
      source: '/etc/holdfast/holdfast.yaml',
      at: fixedNow - 7_200_000,
    },
    refused: null,
    log: { status: 'ok', code: '', queued: 0, dropped: 0, storedSeq: 1234, bytes: 1_048_576 },
    journal: { status: 'ok', code: '', sent: 57, dropped: 2 },
  },
  links: [
    { owner: 'deploy', connected: true, pid: 101, tmux: '3.5a', since: fixedNow - 7_200_000 },
    { owner: 'guest', connected: false, pid: 0, tmux: '', since: fixedNow - 60_000 },
  ],
  servers: [
    {
      server: 'main',
      managed: true,
      socket: '/run/holdfast/tmux/main.sock',
      status: 'alive',
      pid: 102,
      version: '3.5a',
      sessions: 2,
      processes: 9,
      rssBytes: 120_000_000,
      since: fixedNow - 7_200_000,
    },
    {
      server: 'old',
      managed: false,
      socket: '/tmp/tmux-1000/default',
      status: 'hung',
      pid: 103,
      version: '3.3a',
      sessions: 1,
      processes: 2,
      rssBytes: 4_000_000,
      since: fixedNow - 30_000,
    },
    {
      server: 'gone',
      managed: false,
      socket: '/tmp/tmux-1000/gone',
      status: 'unknown',
      pid: null,
      version: '',
      sessions: 0,
      processes: 0,
      rssBytes: 0,
      since: fixedNow - 60_000,
    },
  ],
  sessions: [
    aSession({
      bots: [aBot()],
      refresh: aLogin,
      health: {
        ...{ status: 'failed', since: fixedNow - 30_000, check: 'http', reason: 'HTTP 503' },
        checks: [],
      },
    }),
    aSession({
      session: 'gateway',
      status: 'dead',
      createdAt: null,
      deaths: 4,
      breaker: 'open',
      endedAt: fixedNow - 900_000,
    }),
    aSession({
      session: 'notes "a\\b"\n',
      server: 'old',
      declared: false,
      panes: 3,
      lastActivityAt: null,
    }),
    aSession({
      session: 'scratch',
      server: 'old',
      declared: false,
      status: 'stopped',
      endedAt: fixedNow - 60_000,
    }),
    aSession({
      session: 'forgotten',
      server: 'old',
      declared: false,
      status: 'stopped',
      endedAt: fixedNow - 301_000,
    }),
  ],
  incidents: [
    {
      incident: 'i1',
      server: 'main',
      at: fixedNow - 900_000,
      sessions: ['gateway'],
      cause: 'program-exit',
      confidence: 'certain',
      summary: 'gateway exited with status 1',
    },
  ],
  units: [aUnit({ refresh: aLogin })],
  unitsUnseen: null,
  heartbeats: { beats: 7, refused: { 'no-session': 1, rival: 2 } },
  witness: { state: 'sees', why: null, method: 'probe', realTime: true, since: fixedNow, lost: 7 },
  host: {
    at: fixedNow - 5000,
    load: [0.5, 0.25, 0.125],
    memoryTotalBytes: 2_147_483_648,
    memoryAvailableBytes: 1_073_741_824,
    cpuBusy: 0.3,
    pressure: { cpu: 12.5, memory: 0, io: 1 },
  },
  totals: {
    events: 1234,
    created: 11,
    died: 5,
    diedByCause: { 'program-exit': 3, unknown: 1 },
    unitsDiedByCause: { signal: 2 },
    verdicts: { 'program-exit certain': 2, 'unknown possible': 1 },
    verdictsNamed: 1,
    ended: { intended: 2, 'shell-exit': 1 },
    serversDied: { killed: 1 },
    restarts: { died: 4 },
    decisions: { restart: 4, 'limit-reached': 1 },
    actions: { 'session.create done': 4, 'session.create failed': 1, 'socket.repair done': 1 },
    rejected: { 'unknown-life': 1 },
    redactions: 7,
    resyncs: 321,
    lifetime: {
      bounds: [1, 10, 60, 600, 3600],
      buckets: [1, 0, 2, 0, 3],
      sum: 12_345.5,
      count: 8,
    },
  },
  notifier: aNotifier(),
  forecasts: [
    {
      ...{ what: 'memory', session: 'bot', server: 'main', life: 'boot/1-1/$1', path: null },
      ...{ at: 1_700_000_000_000, reachesAt: 1_700_002_400_000, value: 1, limit: 2 },
      ...{ limitOf: 'session', slope: 1, since: 1_700_000_000_000, text: '' },
    },
  ],
  silences: [
    {
      ...{ silence: 's1', session: 'bot', at: fixedNow - 1000, until: fixedNow + 1000 },
      ...{ reason: '', by },
    },
  ],
  ...fields,
});
