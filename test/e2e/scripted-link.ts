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
  /** On this one, whether an agent listens or not: who comes back is told what there is by then. */
  nextSession(server: string): void;
  /** The session that ended last on this server is there again, beside the one of now, until that one ends. */
  bringBack(server: string): void;
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
  /** Of the session of now, which is named after it. */
  round: number;
  /** The session before it is there again. */
  isBack: boolean;
  /** The pane of one that was back is in the session of now: so its end was none. */
  hasMoved: boolean;
  end(): void;
}

const startTimeOf = (pid: number): number =>
  parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.startTime ?? 0;

const standIn = (name: string): StandIn => {
  const child = spawn('sleep', ['3600'], { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  const instance = { pid, startTime: startTimeOf(pid) };
  return {
    ...{ name, ...instance, round: 1, isBack: false, hasMoved: false },
    end: () => child.kill('SIGKILL'),
  };
};

const heartbeatMs = 2000;

const listing = (standIn: StandIn): LinkNotifications['server.listing'] => {
  const { name: server, pid, startTime, round, isBack, hasMoved } = standIn;
  const instance = { pid, startTime };
  const session = (number: number, of: number) => ({
    ...{ tmuxId: `$${number}`, name: `${server}-${of}`, declared: '', group: '', attached: 0 },
    createdAt: Date.now(),
  });
  const pane = (number: number, of: number) => ({
    ...{ id: `%${number}`, tmuxId: `$${of}`, ...instance, activityAt: Date.now() },
    ...{ historyLines: 1, shell: false },
  });
  // Two for each round, as tmux never gives a number twice.
  const [now, again] = [round * 2, round * 2 + 1];
  const moved = hasMoved ? [pane(now - 1, now)] : [];
  return {
    ...{ server, instance, socket: `/nowhere/${server}`, version: '3.3a', at: Date.now() },
    sessions: [session(now, round), ...(isBack ? [session(again, round - 1)] : [])],
    panes: [pane(now, now), ...moved, ...(isBack ? [pane(again, again)] : [])],
    exits: [],
  };
};

const advance = (standIn: StandIn): void => {
  standIn.round += 1;
  standIn.hasMoved = standIn.isBack;
  standIn.isBack = false;
};

export const startScriptedLink = (path: string, servers: readonly string[]): ScriptedLink => {
  const standIns = servers.map(standIn);
  let peer: Peer | null = null;
  let closed = false;

  const tell = (server: StandIn): void => peer?.notify('server.listing', listing(server));
  const tellAll = (): void => standIns.forEach(tell);
  const change = (name: string, how: (server: StandIn) => void): void => {
    const found = standIns.find((server) => server.name === name);
    if (found === undefined) throw new Error(`no server ${name}`);
    how(found);
    tell(found);
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
      standIns.forEach(advance);
      tellAll();
    },
    nextSession: (name) => change(name, advance),
    bringBack: (name) =>
      change(name, (server) => {
        server.isBack = true;
      }),
    close: () => {
      closed = true;
      clearInterval(beat);
      peer?.close();
      for (const server of standIns) server.end();
    },
  };
};
