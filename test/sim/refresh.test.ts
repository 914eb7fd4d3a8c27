import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { planRefresh } from '../../agent/decide/refresh/plan.ts';
import type { Seen } from '../../agent/decide/refresh/quiet.ts';
import { needsPerson } from '../../agent/model/bot/bots.ts';
import type { SessionRefresh } from '../../agent/model/config/refresh.ts';
import type { NewEvent } from '../../agent/model/event.ts';
import type { State } from '../../agent/model/state.ts';
import { command, hour, policy, renewing } from '../agent/decide/refresh/ground.ts';
import { changed, ref } from '../agent/model/bot/sample-bots.ts';
import { sampleConfig } from '../agent/model/config/sample-config.ts';
import { after, birth, born, bot, declared, running, started } from '../agent/model/sample.ts';

/** `make soak` asks for more. */
const histories = Number(process.env['HOLDFAST_HISTORIES'] ?? 300);

const names = ['bot', 'web'] as const;
type Name = (typeof names)[number];

interface Begun {
  at: number;
  session: Name;
  reason: string;
  quietFrom: number;
  endsAt: number;
  needed: boolean;
  others: number;
}

/** Two sessions of one server with bots, the real reducer and decider, and nothing between them. */
class RefreshWorld {
  now = born;
  state: State = after(running, declared('web'), started(birth('web', 7, { declared: true })));
  readonly begun: Begun[] = [];
  readonly #policy: SessionRefresh;
  readonly #spoke = { bot: born, web: born };
  readonly #expired = { bot: false, web: false };
  readonly told: string[] = [];
  /** Whether what is tried works. */
  works = true;

  constructor(changes: Partial<SessionRefresh>) {
    this.#policy = { ...policy, how: command, ...changes };
    for (const session of names) this.says(session, 'ready');
  }

