import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t, { type Test } from 'tap';
import { slackMs } from '../../../agent/heartbeat/missed.ts';
import {
  createPollingFallback,
  type PollAnswer,
  type PollingOptions,
} from '../../../agent/heartbeat/polling.ts';
import { createSaid } from './said.ts';

interface Message {
  id: string;
  at: number;
}

/** After everything in these tests has begun. */
const soon = Date.now() + 3_600_000;
const message = (n: number): Message => ({ id: `m${n}`, at: soon + n * 1000 });

/** Answers of a service, one after another, the last one for ever; and what came of them. */
const polling = (
  t: Test,
  answers: (PollAnswer<Message> | Error)[],
  more: Partial<PollingOptions<Message>> = {},
) => {
  const said = createSaid();
  const missed: string[] = [];
  const asked: number[] = [];
  let look = (): void => {};
  const fallback = createPollingFallback<Message>({
    ...{ idOf: ({ id }) => id, timeOf: ({ at }) => at, stalledAfterMs: 5, everyMs: 5 },
    poll: async (since) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(since);
      look();
      if (answer instanceof Error) throw answer;
      return answer ?? [];
    },
    onMissed: ({ id }) => missed.push(id),
    beat: said.beat,
    ...more,
  });
  // It holds no process itself.
  const held = setInterval(() => {}, 60_000);
  t.teardown(() => {
    clearInterval(held);
    fallback.close();
  });
  return {
    ...{ fallback, missed, asked, ...said },
    /** Resolves when it was asked so often; what came of the one before is settled then. */
    polled: (times: number) =>
      new Promise<void>((resolve) => {
        look = () => asked.length >= times && resolve();
        look();
      }),
  };
};

t.test('what no event brought is handed over, once and in order', async (t) => {
  const { fallback, missed, polled, now, states } = polling(t, [
    [],
    [message(3), message(1), message(2), message(1)],
    [message(1), message(2), message(3)],
    [message(3), message(4)],
  ]);
  t.equal(fallback.heard(message(2)), true);
  await polled(2);
  t.equal(fallback.stalled, false, 'silence alone is no stall');
  t.same(states, []);
  await polled(5);
  t.same(missed, ['m1', 'm3', 'm4']);
  t.equal(fallback.stalled, true);
  t.match(now(), {
    ...{ connection: 'degraded', why: 'events stall', in: { count: 3 } },
    counters: { 'events missed': 3 },
  });
});

t.test('an event that comes ends it; what was handed over before is not new', async (t) => {
  const { fallback, polled, now, states } = polling(t, [[message(1)]]);
  await polled(2);
  t.equal(fallback.heard(message(1)), false, 'it comes late');
  t.equal(fallback.stalled, false);
  t.equal(fallback.heard(message(2)), true);
  t.equal(fallback.heard(message(2)), false, 'a service may deliver twice');
  t.same(states, ['degraded', 'ready']);
  t.match(now(), { connection: 'ready', why: 'events come again' });
});

t.test('what is older than the bot was not missed', async (t) => {
  const old = [
    { id: 'a', at: Date.now() - 86_400_000 },
    { id: 'b', at: Number.NaN },
    { id: 7 as never, at: soon },
  ];
  const one = polling(t, [old]);
  await one.polled(3);
  t.same(one.missed, []);
  const since = Date.now() - 2 * 86_400_000;
  const other = polling(t, [old], { since });
  await other.polled(3);
  t.same(other.missed, ['a']);
  t.equal(other.asked[0], Math.floor(since / 1000) * 1000);
  t.ok((other.asked[1] ?? 0) > since, 'what was looked at is not asked for again');
});

t.test('polls that fail, and handlers that throw, harm nobody', async (t) => {
  const { missed, polled, now } = polling(
    t,
    [new Error('the page is gone'), null as never, [message(1), message(2)]],
    {
      onMissed: ({ id }) => {
        if (id === 'm1') throw new Error('no rain');
        return Promise.reject(new Error('no snow'));
      },
    },
  );
  await polled(4);
  t.same(missed, []);
  t.match(now(), { counters: { 'polls failed': 1, 'events missed': 2 }, errors: { count: 2 } });
});

