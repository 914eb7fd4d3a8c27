import t from 'tap';
import type { NewEvent } from '../../../../agent/model/event.ts';
import type { ActionKind } from '../../../../agent/model/events/action.ts';
import { emptyState } from '../../../../agent/model/state.ts';
import {
  after,
  birth,
  born,
  bot,
  configApplied,
  declared,
  running,
  serverFound,
  started,
} from '../../model/sample.ts';
import { died, ended, onServer } from '../../model/sample-events.ts';
import { config, nothing, plan, server, session, tries, windowMs } from './ground.ts';

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
  const state = after(fresh, serverFound);
  t.match(plan(state), {
    events: [{ at: born, data: { decision: 'start', reason: 'declared', target: session } }],
    actions: [{ kind: 'session.create', target: session, reason: 'declared' }],
  });
  t.match(plan(after(running, died(bot))), {
    events: [{ data: { decision: 'recover', reason: 'died', target: session } }],
    actions: [{ kind: 'session.create', target: session, reason: 'died' }],
  });
});

t.test('what was meant to end stays ended', async (t) => {
  t.strictSame(plan(after(running, ended(bot))), nothing);
  t.match(plan(after(running, died(bot)), born, config('never')), {
    events: [{ data: { decision: 'leave', reason: 'restart-off', target: session } }],
    actions: [],
  });
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

t.test('a server is given up as a session is', async (t) => {
  const starts = tries('server.start', 'server-died', born, born, born);
  const given = plan(after(running, onServer('server.died'), ...starts));
  t.match(given.events, [{ data: { decision: 'suspend', target: server } }]);
  t.strictSame(given.actions, []);
});

t.test('restarts from before the clock was set back are no reason to give up', async (t) => {
  const times = [1, 2, 3, 4, 5].map((hours) => born + hours * 3_600_000);
  const state = after(running, ...tries('session.create', 'died', ...times), died(bot));
  t.match(plan(state, born).actions, [{ kind: 'session.create', reason: 'died' }]);
});
