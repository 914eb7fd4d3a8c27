import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Caller } from '../../../agent/api/access.ts';
import { type ApiOptions, listenForClients, type Methods } from '../../../agent/api/server.ts';
import type { Receiver } from '../../../agent/api/subscriber.ts';
import type { AgentMethod } from '../../../agent/protocol/agent.ts';
import { clientLimits, createPeer } from '../../../agent/wire/peer.ts';
import { nobody } from '../model/sample.ts';

/** Somebody who may nothing but what `more` says. */
export const callerLike = (more: Partial<Caller>): Caller => ({
  ...{ uid: 1000, isOperator: false, isReader: false, isNotifier: false, owner: null },
  ...more,
});

const methodNames: AgentMethod[] = [
  ...(['version', 'status', 'events.read', 'incidents', 'incident', 'screen.read'] as const),
  ...(['session.start', 'session.stop', 'session.restart', 'session.send'] as const),
  ...(['session.attach', 'log.level', 'config.reload', 'screen.capture'] as const),
  ...(['alert.acknowledge', 'alert.silence', 'alert.unsilence', 'alert.settings'] as const),
  ...(['notifier.report', 'notifier.record', 'alerts.list', 'pairing.remove'] as const),
];

/** A server that answers with what it was asked, its clients, and the receivers of its subscribers. */
export const serving = async (t: Test, more: Partial<ApiOptions> = {}) => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-api-'));
  const path = join(directory, 'a.sock');
  // What a killed agent left behind.
  writeFileSync(path, '');
  const calls: unknown[] = [];
  const receivers: Receiver[] = [];
  const echo = (method: AgentMethod) => (params: unknown, by: unknown) => {
    calls.push([method, params, by]);
    return { params };
  };
  const methods = {
    ...Object.fromEntries(methodNames.map((method) => [method, echo(method)])),
    'events.subscribe': (params: unknown, receiver: Receiver) => {
      calls.push(['events.subscribe', params]);
      receivers.push(receiver);
      return { head: 7 };
    },
  } as unknown as Methods;
  const server = await listenForClients(path, {
    ...{
      methods,
      requesterOf: () => nobody,
      ownersOf: () => [],
      mode: 0o600,
      callerOf: (uid) => callerLike({ uid, isOperator: true }),
      onTrouble: (what) => t.fail(what),
      ...more,
    },
  });
  const sockets: Socket[] = [];
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  });
  /** A client that the server has taken. */
  const client = async () => {
    const socket = connect(path);
    sockets.push(socket);
    await once(socket, 'connect');
    const heard: unknown[] = [];
    const notifications = { event: (told: unknown) => void heard.push(told) };
    const peer = createPeer(socket, { requests: {}, notifications }, clientLimits);
    return { ...peer, heard, socket };
  };
  return { path, calls, receivers, client };
};