t.test('one that hangs is given up and asked again; what it says late is heard', async (t) => {
  const frozen = Promise.withResolvers<Message[]>();
  const signals: AbortSignal[] = [];
  const got = Promise.withResolvers<void>();
  const missed: string[] = [];
  const { now } = polling(t, [], {
    poll: async (_, signal) => {
      signals.push(signal);
      return signals.length < 3 ? frozen.promise : [message(2)];
    },
    onMissed: ({ id }) => {
      missed.push(id);
      if (id === 'm2') frozen.resolve([message(1), message(2)]);
      if (id === 'm1') got.resolve();
    },
    giveUpAfterMs: 5,
  });
  await got.promise;
  t.same(missed, ['m2', 'm1'], 'each once');
  t.same([signals[0]?.aborted, signals[1]?.aborted], [true, true]);
  t.match(now(), { counters: { 'polls late': 2, 'events missed': 2 } });
  t.notOk(now().counters?.['polls failed']);
});

t.test('what is said after the end is not heard, and whom it waits for is told', async (t) => {
  const asked = Promise.withResolvers<AbortSignal>();
  const answer = Promise.withResolvers<Message[]>();
  const { fallback, missed, now } = polling(t, [], {
    poll: (_, signal) => {
      asked.resolve(signal);
      return answer.promise;
    },
  });
  const signal = await asked.promise;
  t.equal(fallback.heard(message(1)), true, 'nobody waits for it');
  fallback.close();
  t.equal(signal.aborted, true);
  answer.resolve([message(2)]);
  await new Promise((resolve) => setImmediate(resolve));
  t.same(missed, []);
  t.notOk(now().counters);
});

t.test('an answer that is cut is asked for again from the same time on', async (t) => {
  const begun = Date.now() - 7_200_000;
  const { asked, missed, polled, now } = polling(
    t,
    [
      { messages: [message(1)], complete: false },
      { messages: [message(2)], complete: false },
      { messages: [message(3)], complete: true },
      { messages: [], complete: true },
    ],
    { since: begun },
  );
  await polled(5);
  t.same(missed, ['m1', 'm2', 'm3']);
  t.equal(new Set(asked.slice(0, 3)).size, 1);
  t.ok((asked[3] ?? 0) > (asked[0] ?? 0));
  t.match(now(), { counters: { 'polls cut': 2 } });
});

t.test('a clock that went ahead and was set back ends nothing', async (t) => {
  const real = Date.now;
  t.teardown(() => {
    Date.now = real;
  });
  const begun = real() - 7_200_000;
  let aheadMs = 86_400_000;
  Date.now = () => real() + aheadMs;
  const asked: number[] = [];
  const done = Promise.withResolvers<void>();
  polling(t, [], {
    since: begun,
    poll: (since) => {
      asked.push(since);
      // The second begins while it is ahead, and ends when it is not.
      if (asked.length === 2) aheadMs = 0;
      if (asked.length === 3) done.resolve();
      return [];
    },
  });
  await done.promise;
  t.ok((asked[1] ?? 0) > real(), 'it was ahead');
  t.ok((asked[2] ?? 0) <= real() - slackMs);
});

t.test('whatever is handed to it, it says nothing back', async (t) => {
  const { fallback } = polling(t, [[]], {
    idOf: () => {
      throw new Error('no id');
    },
    ...{ stalledAfterMs: Number.NaN, everyMs: -1, since: 'x' as never },
  });
  t.equal(fallback.heard(message(1)), true);
  t.equal(fallback.heard(null as never), true);
});

t.test('it keeps no process running', async (t) => {
  const file = join(import.meta.dirname, '../../../agent/heartbeat/polling.ts');
  const program = `import { createPollingFallback } from ${JSON.stringify(file)};
    createPollingFallback({ poll: () => [], onMissed() {}, idOf: String, timeOf: Number });`;
  const args = ['--input-type=module', '--eval', program];
  await t.resolves(promisify(execFile)(process.execPath, args, { timeout: 60_000 }));
});
