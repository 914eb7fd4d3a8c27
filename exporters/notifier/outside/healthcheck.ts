import { setTimeout as delay } from 'node:timers/promises';
import type { HttpAnswer, HttpClient } from '../channel/http.ts';

/** What a service such as Healthchecks can be told; empty: all is well. */
export type Signal = '' | '/start' | '/fail' | '/log';

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

/** Sends signals to one check. Neither rejects; both say whether it was accepted. */
export const createHealthcheck = (url: URL, http: HttpClient, retryWaitsMs: readonly number[]) => {
  const send = async (signal: Signal, body: string, abort: AbortSignal): Promise<boolean> => {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    const text = body.slice(0, maxBody);
    return isAccepted(
      await http.post({ url: signalUrl(url, signal), headers, body: text, signal: abort }),
    );
  };

  return {
    send,
    /** Tries it again after each of the waits, until it is accepted or `abort`. */
    insist: async (signal: Signal, body: string, abort: AbortSignal): Promise<boolean> => {
      for (const ms of [0, ...retryWaitsMs]) {
        if (ms > 0) await delay(ms, undefined, { signal: abort }).catch(() => undefined);
        if (abort.aborted) return false;
        if (await send(signal, body, abort)) return true;
      }
      return false;
    },
  };
};
