import t from 'tap';
import { botKey } from '../../../../agent/model/bot/bots.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import { emptySamples } from '../../../../agent/model/samples.ts';
import type { State } from '../../../../agent/model/state.ts';
import { createBots } from '../../../../agent/observe/heartbeat/bots.ts';
import type { Speaker } from '../../../../agent/observe/heartbeat/speech.ts';
import { changed } from '../../model/bot/sample-bots.ts';
import { after, birth, born, bot, running, started } from '../../model/sample.ts';
import { died } from '../../model/sample-events.ts';
import { beat } from './sample-beats.ts';

const silentAfterMs = 35_000;

const scene = (begin: State = running) => {
  let state = begin;
  const samples = emptySamples();
  const events: NewEvent[] = [];
  const clock = { tick: 0 };
  const bots = createBots({
    state: () => state,
    samples,
    record: (some) => {
      events.push(...some);
      state = after(state, ...some);
    },
    redact: (text) => text.replaceAll('hunter2', '*'),
    now: () => born + clock.tick,
    tick: () => clock.tick,
    silentAfterMs,
  });
  return {
    ...{ bots, samples, clock },
    apply: (event: NewEvent) => {
      state = after(state, event);
    },
    state: () => state,
    /** What was recorded since it was last asked. */
    told: () => events.splice(0),
    types: () => events.splice(0).map(({ type }) => type),
  };
};

const speaker = (more: Partial<Speaker> = {}): Speaker => ({
  ...{ id: 1, life: bot.life, owner: 'deploy', process: { pid: 50, startTime: 7 } },
  ...more,
});

t.test('what changes is an event, what is counted a sample', async (t) => {
  const { bots, samples, told, clock } = scene();
  t.equal(bots.hear(speaker(), beat({ connection: 'connecting' })), null);
  t.match(told(), [{ type: 'bot.connection_changed', data: { from: null, to: 'connecting' } }]);
  const login = { createdAt: 1, refreshedAt: null, expiresAt: null };
  const last = { at: 1, name: 'E hunter2', message: `hunter2 ${'m'.repeat(600)}`, stack: '' };
  clock.tick = 10;
  const said = beat({ connection: 'ready', why: 'hunter2', session: login });
  bots.hear(speaker(), { ...said, errors: { count: 2, last }, in: { count: 4, lastAt: 3 } });
  const [change, session, error] = told();
  t.match(change, { at: born + 10, data: { from: 'connecting', to: 'ready', why: '*' } });
  t.match(session, { type: 'bot.session_changed', data: login });
  t.match(error, { type: 'bot.error', data: { name: 'E *', count: 2, leftOut: 1 } });
  t.match(error, { data: { message: /^\* m{498}$/ } }, 'redacted, then cut');
  bots.hear(speaker(), { ...said, errors: { count: 2, last }, in: { count: 5, lastAt: 4 } });
  t.strictSame(told(), [], 'the same is no event');
  const sample = samples.bots.get(botKey(bot.life, ''));
  t.match(sample, { heardAt: born + 10, pid: 50, in: { count: 5 }, errors: 2, out: null });
  bots.hear(speaker(), { ...said, errors: { count: 5, last } });
  t.match(told(), [{ type: 'bot.error', data: { count: 5, leftOut: 2 } }]);
  bots.hear(speaker(), { ...said, startedAt: 9, errors: { count: 1, last } });
  t.match(told(), [{ data: { count: 1, startedAt: 9, leftOut: 0 } }], 'a new process counts anew');
  t.match(bots.totals(), { beats: 5 });
});

t.test('a bot that flaps is told of ten times, then as often as time allows', async (t) => {
  const { bots, told, clock, state } = scene();
  const flap = (n: number) =>
    bots.hear(speaker(), beat({ connection: n % 2 === 0 ? 'ready' : 'disconnected' }));
  for (let n = 0; n < 101; n += 1) flap(n);
  t.equal(told().length, 10);
  clock.tick += 6000;
  bots.look();
  t.match(told(), [{ type: 'bot.connection_changed', data: { to: 'ready', leftOut: 90 } }]);
  t.equal(state().bots?.[botKey(bot.life, '')]?.connection, 'ready', 'as it is now');
  for (let n = 1; n < 40; n += 1) flap(n);
  clock.tick += 60_000;
  for (let n = 0; n < 40; n += 1) flap(n);
  t.ok(told().length <= 11);
});

t.test('one owner does not fill the log, and keeps nobody else out of it', async (t) => {
  const others = birth('b', 8);
  const { bots, told } = scene(after(running, started(others)));
  for (let n = 0; n < 8; n += 1) {
    for (let i = 0; i < 10; i += 1) {
      const connection = i % 2 === 0 ? 'ready' : 'degraded';
      for (let k = 0; k < 10; k += 1) bots.hear(speaker(), beat({ bot: `b${n}`, connection }));
    }
  }
  t.equal(told().length, 80);
  const many = scene(
    after(running, ...Array.from({ length: 60 }, (_, n) => started(birth(`s${n}`, 100 + n)))),
  );
  const lives = Object.keys(many.state().lives);
  for (const [n, life] of lives.entries()) {
    const one = speaker({ life, id: n, process: { pid: 100 + n, startTime: 1 } });
    for (let i = 0; i < 10; i += 1) {
      many.bots.hear(one, beat({ connection: i % 2 === 0 ? 'ready' : 'degraded' }));
    }
  }
  t.equal(many.told().length, 501, 'of all of his together');
  many.apply(started(birth('ann', 90)));
  const ann = speaker({ life: birth('ann', 90).life, owner: 'ann', id: 900 });
  many.bots.hear(ann, beat({ connection: 'ready' }));
  t.equal(many.told().length, 1);
});

