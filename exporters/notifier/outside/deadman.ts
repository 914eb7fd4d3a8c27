import type { DeadmanStatus } from '../../../agent/model/notifier-status.ts';
import type { HttpAnswer, HttpClient } from '../channel/http.ts';

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

type Signal = '' | '/start' | '/fail' | '/log';

/** Of the interval: when it is looked at first. */
const firstLook = 0.1;
/** Pings come up to this part of the interval early, never late: the other side counts from the last one. */
const jitter = 0.1;
const defaultRetryWaitsMs = [2000, 8000];
const farewellMs = 3000;
/** Healthchecks keeps 10 kB at least; a reason is a sentence. */
const maxBody = 1000;

const signalUrl = (url: URL, signal: Signal): URL => {
  const result = new URL(url);
  result.pathname = url.pathname.replace(/\/+$/, '') + signal;
  result.hash = '';
  return result;
};

const isAccepted = (answer: HttpAnswer): boolean =>
  answer.kind === 'answer' && answer.status >= 200 && answer.status < 300;

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
  const status: DeadmanStatus = { status: 'ok', lastPingAt: null };
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  /** Whether the failure that goes on was told. */
  let failTold = false;

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timeout);
        stopped.signal.removeEventListener('abort', done);
        resolve();
      };
      const timeout = setTimeout(done, ms);
      stopped.signal.addEventListener('abort', done);
    });

  const send = async (signal: Signal, body: string, abort: AbortSignal): Promise<boolean> => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const request = { url: signalUrl(url, signal), headers, body, signal: abort };
    return isAccepted(await http.post(request));
  };

  const insist = async (signal: Signal, body = ''): Promise<boolean> => {
    for (const ms of [0, ...retryWaitsMs]) {
      if (ms > 0) await wait(ms);
      if (stopped.signal.aborted) return false;
      if (await send(signal, body, stopped.signal)) return true;
    }
    return false;
  };

  const ping = async (): Promise<void> => {
    failTold = false;
    const accepted = await insist('');
    // Given up because it ends, it says nothing about the other side.
    if (stopped.signal.aborted) return;
    if (accepted) status.lastPingAt = now();
    status.status = accepted ? 'ok' : 'unreachable';
  };

  const fail = async (why: string): Promise<void> => {
    status.status = 'failing';
    if (!failTold) failTold = await insist('/fail', why.slice(0, maxBody));
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
      running = insist('/start').then((accepted) => {
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
      await send('/log', 'stopped', AbortSignal.timeout(farewellMs));
    },
    status: () => ({ ...status }),
  };
};
