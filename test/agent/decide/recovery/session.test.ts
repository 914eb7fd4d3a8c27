import t from 'tap';
import type { Config, SessionConfig } from '../../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { DeathRecord, ExitStatus } from '../../../../agent/model/events/death.ts';
import type { Cause } from '../../../../agent/model/events/incident.ts';
import type { State } from '../../../../agent/model/state.ts';
import { after, birth, born, bot, declared, running, started } from '../../model/sample.ts';
import { ended, opened, verdict } from '../../model/sample-events.ts';
import { config, nothing, plan, policy, sessionConfig, tries } from './ground.ts';

const exited = (exit: ExitStatus | null, incident = '1', at = born): NewEvent => ({
  ...{ at, type: 'session.died' },
  data: { ...bot, incident, exit, ageMs: 5000 } as unknown as DeathRecord,
});

const clean = { status: 0, signal: null };
const killed = { status: null, signal: 9 };

t.test('a program that exits with status 0 stays ended, but with `always`', async (t) => {
  const state = after(running, exited(clean));
  const left = plan(state);
  t.match(left, { events: [{ data: { decision: 'leave', reason: 'clean-exit' } }], actions: [] });
  t.strictSame(plan(after(state, ...left.events)), nothing, 'told once');
  t.match(plan(state, born, config('always')).actions, [{ reason: 'exited' }]);
  const shell = after(running, ended(bot));
  t.strictSame(plan(shell), nothing, 'Ctrl-D in a shell needs no word');
  t.match(plan(shell, born, config('always')).actions, [{ reason: 'exited' }]);
});

t.test('an end that was meant is never undone', async (t) => {
  const intended = {
    ...ended(bot),
    data: { ...bot, reason: 'intended', ageMs: 1 },
  } as unknown as NewEvent;
  const state = after(running, intended);
  for (const restart of ['always', 'on-failure', 'never'] as const) {
    t.strictSame(plan(state, born, config(restart)), nothing, restart);
  }
});

t.test('a failure comes back at once; what was killed waits for its verdict', async (t) => {
  const failed = after(running, opened('1'), exited({ status: 7, signal: null }));
  t.equal(plan(failed, born).actions.length, 1);
  for (const exit of [killed, null]) {
    const state = after(running, opened('1'), exited(exit));
    t.strictSame(plan(state, born), { ...nothing, wakeAt: born + 700 });
    t.equal(plan(state, born + 700).actions.length, 1, 'not for long');
    const told = after(state, reached('signal'));
    t.equal(plan(told, born + 1).actions.length, 1, 'the cause is known');
  }
  const unknown = after(running, exited(killed, '9'));
  t.equal(plan(unknown, born).actions.length, 1, 'nobody will explain it');
  t.equal(plan(after(running, opened('1'), exited(null)), born - 5).actions.length, 1);
});

const reached = (cause: Cause): NewEvent => ({
  ...{ at: born, type: 'verdict.reached' },
  data: { incident: '1', verdict: verdict(cause) },
});

t.test('a machine short of memory gets a moment', async (t) => {
  for (const cause of ['oom-system', 'oomd'] as const) {
    const state = after(running, opened('1'), exited(killed), reached(cause));
    t.match(plan(state, born + 1), {
      events: [{ data: { reason: 'short-of-memory', until: born + 10_000 } }],
      actions: [],
      wakeAt: born + 10_000,
    });
    t.equal(plan(state, born + 10_000).actions.length, 1);
  }
});

const withSessions = (sessions: Record<string, Partial<SessionConfig>>, atOnce = 10): Config => ({
  ...config(),
  recovery: { ...policy, atOnce },
  sessions: Object.fromEntries(
    Object.entries(sessions).map(([name, changes]) => [name, sessionConfig(changes)]),
  ),
});

const alone = (...names: string[]): State => after(running, ...names.map(declared));
const started1 = ({ actions }: { actions: { target: { session: string | null } }[] }) =>
  actions.map(({ target }) => target.session);

t.test('a session waits for those it comes after, while they will be up', async (t) => {
  const wanted = withSessions({ bot: {}, api: { after: ['db', 'bot'] }, db: {} });
  const first = plan(alone('api', 'db'), born, wanted);
  t.strictSame(started1(first), ['db']);
  t.match(first.events, [
    { data: { decision: 'wait', reason: 'waits-for-other', target: { session: 'api' } } },
    { data: { decision: 'start', target: { session: 'db' } } },
  ]);
  const told = after(alone('api', 'db'), ...first.events);
  t.strictSame(plan(told, born, wanted).events.length, 1, 'told once');
  const up = after(alone('api', 'db'), started(birth('db', 8, { declared: true })));
  t.strictSame(started1(plan(up, born, wanted)), ['api']);
});

t.test('one that was stopped, given up or is no more is not waited for', async (t) => {
  const wanted = withSessions({ bot: {}, api: { after: ['bot', 'gone'] } });
  const intended = {
    ...ended(bot),
    data: { ...bot, reason: 'intended', ageMs: 1 },
  } as unknown as NewEvent;
  const stopped = after(alone('api'), intended);
  t.strictSame(started1(plan(stopped, born, wanted)), ['api']);
  const suspended: NewEvent = {
    ...{ at: born, type: 'decision.made' },
    data: {
      ...{ decision: 'suspend', reason: 'too-many-restarts' },
      target: { server: 'main', session: 'bot', life: null },
    },
  };
  const given = after(alone('api'), exited({ status: 1, signal: null }), suspended);
  t.strictSame(started1(plan(given, born, wanted)), ['api']);
  const left = after(alone('api'), exited(clean));
  t.strictSame(started1(plan(left, born, wanted)), ['api']);
});

t.test('no more at once than declared, the important ones first', async (t) => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const wanted = withSessions(
    { a: { importance: 'low' }, b: {}, c: {}, d: { importance: 'high' }, e: {} },
    2,
  );
  const state = alone(...names);
  const first = plan(state, born, wanted);
  t.strictSame(started1(first), ['d', 'b']);
  t.equal(first.wakeAt, born + 1000);
  const begun = (at: number): NewEvent[] =>
    ['d', 'b'].map((session, i) => ({
      ...{ at, type: 'action.requested' },
      data: {
        ...{ action: `x${i}`, kind: 'session.create', reason: 'declared' },
        target: { server: 'main', session, life: null },
      },
    }));
  const busy = after(state, ...begun(born));
  t.strictSame(started1(plan(busy, born + 5000, wanted)), [], 'while two are under way');
  const done = after(
    busy,
    ...['x0', 'x1'].map(
      (action): NewEvent => ({
        ...{ at: born, type: 'action.done' },
        data: { action, settled: 'reported' },
      }),
    ),
    ...['d', 'b'].map((name, i) => started(birth(name, 20 + i, { declared: true }))),
  );
  t.strictSame(started1(plan(done, born + 999, wanted)), [], 'within the same second');
  t.equal(plan(done, born + 400, wanted).wakeAt, born + 1000);
  t.strictSame(started1(plan(done, born + 1000, wanted)), ['c', 'e']);
});

t.test('a session may have a policy of its own', async (t) => {
  const own = { ...policy, maxRestarts: 1 };
  const wanted = withSessions({ bot: { recovery: own } });
  const state = after(
    running,
    ...tries('session.create', 'died', born),
    exited({ status: 1, signal: null }),
  );
  t.match(plan(state, born + 5, wanted).events, [{ data: { decision: 'suspend' } }]);
});