  #life(session: Name): string {
    return session === 'bot' ? bot.life : birth('web', 7).life;
  }

  says(session: Name, to: 'ready' | 'needs-login' | 'logged-out'): void {
    const about = { session, life: this.#life(session) };
    this.#record(changed(to, about, this.now));
    if (to === 'ready') this.logsIn(session);
  }

  logsIn(session: Name): void {
    const about = { ...ref, session, life: this.#life(session), createdAt: this.now };
    const data = { ...about, refreshedAt: null, expiresAt: null };
    this.#record({ at: this.now, type: 'bot.session_changed', data });
  }

  /** The screen says that its login has run out, or says so no more. */
  shows(session: Name, isExpired: boolean): void {
    this.#expired[session] = isExpired;
  }

  speaks(session: Name): void {
    this.#spoke[session] = this.now;
  }

  /** A look each ten seconds, as long as that takes. */
  pass(ms: number): void {
    const until = this.now + ms;
    for (; this.now < until; this.now += 10_000) for (const session of names) this.#look(session);
  }

  #look(session: Name): void {
    const seen: Seen = {
      ...{ firstSeen: born, lastOutputAt: null, lastMessageAt: this.#spoke[session] },
      saysExpired: this.#expired[session],
    };
    const { sessions } = renewing(this.#policy);
    const config = sampleConfig({
      sessions: { bot: sessions['bot'], web: sessions['bot'] } as never,
    });
    const life = this.state.lives[this.#life(session)] ?? null;
    const plan = planRefresh({ state: this.state, config, now: this.now, seen }, session, life);
    for (const event of plan.events) {
      if (event.type === 'refresh.started') this.#note(session, event, plan.due?.endsAt ?? 0);
      this.#record(event);
      if (event.type === 'refresh.started' && this.works) this.logsIn(session);
    }
  }

  #note(session: Name, event: NewEvent & { type: 'refresh.started' }, endsAt: number): void {
    const { refreshes = {}, lives } = this.state;
    const life = lives[this.#life(session)];
    this.begun.push({
      ...{ at: this.now, session, reason: event.data.reason, endsAt },
      quietFrom: this.#spoke[session] + this.#policy.quietMs,
      needed: life ? needsPerson(this.state, life) : false,
      others: Object.values(refreshes).filter(({ underWay }) => underWay).length,
    });
  }

  #record(event: NewEvent): void {
    if (event.type === 'refresh.held' || event.type === 'refresh.released') {
      this.told.push(event.type);
    }
    this.state = after(this.state, event);
  }

  judge(): void {
    assert.deepEqual(this.state.counts.rejected, {});
    const { maxAttempts, windowMs } = this.#policy;
    for (const { at, session, needed, others, quietFrom, endsAt } of this.begun) {
      const inWindow = this.begun.filter(
        (one) => one.session === session && one.at > at - windowMs && one.at <= at,
      );
      assert.ok(inWindow.length <= maxAttempts, `${inWindow.length} within a window`);
      assert.equal(needed, false, 'never while a person is needed');
      assert.equal(others, 0, 'never two at once');
      assert.ok(at >= quietFrom || at >= endsAt, 'in a quiet moment, or because it runs out');
    }
  }
}

type Step = (world: RefreshWorld) => void;

const name = fc.constantFrom(...names);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat(6 * hour).map(
      (ms): Step =>
        (world) =>
          world.pass(ms),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.nat(90_000).map(
      (ms): Step =>
        (world) =>
          world.pass(ms),
    ),
  },
  {
    weight: 3,
    arbitrary: name.map(
      (one): Step =>
        (world) =>
          world.speaks(one),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(name, fc.constantFrom('ready', 'needs-login', 'logged-out')).map(
      ([one, to]): Step =>
        (world) =>
          world.says(one, to as 'ready'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.boolean().map(
      (works): Step =>
        (world) => {
          world.works = works;
        },
    ),
  },
);

t.test('whatever befalls logins, they are renewed within their limits', async () => {
  const history = fc.record({
    steps: fc.array(step, { maxLength: 25 }),
    maxAttempts: fc.integer({ min: 1, max: 4 }),
    windowMs: fc.constantFrom(hour, 6 * hour, 24 * hour),
    maxAgeMs: fc.constantFrom(2 * hour, 8 * hour, 24 * hour),
  });
  fc.assert(
    fc.property(history, ({ steps, ...changes }) => {
      const world = new RefreshWorld(changes);
      for (const take of steps) take(world);
      world.judge();
    }),
    { numRuns: histories, endOnFailure: true },
  );
});

t.test(
  'one that never works is tried as often as declared, and one that does for ever',
  async (t) => {
    const world = new RefreshWorld({});
    world.works = false;
    world.pass(24 * hour);
    t.equal(world.begun.filter(({ session }) => session === 'bot').length, 3);
    t.match(world.state.refreshes?.['bot'], { held: { reason: 'gave-up' }, counts: { failed: 3 } });
    world.works = true;
    world.pass(12 * hour);
    t.match(
      world.state.refreshes?.['bot'],
      { held: null, counts: { done: 1 } },
      'the window is over',
    );
    world.pass(10 * 24 * hour);
    t.ok((world.state.refreshes?.['bot']?.counts.done ?? 0) >= 10, 'day after day');
    world.judge();
  },
);

t.test('one that needs a person is left alone for as long as that takes', async (t) => {
  const world = new RefreshWorld({});
  world.says('bot', 'needs-login');
  world.pass(10 * 24 * hour);
  t.strictSame(
    world.begun.filter(({ session }) => session === 'bot'),
    [],
  );
  t.match(world.state.refreshes?.['bot'], { held: { reason: 'needs-person' } });
  world.says('bot', 'ready');
  world.pass(24 * hour);
  t.match(world.state.refreshes?.['bot'], { held: null, counts: { done: 1 } });
});

t.test('what a screen says now and then neither holds a login nor releases it anew', async () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { minLength: 30, maxLength: 200 }), (screens) => {
      const world = new RefreshWorld({ maxAgeMs: null });
      world.works = false;
      world.shows('bot', true);
      world.pass(hour);
      assert.deepEqual(world.told, ['refresh.held']);
      for (const isExpired of screens) {
        world.shows('bot', isExpired);
        world.pass(20_000);
      }
      assert.deepEqual(world.told, ['refresh.held'], 'the window is not over');
      world.pass(40 * hour);
      const { counts } = world.state.refreshes?.['bot'] ?? {};
      assert.ok(world.told.length <= 2 * (counts?.failed ?? 0), `${world.told.length} events`);
    }),
    { numRuns: 30 },
  );
});
