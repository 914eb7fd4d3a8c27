import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Test } from 'tap';
import type { Event } from '../../../agent/model/event.ts';
import { RequestFailure } from '../../../agent/model/failure.ts';
import { homePaths, type Paths } from '../../../agent/paths.ts';
import type { AgentMethod, AgentMethods } from '../../../agent/protocol/agent.ts';
import { clientLimits, createPeer, type Peer } from '../../../agent/wire/peer.ts';

export type Answers = {
  [M in AgentMethod]?: (
    params: AgentMethods[M]['params'],
  ) => AgentMethods[M]['result'] | Promise<AgentMethods[M]['result']>;
};

export interface Call {
  method: AgentMethod;
  params: unknown;
}

export interface FakeAgent {
  home: string;
  paths: Paths;
  /** What was asked, in order. */
  calls: Call[];
  /** Sends an event to whoever subscribed. */
  tell(event: Event): void;
  /** Ends all connections, as a killed agent does. */
  drop(): void;
}

/** A short home directory of its own: the socket below it must fit in 107 bytes. */
export const makeHome = (t: Test): { home: string; paths: Paths } => {
  const home = mkdtempSync(join(tmpdir(), 'hfc-'));
  const paths = homePaths(home);
  for (const file of [
    paths.agentSocket,
    paths.stateFile,
    paths.config,
    join(paths.sessionsDir, '_'),
  ]) {
    mkdirSync(dirname(file), { recursive: true });
  }
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  return { home, paths };
};

/** Reads a log of events as the agent does. @param most events at once, whatever is asked for */
export const readsFrom =
  (log: readonly Event[], most = 1000): NonNullable<Answers['events.read']> =>
  ({ after = 0, since = 0, session, types, limit = 1000 }) => {
    const wanted = log
      .filter((event) => event.seq > after && event.at >= since)
      .filter((event) => types === undefined || types.includes(event.type))
      .filter(
        (event) =>
          session === undefined || (event.data as { session?: string }).session === session,
      );
    const events = wanted.slice(0, Math.min(limit, most));
    const next = events.length < wanted.length ? (events.at(-1)?.seq ?? null) : null;
    return { events, head: log.at(-1)?.seq ?? 0, next };
  };

/** An agent's socket that answers as told: JSON-RPC over lines, the real peer on both ends. */
export const startFakeAgent = async (t: Test, answers: Answers): Promise<FakeAgent> => {
  const { home, paths } = makeHome(t);
  const calls: Call[] = [];
  const sockets = new Set<Socket>();
  const subscribers = new Set<Peer>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const asked = (method: AgentMethod, params: unknown): unknown => {
      calls.push({ method, params });
      if (method === 'events.subscribe') subscribers.add(peer);
      const answer = answers[method] as ((params: unknown) => unknown) | undefined;
      if (answer) return answer(params);
      if (method === 'events.subscribe') return { head: 0 };
      throw new RequestFailure('not-prepared', `the test has no answer to ${method}`);
    };
    const methods: AgentMethod[] = [
      ...([
        'version',
        'status',
        'events.read',
        'events.subscribe',
        'incidents',
        'incident',
      ] as const),
      ...(['screen.read', 'session.start', 'session.stop', 'session.restart'] as const),
      ...([
        'session.refresh',
        'session.send',
        'session.attach',
        'log.level',
        'config.reload',
      ] as const),
      ...(['alerts.list', 'alerts.test', 'alert.acknowledge', 'alert.silence'] as const),
      ...(['alert.unsilence', 'pairing.begin', 'pairing.list', 'pairing.remove'] as const),
      'bot.needs',
      ...(['alert.settings', 'notifier.attach', 'notifier.report', 'notifier.record'] as const),
    ];
    const requests = Object.fromEntries(
      methods.map((method) => [method, (params: unknown) => asked(method, params)]),
    );
    const peer = createPeer(socket, { requests, notifications: {} }, clientLimits);
    socket.on('close', () => {
      sockets.delete(socket);
      subscribers.delete(peer);
    });
  });
  await new Promise<void>((resolve) => server.listen(paths.agentSocket, resolve));
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  t.teardown(() => {
    drop();
    server.close();
  });
  const tell = (event: Event): void => {
    for (const peer of subscribers) peer.notify('event', { event, stored: true });
  };
  return { home, paths, calls, tell, drop };
};
