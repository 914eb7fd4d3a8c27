import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import { type Beat, maxBeatBytes } from '../../../agent/protocol/heartbeat.ts';

/** What the agent is to a bot: somebody who reads. */
export interface Hearing {
  path: string;
  /** In the order in which they came. */
  beats: Beat[];
  /** Each with the connection it came over. */
  sockets: Socket[];
  /** The first, from all that came and will come, of which this is true. */
  heard(is: (beat: Beat) => boolean): Promise<Beat>;
  /** The next one to connect. */
  connected(): Promise<Socket>;
  close(): Promise<void>;
}

export const socketFor = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-beat-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'heartbeat.sock');
};

const listening = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });

/** Lines may come when the test is over: what is wrong with one is thrown, as nobody expects it. */
const beatOf = (line: string): Beat => {
  assert(Buffer.byteLength(line) < maxBeatBytes, 'no line is too long');
  const { params, ...rest } = JSON.parse(line) as Record<string, unknown>;
  assert.deepEqual(rest, { jsonrpc: '2.0', method: 'beat' });
  return params as Beat;
};

export const startHearing = async (t: Test, path = socketFor(t)): Promise<Hearing> => {
  const beats: Beat[] = [];
  const sockets: Socket[] = [];
  const waiting = new Set<() => void>();
  const tell = (): void => {
    for (const look of waiting) look();
  };
  const until = <T>(find: () => T | undefined): Promise<T> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = find();
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });

  const server = createServer((socket) => {
    let rest = '';
    sockets.push(socket);
    socket.on('error', () => {});
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) beats.push(beatOf(line));
      tell();
    });
    tell();
  });
  await listening(server, path);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  t.teardown(close);
  return {
    path,
    beats,
    sockets,
    heard: (is) => until(() => beats.find(is)),
    connected() {
      const known = sockets.length;
      return until(() => sockets[known]);
    },
    close,
  };
};