t.test('what it needs is handed out and told of by its kind', async (t) => {
  const { bots, told, samples, state, apply } = scene();
  const needs = { kind: 'qr', text: 'top secret' } as const;
  bots.hear(speaker(), beat({ connection: 'needs-login', needs }));
  bots.hear(speaker(), beat({ connection: 'needs-login', needs: { kind: 'qr', text: 'next' } }));
  t.match(told(), [{ data: { needs: 'qr' } }], 'a new code is no event');
  t.match(bots.needed(), [{ session: 'bot', kind: 'qr', text: 'next', at: born }]);
  const kept = JSON.stringify([state(), [...samples.bots]]);
  t.notMatch(kept, /secret|next/);
  bots.gone(speaker(), 'closed');
  t.same(bots.needed(), [], 'whose it was is gone');
  bots.hear(speaker({ id: 2 }), beat({ connection: 'needs-login', needs }));
  apply(died(bot));
  t.same(bots.needed(), []);
});

t.test('its end is told where it does not come back and its session goes on', async (t) => {
  const { bots, types, told, clock, apply, samples } = scene();
  bots.hear(speaker(), beat({ connection: 'ready' }));
  bots.gone(speaker(), 'closed');
  clock.tick = 9000;
  bots.look();
  t.same(types(), ['bot.connection_changed'], 'it may be started anew');
  const next = speaker({ id: 2, process: { pid: 51, startTime: 9 } });
  bots.hear(next, beat({ connection: 'ready' }));
  bots.gone(speaker(), 'closed');
  clock.tick = 20_000;
  bots.look();
  t.same(types(), [], 'and was');
  bots.gone(next, 'closed');
  clock.tick = 30_000;
  bots.look();
  t.match(told(), [{ type: 'bot.lost', data: { how: 'closed', lastAt: born + 9000 } }]);
  t.equal(samples.bots.size, 0);
  bots.look();
  t.same(types(), []);
  bots.hear(speaker({ id: 3 }), beat({ connection: 'ready' }));
  t.match(told(), [{ data: { from: null, to: 'ready' } }], 'it is heard again');
  bots.gone(speaker({ id: 3 }), 'silent');
  bots.look();
  t.match(told(), [{ type: 'bot.lost', data: { how: 'silent' } }], 'that was waited for already');
  bots.hear(speaker({ id: 4 }), beat({ connection: 'ready' }));
  types();
  bots.gone(speaker({ id: 4 }), 'silent');
  apply(died(bot));
  bots.look();
  t.same(types(), [], 'with its session ends what is in it');
  t.equal(samples.bots.size, 0);
});

t.test('a bot of the run before that is not heard again is lost', async (t) => {
  const { bots, told, types, clock } = scene(after(running, changed('ready')));
  clock.tick = silentAfterMs - 1;
  bots.look();
  t.same(types(), []);
  clock.tick = silentAfterMs;
  bots.look();
  t.match(told(), [{ type: 'bot.lost', data: { how: 'silent', lastAt: null } }]);
});

t.test('one of the run before that programs speak for is silent between them', async (t) => {
  const spoken = (n: number): NewEvent => {
    const event = changed('ready');
    return { ...event, data: { ...event.data, bot: `s${n}`, passing: true } } as NewEvent;
  };
  const all = Array.from({ length: 16 }, (_, n) => spoken(n));
  const { bots, told, types, clock } = scene(after(running, ...all));
  clock.tick = 500_000;
  bots.look();
  t.same(types(), []);
  t.equal(bots.hear(speaker(), beat({ bot: 's0', connection: 'ready', delta: true })), null);
  t.same(types(), [], 'as it was');
  t.equal(
    bots.hear(speaker(), beat({ bot: 'new' })),
    'too-many-bots',
    'it keeps its place a while',
  );
  clock.tick = 600_001;
  t.equal(bots.hear(speaker(), beat({ bot: 'new' })), null);
  t.match(told()[0], { type: 'bot.lost', data: { bot: 's1', how: 'silent', lastAt: null } });
});

t.test('who begins to speak himself, and who no longer does, is told', async (t) => {
  const { bots, told, state } = scene();
  const key = botKey(bot.life, '');
  bots.hear(speaker(), beat({ connection: 'ready' }));
  bots.gone(speaker(), 'closed');
  bots.hear(speaker({ id: 2 }), beat({ connection: 'ready', delta: true }));
  t.equal(state().bots?.[key]?.passing, true);
  bots.hear(speaker({ id: 3 }), beat({ connection: 'ready' }));
  t.equal(state().bots?.[key]?.passing, undefined);
  const data = { from: 'ready', to: 'ready' };
  t.match(told().slice(1), [{ data: { ...data, passing: true } }, { data }]);
});

