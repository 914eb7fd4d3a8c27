import t from 'tap';
import { createHealthWatch } from '../../../../agent/act/health/health-watch.ts';
import { botKey } from '../../../../agent/model/bot/bots.ts';
import type { SessionHealth } from '../../../../agent/model/config/health.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { emptySamples, type LifeSample } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { changed } from '../../model/bot/sample-bots.ts';
import { sampleConfig } from '../../model/config/sample-config.ts';
import { after, birth, born, bot, declared, running, started } from '../../model/sample.ts';
import { died } from '../../model/sample-events.ts';

const asked = (changes: Partial<SessionHealth> = {}): SessionHealth => ({
  ...{ intervalMs: 10_000, graceMs: 30_000, failAfter: 2, outOf: 3, onFailure: 'notify' },
  waitingSeverity: 'warning',
  checks: {
    output: { withinMs: 60_000 },
    screen: {
      lines: 5,
      mustMatch: null,
      mustNotMatch: ['expired'],
      degraded: [],
      waiting: ['ok?'],
    },
  },
  ...changes,
});

const session = {
  server: 'main',
  command: 'node bot.js',
  cwd: null,
  env: {},
  restart: 'on-failure' as const,
};

const watching = (health: SessionHealth | null = asked(), state?: State) => {
  const samples = emptySamples();
  let current = state ?? after(running, declared('bot'));
  let config = sampleConfig({ sessions: { bot: { ...session, ...(health && { health }) } } });
  let now = born;
  const told: NewEvent['data'][] = [];
  const probed: string[] = [];
  const canaries: string[] = [];
  const sample = (life = bot.life): LifeSample => {
    const known = samples.lives.get(life) ?? {
      ...{ resyncs: 1, lastSeen: now, lastActivityAt: now, foreground: null, usage: null },
      ...{ recent: [], panes: new Map() },
    };
    samples.lives.set(life, known);
    return known;
  };
  const watch = createHealthWatch({
    ...{ state: () => current, config: () => config, samples, now: () => now, tick: () => now },
    record: (events) => {
      current = after(current, ...events);
      told.push(...events.map(({ data }) => data));
    },
    probe: ({ session }) => probed.push(session),
    canaries: { look: (_, check) => canaries.push(check?.run ?? ''), keep: () => undefined },
  });
  return {
    ...{ told, probed, canaries, sample },
    /** Its bot says that it received so many in all. */
    hears(count: number): void {
      current = after(current, changed('ready'));
      samples.bots.set(botKey(bot.life, ''), {
        ...{ heardAt: now, pid: 1, startedAt: 1, connection: 'ready', why: '', login: null },
        ...{ in: { count, lastAt: now }, out: null, reconnects: null, errors: null },
        ...{ counters: {}, timings: {} },
      });
    },
    state: () => current,
    /** Looks after so many seconds. */
    at(seconds: number, screen = '', printed = true): void {
      now = born + seconds * 1000;
      const known = sample();
      known.lastSeen = now;
      if (printed) known.lastActivityAt = now;
      const pane = {
        command: '',
        historyLines: 0,
        screen: { text: screen, shown: 24, takenAt: now },
      };
      known.panes.set(bot.panes[0]?.id ?? '', pane);
      watch.look();
    },
    happened(...events: NewEvent[]): void {
      current = after(current, ...events);
    },
    configure(next: SessionHealth | null): void {
      config = sampleConfig({ sessions: { bot: { ...session, ...(next && { health: next }) } } });
    },
    look: watch.look,
  };
};

t.test('a start has its grace; then it is healthy, fails after enough looks, and recovers', (t) => {
  const { told, at, state } = watching();
  at(1, 'expired');
  at(20, 'expired');
  t.match(told, [{ from: null, to: 'starting', check: null, reason: 'it has 30s to start' }]);
  at(30, 'fine');
  t.match(told.at(-1), { from: 'starting', to: 'healthy', check: null });
  at(40, 'expired');
  t.equal(told.length, 2);
  at(45, 'expired');
  t.equal(told.length, 2, 'a look before its time does not count');
  at(50, 'expired');
  t.match(told.at(-1), { from: 'healthy', to: 'failed', check: 'screen', reason: /expired/ });
  t.match(state().health, {
    bot: { life: bot.life, status: 'failed', since: born + 50_000, check: 'screen' },
  });
  at(60, 'fine');
  at(70, 'fine');
  t.match(told.at(-1), { from: 'failed', to: 'healthy' });
  t.end();
});

