import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Testimony, WitnessedSignal } from '../../agent/model/witnessed.ts';
import type { WitnessHealth } from '../../agent/protocol/witness.ts';
import { clientLimits, createPeer } from '../../agent/wire/peer.ts';
import {
  instanceAt,
  removeInstance,
  startInstance,
  tracefs,
} from '../../agent/witness/trace/instance.ts';
import { mountTracefs } from '../../agent/witness/trace/mount.ts';
import { startChild } from './child.ts';
import { eventually } from './sampled.ts';

const main = join(import.meta.dirname, '../../agent/witness/main.ts');

const whyNot = (): string | false => {
  if (process.getuid?.() !== 0) return 'only root is told who sends a signal';
  if (spawnSync('python3', ['--version']).status !== 0) return 'there is no python3';
  try {
    mountTracefs();
    const name = `holdfast-test-${process.pid}`;
    startInstance(name, []);
    removeInstance(name);
    return false;
  } catch {
    return 'the tracing of the kernel is not to be had here';
  }
};

/** Options of a test with a real witness. */
export const whereTraced: { skip: string | false } = { skip: whyNot() };

/** What a process of that pid has made in the kernel. */
export const tracesOf = (pid: number): string[] => [
  ...readdirSync(join(tracefs, 'instances')).filter((name) =>
    name.startsWith(`holdfast-up-${pid}-`),
  ),
  ...readFileSync(join(tracefs, 'dynamic_events'), 'utf8')
    .split('\n')
    .filter((line) => line.includes(`:holdfast_up_${pid}_`)),
];

/** A file of the trace instance of a witness. */
export const fileOf = (pid: number, part: string, file: string): string => {
  const name = tracesOf(pid).find((one) => one.endsWith(`-${part}`)) ?? '';
  return join(instanceAt(name).pipe, '..', file);
};

/** Hundreds of signals. */
const limits = { ...clientLimits, maxLine: 8 * 1024 * 1024 };

export const call = async (
  socketPath: string,
  method: string,
  params: unknown,
): Promise<unknown> => {
  const socket = connect(socketPath);
  const peer = createPeer(socket, { requests: {}, notifications: {} }, limits);
  try {
    return await peer.call(method, params);
  } finally {
    peer.close();
  }
};

export const askAt = (path: string) => {
  const testify = (...pids: number[]): Promise<Testimony> =>
    call(path, 'testify', { pids, since: 0, until: Date.now() + 60_000 }) as Promise<Testimony>;
  return {
    testify,
    health: () => call(path, 'health', {}) as Promise<WitnessHealth>,
    /** The first signal of that number to a process. Where it does not come, what the witness says of its gaps is told. */
    signalTo: async (pid: number, signal = 9): Promise<WitnessedSignal> => {
      const look = async () =>
        (await testify(pid)).signals.find((one) => one.signal === signal && one.victim.pid === pid);
      try {
        return await eventually(`signal ${signal} to ${pid}`, look);
      } catch (cause) {
        const { signals, ...rest } = await testify(pid);
        const gaps = JSON.stringify({ ...rest, clients: [], signals: signals.length });
        throw new Error(`${cause instanceof Error ? cause.message : cause}: ${gaps}`, { cause });
      }
    },
  };
};

/** Where a witness has its socket and its evidence. */
export const witnessHome = (t: Test): string => {
  const home = mkdtempSync(join(tmpdir(), 'hfe-witness-'));
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  return home;
};

/** A witness as `holdfast up` starts it, ended with the test. */
export const startWitnessChild = async (t: Test, home = witnessHome(t)) => {
  const socket = join(home, 'witness.sock');
  const child = startChild(main, ['--socket', socket, '--state', join(home, 'state')], process.env);
  t.teardown(() => child.kill('SIGTERM'));
  await child.ready;
  return { ...askAt(socket), child, home, socket, pid: child.pid };
};

export type WitnessChild = Awaited<ReturnType<typeof startWitnessChild>>;
