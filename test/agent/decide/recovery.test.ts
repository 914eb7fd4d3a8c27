import t from 'tap';
import { planRecovery } from '../../../agent/decide/recovery.ts';
import type { Config } from '../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { ActionKind } from '../../../agent/model/events/action.ts';
import { emptyState, type State } from '../../../agent/model/state.ts';
import { noAlerts } from '../model/config/sample-alerts.ts';
import {
  after,
  birth,
  born,
  bot,
  configApplied,
  declared,
  running,
  started,
} from '../model/sample.ts';
import { died, ended, onServer } from '../model/sample-events.ts';

const windowMs = 60_000;

const config = (restart = true): Config => ({
  servers: { main: { kind: 'managed', tmuxConfig: null, owner: null } },
  sessions: { bot: { server: 'main', command: 'node bot.js', cwd: null, env: {}, restart } },
  autoAdopt: false,
  serversAreUnits: false,
  log: { level: 'info', sessions: {} },
  retention: { maxAgeMs: 1, maxBytes: 1 },
  recovery: { maxRestarts: 3, windowMs },
  health: { intervalMs: 1 },
  alerts: noAlerts,
});

const observed = new Set(['main', 'mine']);
const plan = (state: State, now = born, wanted = config(), seen = observed) =>
  planRecovery(state, wanted, seen, now);

const nothing = { events: [], actions: [] };
const session = { server: 'main', session: 'bot', life: null };
const server = { server: 'main', session: null, life: null };

const requested = (action: string, kind: ActionKind, reason: string, at: number): NewEvent[] => {
  const target = kind === 'session.create' ? session : server;
  return [
    { at, type: 'action.requested', data: { action, kind, target, reason } },
    { at, type: 'action.done', data: { action, settled: 'reported' } },
  ];
};

const tries = (kind: ActionKind, reason: string, ...times: number[]): NewEvent[] =>
  times.flatMap((at, i) => requested(`${kind}${reason}${i}`, kind, reason, at));

const suspended: NewEvent = {
  at: born,
  type: 'decision.made',
  data: { decision: 'suspend', reason: 'too-many-restarts', target: session },
};

t.test('where systemd runs the servers, it alone starts them', async (t) => {
  const dead = after(running, onServer('server.died'));
  t.match(plan(dead).actions, [{ kind: 'server.start' }]);
  t.strictSame(plan(dead, born, { ...config(), serversAreUnits: true }), nothing);
});

t.test('what lives needs nothing', async (t) => {
  t.strictSame(plan(running), nothing);
});

t.test('a session that never ran is started, and one that died is brought back', async (t) => {
  const fresh = after(emptyState(), configApplied(), declared('bot'));
  const state = after(fresh, ...[found()]);
  t.match(plan(state), {
    events: [{ at: born, data: { decision: 'start', reason: 'declared', target: session } }],
    actions: [{ kind: 'session.create', target: session, reason: 'declared' }],
  });
  t.match(plan(after(running, died(bot))), {
    events: [{ data: { decision: 'recover', reason: 'died', target: session } }],
    actions: [{ kind: 'session.create', target: session, reason: 'died' }],
  });
});

const found = (): NewEvent => ({
  at: born,
  type: 'server.found',
  data: {
    server: 'main',
    instance: { pid: 9, startTime: 9 },
    socket: '/s',
    managed: true,
    version: '',
  },
});

t.test('what was meant to end stays ended', async (t) => {
  t.strictSame(plan(after(running, ended(bot))), nothing);
  t.strictSame(plan(after(running, died(bot)), born, config(false)), nothing, 'restart: false');
});

t.test('nothing is done to what nobody looked at, or configured', async (t) => {
  const state = after(running, died(bot));
  t.strictSame(plan(state, born, config(), new Set()), nothing);
  t.strictSame(plan(state, born, { ...config(), sessions: {} }), nothing);
  t.strictSame(plan(after(running, declared('new')), born), nothing);
});

t.test('a namesake on another server is not the session', async (t) => {
  const namesake = birth('bot', 3, { server: 'mine' });
  const state = after(running, died(bot), started(namesake));
  t.equal(plan(state).actions.length, 1);
});

t.test('a session waits for its server', async (t) => {
  const troubles = ['server.hung', 'server.socket_lost', 'server.died'] as const;
  for (const trouble of troubles) {
    const kinds = plan(after(running, died(bot), onServer(trouble))).actions.map(
      ({ kind }) => kind,
    );
    t.notOk(kinds.includes('session.create'), trouble);
  }
});