t.test('who waits for a person prints nothing, and has not failed', (t) => {
  const { told, at } = watching();
  at(30, 'fine');
  for (let seconds = 40; seconds < 400; seconds += 10) at(seconds, 'ok?', false);
  t.match(told.at(-1), { from: 'healthy', to: 'waiting', check: 'screen' });
  t.equal(told.length, 2);
  t.end();
});

t.test('what nothing is known of is starting, and says which check it waits for', (t) => {
  const { told, look, sample, probed } = watching(asked({ graceMs: 0 }));
  sample().lastActivityAt = null;
  look();
  t.match(told, [{ to: 'starting', check: 'output', reason: 'output is not known yet' }]);
  t.strictSame(probed, ['bot']);
  t.end();
});

t.test('an agent that was started again goes on from what its log says', (t) => {
  const data = {
    ...{ session: 'bot', server: 'main', life: bot.life, from: null, to: 'failed' as const },
    ...{ check: 'screen' as const, reason: 'its screen says /expired/' },
  };
  const failed = { at: born, type: 'health.changed', data } as const;
  const { told, at } = watching(asked(), after(running, declared('bot'), failed));
  at(40, 'expired');
  at(50, 'fine');
  t.strictSame(told, []);
  at(60, 'fine');
  t.match(told, [{ from: 'failed', to: 'healthy' }]);
  t.end();
});

t.test('its health ends with its life, and with the configuration that asks for it', (t) => {
  const first = watching();
  first.at(30, 'fine');
  first.happened(died(bot));
  t.strictSame(first.state().health, {});
  const next = birth('bot', 7, { createdAt: born + 40_000 });
  first.happened(started(next));
  first.sample(next.life);
  first.look();
  t.match(first.told.at(-1), { life: next.life, from: null, to: 'starting' });

  const second = watching();
  second.at(30, 'fine');
  second.configure(null);
  second.look();
  second.look();
  t.match(second.told.slice(1), [{ from: 'healthy', to: 'unwatched' }]);
  t.strictSame(second.state().health, {});
  t.equal(second.sample().health, undefined);
  t.end();
});

t.test('where nobody asks, nothing is looked at', (t) => {
  const { told, at, probed } = watching(null);
  at(100);
  t.strictSame([told, probed], [[], []]);
  t.end();
});

t.test('a clock that was set back neither stops it nor makes it young', (t) => {
  const { told, at } = watching();
  at(30, 'fine');
  at(-1000, 'expired');
  at(-990, 'expired');
  t.match(told.at(-1), { to: 'failed' });
  t.end();
});

t.test('where there is no screen, what it says is not known', (t) => {
  const { told, look, sample } = watching(asked({ graceMs: 0 }));
  sample();
  look();
  t.match(told, [{ to: 'starting', check: 'screen' }]);
  t.end();
});

t.test('messages of its bots are counted where its health depends on it, and no longer', (t) => {
  const messages = { withinMs: 60_000, atLeast: 1, hours: null, bot: null };
  const counting = asked({ graceMs: 0, checks: { messages } });
  const { told, at, hears, configure, sample } = watching(counting);
  at(0);
  for (let seconds = 10; seconds < 60; seconds += 10) {
    hears(7);
    at(seconds);
  }
  t.match(told, [{ to: 'healthy' }], 'as long as nobody can say');
  for (let seconds = 60; seconds < 90; seconds += 10) at(seconds);
  t.match(told.at(-1), { to: 'failed', check: 'messages', reason: /^no message for 70s/ });
  hears(8);
  at(90);
  at(100);
  t.match(told.at(-1), { from: 'failed', to: 'healthy' });
  configure(asked({ graceMs: 0 }));
  at(110);
  t.equal(sample().arrivals, undefined);
  t.end();
});

t.test('a canary is looked after every second, once its session has started', (t) => {
  const canary = {
    ...{ run: 'true', cwd: null, everyMs: 1000, timeoutMs: 1000, expect: 'received' as const },
    ...{ hours: null, bot: null },
  };
  const { at, canaries } = watching(asked({ checks: { canary } }));
  at(29);
  t.strictSame(canaries, []);
  at(30);
  at(31);
  at(32);
  t.strictSame(canaries, ['true', 'true', 'true']);
  t.end();
});
