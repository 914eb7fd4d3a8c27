import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../../../agent/model/failure.ts';
import type { LiveScreen } from '../../../../agent/protocol/notifier.ts';
import type { Agent } from '../../agent/line.ts';
import type { Say } from '../../process-log.ts';
import type { Confirmations } from './confirmations.ts';

/** What the commands have at hand. */
export interface Desk {
  agent: Agent;
  /** The machine's name. */
  host: string;
  now(): number;
  /** Whether screens may leave the machine. */
  screens: boolean;
  /** A screen as PNG; rejects where that cannot be done. */
  picture(screen: LiveScreen): Promise<Uint8Array>;
  /** For whom one is made, and whose is sent, by user: each has one of either at a time. */
  pictures: { making: Set<string>; sending: Map<string, Promise<void>> };
  confirmations: Confirmations;
  say: Say;
}

/** A session that has to be ended first may take its time. */
const longestMs = 90_000;

/** The same agent, which always answers in the end. */
export const patient = (agent: Agent, limitMs: number = longestMs): Agent => ({
  call: async (method, params) => {
    const done = new AbortController();
    const late = wait(limitMs, undefined, { signal: done.signal }).then(() => {
      throw new Failure('no-answer', `no answer within ${Math.round(limitMs / 1000)} s`);
    });
    late.catch(() => undefined);
    try {
      return await Promise.race([agent.call(method, params), late]);
    } finally {
      done.abort();
    }
  },
});
