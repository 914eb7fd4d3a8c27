import type { Event, NewEvent } from '../../../agent/model/event.ts';
import type { DeadPane, DeathRecord } from '../../../agent/model/events/death.ts';
import type { Birth } from '../../../agent/model/events/session.ts';

/** A history as a busy machine writes it: sessions that are born, change, die, are explained and come back. */

const server = 'main';
const instance = { pid: 4211, startTime: 88_231 };
const socket = '/run/holdfast/tmux/main.sock';

const birthOf = (session: string, life: string, at: number): Birth => ({
  life,
  server,
  instance,
  session,
  tmuxId: '$7',
  tmuxName: session,
  declared: true,
  createdAt: at,
  panes: [{ id: '%9', pid: 5120, startTime: 90_112, shell: false }],
  group: '',
  command: 'node bot.js --config /home/deploy/bot/config.json',
});

const deadPane: DeadPane = {
  id: '%9',
  pid: 5120,
  startTime: 90_112,
  command: 'node bot.js --config /home/deploy/bot/config.json',
  exit: { status: null, signal: 9 },
  historyLines: 1840,
};

const deathOf = (birth: Birth, incident: string, at: number): DeathRecord => ({
  life: birth.life,
  session: birth.session,
  server,
  instance,
  tmuxId: birth.tmuxId,
  tmuxName: birth.tmuxName,
  declared: true,
  incident,
  lastSeen: at - 900,
  found: at,
  ageMs: at - birth.createdAt,
  supervisedMs: at - birth.createdAt,
  resyncs: 41,
  panes: [deadPane],
  exit: { status: null, signal: 9, at },
  watched: 'live',
  lastCommand: { text: deadPane.command, source: 'foreground' },
  screens: [
    {
      pane: '%9',
      blob: '0'.repeat(64),
      lines: 50,
      bytes: 3100,
      takenAt: at - 1400,
      tail: 'connected\nmessage 4711 handled\nmessage 4712 handled\n',
    },
  ],
  alive: 49,
  others: [],
  usage: { at: at - 2000, rssBytes: 181_000_000, cpu: 0.08, processes: 3 },
  host: {
    at: at - 2000,
    load: [0.4, 0.5, 0.4],
    memoryTotalBytes: 4_000_000_000,
    memoryAvailableBytes: 1_900_000_000,
    cpuBusy: 0.21,
    pressure: { cpu: 0.4, memory: 0, io: 0.2 },
    processes: Array.from({ length: 10 }, (_, i) => ({
      pid: 5000 + i,
      command: `python3 -m gateway.worker --shard ${i}`,
      rssBytes: 90_000_000 - i,
      cpu: 0.02,
    })),
  },
  serverState: 'alive',
  trimmed: [],
});

const start = (at: number): NewEvent[] => [
  {
    at,
    type: 'config.applied',
    data: {
      hash: 'c'.repeat(64),
      source: 'etc/holdfast.yaml',
      sessions: 50,
      servers: [{ server, managed: true, socket }],
    },
  },
  {
    at,
    type: 'server.found',
    data: { server, instance, socket, managed: true, version: '3.5a' },
  },
];

const born = (birth: Birth, at: number): NewEvent[] => [
  { at, type: 'session.created', data: birth },
  { at, type: 'supervision.started', data: { ...birth, found: 'created' } },
];

const changed = ({ life, session }: Birth, pid: number, at: number): NewEvent => ({
  at,
  type: 'session.panes_changed',
  data: { life, session, panes: [{ id: '%9', pid, startTime: 90_200, shell: false }], more: 0 },
});

const explained = (incident: string, at: number): NewEvent => ({
  at,
  type: 'verdict.reached',
  data: {
    incident,
    verdict: {
      cause: 'signal',
      scope: 'pane',
      confidence: 'certain',
      summary: 'the program of pane %9 was ended by signal 9 (KILL)',
      signal: { name: 'KILL', number: 9 },
      exitStatus: null,
      evidence: [{ at, source: 'tmux', text: 'pane %9 died with signal 9' }],
      missing: ['no kernel trace: the sender was not seen'],
    },
  },
});

const died = (birth: Birth, incident: string, at: number): NewEvent[] => {
  const { life, session } = birth;
  const sessions = [session];
  return [
    { at, type: 'incident.opened', data: { incident, server, lives: [life], sessions } },
    { at, type: 'session.died', data: deathOf(birth, incident, at) },
    {
      at,
      type: 'supervision.ended',
      data: { life, session, reason: 'died', supervisedMs: at - birth.createdAt },
    },
    explained(incident, at + 200),
  ];
};

const restarted = (session: string, action: string, at: number): NewEvent[] => {
  const target = { server, session, life: null };
  const reason = 'died-unasked';
  return [
    { at, type: 'decision.made', data: { decision: 'recovery', reason, target } },
    { at, type: 'action.requested', data: { action, kind: 'session.create', target, reason } },
    { at: at + 40, type: 'action.done', data: { action, settled: 'reported' } },
  ];
};

const round = (n: number, at: number): NewEvent[] => {
  const session = `bot-${n % 50}`;
  const birth = birthOf(session, `boot/4211/88231/$${n}`, at);
  const changes = Array.from({ length: 20 }, (_, i) => changed(birth, 6000 + i, at + 1000 + i));
  return [
    ...born(birth, at),
    ...changes,
    ...died(birth, `inc-${n}`, at + 40_000),
    ...restarted(session, `act-${n}`, at + 40_300),
  ];
};

/** Events without numbers, without end. One round of 29 is a minute. */
function* newEvents(): Generator<NewEvent> {
  const began = Date.UTC(2026, 0, 1);
  yield* start(began);
  for (let n = 0; ; n += 1) yield* round(n, began + n * 60_000);
}

/** The same history each time: events 1 to `count`. */
export function* sampleHistory(count: number): Generator<Event> {
  let seq = 0;
  for (const { type, at, data } of newEvents()) {
    if (seq === count) return;
    seq += 1;
    yield { seq, v: 1, at, type, trace: 'a'.repeat(32), data } as Event;
  }
}
