import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import type { Instance } from '../../agent/model/events/server.ts';
import { parseProcStat } from '../../agent/model/proc-stat.ts';
import type { Hello, LinkNotifications } from '../../agent/protocol/link.ts';
import { createPeer, type Peer, type PeerLimits } from '../../agent/wire/peer.ts';

/**
 * A stand-in for a link and its tmux servers, for tests that need more deaths than a machine has room for servers. It
 * speaks the protocol of agent/protocol/link.ts to the real agent; each server it tells of has one session at a time.
 */
export interface ScriptedLink {
  /** On every server the session ends and the next begins, while an agent listens. */
  nextSessions(): Promise<void>;
  close(): void;
}

const limits: PeerLimits = {
  maxLine: 8 * 1024 * 1024,
  unfinishedMs: 10_000,
  maxQueued: 32 * 1024 * 1024,
  maxPending: 256,
  callMs: 20_000,
};

const hello: Hello = {
  ...{ protocol: 1, version: 'test', owner: 'test', uid: process.getuid?.() ?? 0 },
  ...{ pid: process.pid, tmux: 'tmux 3.3a' },
};

/** A process that lives and does nothing, in the place of a server. */
interface StandIn extends Instance {
  name: string;
  end(): void;
}

const startTimeOf = (pid: number): number =>
  parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime ?? 0;

const standIn = (name: string): StandIn => {
  const child = spawn('sleep', ['3600'], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  return { name, pid, startTime: startTimeOf(pid), end: () => child.kill('SIGKILL') };
};

const heartbeatMs = 2000;

const listing = (
  { name: server, pid, startTime }: StandIn,
  round: number,
): LinkNotifications['server.listing'] => {
  const instance = { pid, startTime };
  const tmuxId = `$${round}`;
  const pane = { id: `%${round}`, tmuxId, ...instance, activityAt: Date.now(), historyLines: 1 };
  const session = { tmuxId, name: `${server}-${round}`, declared: '', group: '', attached: 0 };
  return {
    ...{ server, instance, socket: `/nowhere/${server}`, version: '3.3a', at: Date.now() },
    sessions: [{ ...session, createdAt: Date.now() }],
    panes: [{ ...pane, shell: false }],
    exits: [],
  };
};

export const startScriptedLink = (path: string, servers: readonly string[]): ScriptedLink => {
  const standIns = servers.map(standIn);
  let peer: Peer | null = null;
  let closed = false;
  let round = 1;

  const tellAll = (): void => {
    for (const server of standIns) peer?.notify('server.listing', listing(server, round));
  };

  const serve = async (): Promise<void> => {
    while (!closed) {
      const socket = connect(path);
      const dialled = createPeer(
        socket,
        { requests: { watch: () => ({}) }, notifications: {} },
        limits,
      );
      const greeted = dialled.call('hello', hello).then(
        () => {
          peer = dialled;
          tellAll();
        },
        () => socket.destroy(),
      );
      await greeted;
      await dialled.closed;
      peer = null;
      await wait(20);
    }
  };
  void serve();
  const beat = setInterval(() => peer?.notify('heartbeat', {}), heartbeatMs);

  return {
    nextSessions: async () => {
      while (!peer) await wait(10);
      round += 1;
      tellAll();
    },
    close: () => {
      closed = true;
      clearInterval(beat);
      peer?.close();
      for (const server of standIns) server.end();
    },
  };
};