t.test('a bot is one process of its session', async (t) => {
  const { bots } = scene();
  const rival = speaker({ id: 2, process: { pid: 51, startTime: 8 } });
  bots.hear(speaker(), beat({ connection: 'ready' }));
  t.equal(bots.hear(rival, beat({ connection: 'logged-out' })), 'rival');
  t.equal(bots.hear(rival, beat({ bot: 'other' })), null);
  t.equal(bots.hear(speaker({ id: 3 }), beat()), null, 'the same process, connected anew');
  bots.gone(speaker({ id: 3 }), 'closed');
  t.equal(bots.hear(rival, beat()), null, 'then it is the next one');
});

t.test('there are so many of a process, of a session and of an owner', async (t) => {
  const { bots, apply, state } = scene();
  for (let n = 0; n < 8; n += 1) t.equal(bots.hear(speaker(), beat({ bot: `a${n}` })), null);
  t.equal(bots.hear(speaker(), beat({ bot: 'a8' })), 'too-many-bots');
  const second = speaker({ id: 2, process: { pid: 51, startTime: 7 } });
  for (let n = 0; n < 8; n += 1) t.equal(bots.hear(second, beat({ bot: `b${n}` })), null);
  const third = speaker({ id: 3, process: { pid: 52, startTime: 7 } });
  t.equal(bots.hear(third, beat({ bot: 'c' })), 'too-many-bots');
  const outcomes = new Map<string | null, number>();
  for (let n = 0; n < 300; n += 1) {
    const one = birth(`s${n}`, 1000 + n);
    apply(started(one));
    const process = { pid: 2000 + n, startTime: 1 };
    const why = bots.hear(speaker({ id: 10 + n, life: one.life, process }), beat());
    outcomes.set(why, (outcomes.get(why) ?? 0) + 1);
  }
  t.equal(outcomes.get(null), 256 - 16);
  apply(died(bot));
  t.equal(bots.hear(speaker(), beat({ bot: 'a0' })), 'no-session');
  t.ok(Object.keys(state().bots ?? {}).length <= 256);
});

t.test('refusals are counted', async (t) => {
  const { bots } = scene();
  bots.refused('too-fast');
  t.match(bots.totals(), { beats: 0, refused: { 'too-fast': 1, rival: 0 } });
});

t.test(
  'what programs said that ended right after is added up, and their ends say nothing',
  async (t) => {
    const { bots, samples, types, clock } = scene();
    const once = (pid: number) => speaker({ id: pid, process: { pid, startTime: pid } });
    const counted = { in: { count: 2, lastAt: 5 }, counters: { sent: 1 } };
    const timings = { call: { count: 1, sumMs: 4, maxMs: 4 } };
    bots.hear(once(60), beat({ delta: true, connection: 'ready', ...counted, timings }));
    bots.gone(once(60), 'closed');
    const last = { at: 1, name: 'E', message: '', stack: '' };
    const more = { errors: { count: 1, last }, counters: { sent: 2, lost: 1 }, reconnects: 1 };
    t.equal(
      bots.hear(once(61), beat({ delta: true, in: { count: 1, lastAt: 3 }, timings, ...more })),
      null,
    );
    bots.gone(once(61), 'closed');
    t.match(samples.bots.get(botKey(bot.life, '')), {
      ...{ connection: 'ready', in: { count: 3, lastAt: 5 }, errors: 1, reconnects: 1 },
      ...{ counters: { sent: 3, lost: 1 }, timings: { call: { count: 2, sumMs: 8, maxMs: 4 } } },
    });
    clock.tick = 3_600_000;
    bots.look();
    t.notOk(types().includes('bot.lost'));
    const steady = speaker({ id: 70 });
    bots.hear(steady, beat({ in: { count: 1, lastAt: null } }));
    t.equal(
      samples.bots.get(botKey(bot.life, ''))?.in?.count,
      1,
      'one that speaks itself has totals',
    );
    t.equal(bots.hear(once(71), beat({ delta: true })), 'rival');
  },
);

t.test(
  'names that programs made up keep no bot out for long, and what they needed is forgotten',
  async (t) => {
    const { bots, clock } = scene();
    const once = (pid: number) => speaker({ id: pid, process: { pid, startTime: pid } });
    const needs = { kind: 'qr', text: 'secret' } as const;
    for (let i = 0; i < 16; i += 1) {
      t.equal(bots.hear(once(100 + i), beat({ bot: `junk-${i}`, delta: true, needs })), null);
      clock.tick += 1;
    }
    t.equal(bots.needed().length, 16);
    t.equal(bots.hear(speaker({ id: 9 }), beat({ bot: 'real' })), 'too-many-bots');
    clock.tick += 600_001;
    t.equal(bots.needed().length, 0);
    t.equal(bots.hear(speaker({ id: 9 }), beat({ bot: 'real' })), null);
  },
);
