import t from 'tap';
import { createForetelling } from '../../../agent/act/foretelling.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { emptySamples } from '../../../agent/model/samples.ts';
import type { State } from '../../../agent/model/state.ts';
import { after, born, bot, running } from '../model/sample.ts';
import { ended } from '../model/sample-events.ts';

const gigabyte = 2 ** 30;
const minute = 60_000;

/** An agent that measures `bot` every five seconds. */
const setUp = () => {
  const samples = emptySamples();
  samples.host = { memoryAvailableBytes: 64 * gigabyte } as never;
  const events: NewEvent[] = [];
  let state: State = running;
  let now = born;
  const look = createForetelling({
    state: () => state,
    samples,
    now: () => now,
    record: (news) => {
      events.push(...news);
      state = after(state, ...news);
    },
  });
  const cgroup = {
    ...{ memoryBytes: 0, memoryMaxBytes: 2 * gigabyte, tasks: 1 },
    ...{ oomKills: 0, ownOoms: 0, unitOoms: 0 },
  };
  /** @param share of the limit, by minutes since it began */
  const goOn = (minutes: number, share: (minute: number) => number): void => {
    for (const end = now + minutes * minute; now < end; now += 5000) {
      const anonBytes = share((now - born) / minute) * 2 * gigabyte;
      const usage = {
        at: now,
        rssBytes: 1,
        cpu: 0,
        processes: 1,
        cgroup: { ...cgroup, anonBytes },
      };
      samples.lives.set(bot.life, {
        ...{ resyncs: 1, lastSeen: now, lastActivityAt: 0, foreground: null, recent: [] },
        ...{ panes: new Map(), usage },
      });
      look();
    }
  };
  const end = (): void => {
    state = after(state, ended(bot, now));
    samples.lives.delete(bot.life);
    look();
  };
  return { samples, events, goOn, end, state: () => state };
};

const line = (m: number) => 0.2 + (0.8 * m) / 120;

t.test('a leak is told once, early enough, and goes with its session', async (t) => {
  const { samples, events, goOn, end, state } = setUp();
  goOn(119, line);
  t.equal(events.length, 1);
  const [warned] = events;
  if (warned?.type !== 'forecast.warned') throw new Error('no warning');
  t.match(warned.data, { session: 'bot', what: 'memory', limit: 2 * gigabyte, limitOf: 'session' });
  t.ok(warned.at <= born + 115 * minute, 'five minutes ahead');
  t.ok(Math.abs(warned.data.reachesAt - (born + 120 * minute)) < 5 * minute);
  end();
  t.match(events.slice(1), [{ type: 'forecast.cleared', data: { session: 'bot', end: 'ended' } }]);
  t.same(state().forecasts, {});
  t.equal(samples.series.size, 0, 'nothing is kept of it');
});

t.test('a leak that stops is taken back', async (t) => {
  const { events, goOn } = setUp();
  goOn(100, line);
  t.equal(events.at(-1)?.type, 'forecast.warned');
  const level = line(100);
  goOn(90, () => level);
  t.match(events.at(-1), { type: 'forecast.cleared', data: { end: 'eased' } });
  t.ok(events.length <= 3, 'in between at most that it did not come and may still');
});

t.test('a start says nothing', async (t) => {
  const { events, goOn } = setUp();
  goOn(29, (m) => 0.1 + m * 0.03);
  t.same(events, []);
});
