import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../../../agent/model/failure.ts';
import type { Agent } from '../../agent/connection.ts';

/** A session that has to be ended first may take its time. */
const longestMs = 90_000;

/** The same agent, whose calls fail with `no-answer` where they take too long: who asked is answered in the end. */
export const withTimeLimit = (agent: Agent, limitMs: number = longestMs): Agent => ({
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