t.test('what is under way is not asked for twice', async (t) => {
  const pending = (kind: ActionKind, target: typeof session | typeof server): NewEvent => ({
    at: born,
    type: 'action.requested',
    data: { action: 'a1', kind, target, reason: 'died' },
  });
  t.strictSame(plan(after(running, died(bot), pending('session.create', session))), nothing);
  t.strictSame(
    plan(after(running, onServer('server.died'), pending('server.start', server))),
    nothing,
  );
  t.strictSame(
    plan(after(running, onServer('server.socket_lost'), pending('socket.repair', server))),
    nothing,
  );
  const other = { ...session, session: 'web' };
  t.equal(
    plan(after(running, died(bot), pending('session.create', other as never))).actions.length,
    1,
  );
});

t.test('a managed server is started, an adopted one never', async (t) => {
  const fresh = after(emptyState(), configApplied());
  t.match(plan(fresh).actions, [{ kind: 'server.start', target: server, reason: 'declared' }]);
  t.match(plan(after(running, onServer('server.died'))).actions, [
    { kind: 'server.start', target: server, reason: 'server-died' },
  ]);
});

t.test('a lost socket is repaired, on adopted servers too, at most so often', async (t) => {
  const lost = after(running, onServer('server.socket_lost'));
  t.match(plan(lost), {
    events: [{ data: { decision: 'repair', reason: 'socket-lost' } }],
    actions: [{ kind: 'socket.repair', target: server }],
  });
  const often = after(lost, ...tries('socket.repair', 'socket-lost', born, born + 1, born + 2));
  t.strictSame(plan(often, born + 3), nothing);
  t.strictSame(plan(often, born + windowMs).actions.length, 1, 'and never given up');
});

t.test('repairs and restarts of one server are counted apart', async (t) => {
  const repairs = tries('socket.repair', 'socket-lost', born, born, born);
  const dead = after(running, ...repairs, onServer('server.died'));
  t.match(plan(dead).actions, [{ kind: 'server.start', reason: 'server-died' }]);
  const starts = tries('server.start', 'server-died', born, born, born);
  const lost = after(running, ...starts, onServer('server.socket_lost'));
  t.match(plan(lost).actions, [{ kind: 'socket.repair' }]);
});

t.test('after so many restarts within the window it stops, and says so once', async (t) => {
  const dead = after(running, died(bot), ...tries('session.create', 'died', born, born + 1));
  t.equal(plan(dead, born + 2).actions.length, 1);
  const often = after(dead, ...requested('x', 'session.create', 'died', born + 2));
  const given = plan(often, born + 3);
  t.match(given, {
    events: [{ data: { decision: 'suspend', reason: 'too-many-restarts', target: session } }],
  });
  t.strictSame(given.actions, []);
  t.strictSame(plan(after(often, ...given.events), born + 3), nothing);
  t.strictSame(
    plan(after(often, ...given.events), born + 10 * windowMs),
    nothing,
    'until somebody asks',
  );
  t.equal(plan(often, born + windowMs).actions.length, 1, 'the oldest is out of the window');
});

t.test('the first start is no restart', async (t) => {
  const first = tries('session.create', 'declared', born);
  const dead = after(running, ...first, died(bot), ...tries('session.create', 'died', born, born));
  t.equal(plan(dead).actions.length, 1);
  const failing = after(
    running,
    died(bot),
    ...tries('session.create', 'declared', born, born, born, born),
  );
  t.equal(plan(failing).actions.length, 0, 'trying it again is');
});

t.test('a server is given up as a session is', async (t) => {
  const starts = tries('server.start', 'server-died', born, born, born);
  const given = plan(after(running, onServer('server.died'), ...starts));
  t.match(given.events, [{ data: { decision: 'suspend', target: server } }]);
  t.strictSame(given.actions, []);
});

t.test('what is suspended is left alone', async (t) => {
  t.strictSame(plan(after(running, died(bot), suspended)), nothing);
});

t.test('restarts from before the clock was set back are no reason to give up', async (t) => {
  const times = [1, 2, 3, 4, 5].map((hours) => born + hours * 3_600_000);
  const state = after(running, ...tries('session.create', 'died', ...times), died(bot));
  t.match(plan(state, born).actions, [{ kind: 'session.create', reason: 'died' }]);
});
