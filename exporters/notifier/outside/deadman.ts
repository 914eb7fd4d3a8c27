import type { DeadmanStatus } from '../../../agent/model/status/notifier-status.ts';
import type { HttpClient } from '../channel/http.ts';
import { createHealthcheck } from './healthcheck.ts';

export interface DeadmanOptions {
  /** As Healthchecks gives it out; `/start`, `/fail` and `/log` are added to its path. */
  url: URL;
  intervalMs: number;
  /** Waits before the second and the third attempt. Healthchecks drops more than five pings a minute. */
  retryWaitsMs?: readonly number[];
}

export interface DeadmanPorts {
  canDoItsJob(): { ok: boolean; why: string };
  http: HttpClient;
  now(): number;
  /** From 0 to 1. */
  random(): number;
}

export interface Deadman {
  /** Says that it starts. Whether the job is done is looked at soon after, when its parts had time to find each other. */
  start(): void;
  /** Says that it ends, which is no failure; takes no longer than `farewellMs`. */
  stop(): Promise<void>;
  status(): DeadmanStatus;
}

/** Of the interval: when it is looked at first. */
const firstLook = 0.1;
/** Pings come up to this part of the interval early, never late: the other side counts from the last one. */
const jitter = 0.1;
const defaultRetryWaitsMs = [2000, 8000];
const farewellMs = 3000;

/**
 * Tells a service such as Healthchecks, again and again, that alerts would be sent: when it hears no more, it tells
 * people. It is told at once when they would not be, and then nothing until they would be again.
 *
 * Signals carry no run id: for something that never ends, the time from `/start` to the first ping says nothing.
 */
export const createDeadman = (
  { url, intervalMs, retryWaitsMs = defaultRetryWaitsMs }: DeadmanOptions,
  { canDoItsJob, http, now, random }: DeadmanPorts,
): Deadman => {
  const stopped = new AbortController();
  const check = createHealthcheck(url, http, retryWaitsMs);
  const status: DeadmanStatus = { status: 'ok', lastPingAt: null };
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  /** Whether the failure that goes on was told. */
  let failTold = false;

  const ping = async (): Promise<void> => {
    failTold = false;
    const accepted = await check.insist('', '', stopped.signal);
    // Given up because it ends, it says nothing about the other side.
    if (stopped.signal.aborted) return;
    if (accepted) status.lastPingAt = now();
    status.status = accepted ? 'ok' : 'unreachable';
  };

  const fail = async (why: string): Promise<void> => {
    status.status = 'failing';
    if (!failTold) failTold = await check.insist('/fail', why, stopped.signal);
  };

  const look = async (): Promise<void> => {
    const { ok, why } = canDoItsJob();
    await (ok ? ping() : fail(why));
  };

  /** The time a signal takes is part of the interval. */
  const turn = (ms: number): void => {
    timer = setTimeout(() => {
      const began = performance.now();
      running = look().then(() => {
        if (stopped.signal.aborted) return;
        const next = intervalMs * (1 - jitter * random());
        turn(Math.max(0, next - (performance.now() - began)));
      });
    }, ms);
  };

  return {
    start: () => {
      running = check.insist('/start', '', stopped.signal).then((accepted) => {
        if (stopped.signal.aborted) return;
        if (!accepted) status.status = 'unreachable';
        turn(intervalMs * firstLook);
      });
    },
    stop: async () => {
      if (stopped.signal.aborted) return;
      if (timer !== null) clearTimeout(timer);
      stopped.abort();
      await running;
      await check.send('/log', 'stopped', AbortSignal.timeout(farewellMs));
    },
    status: () => ({ ...status }),
  };
};
