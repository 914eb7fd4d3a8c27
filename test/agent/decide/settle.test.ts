import t from 'tap';
import { expireIntents } from '../../../agent/decide/intents.ts';
import { settleActions } from '../../../agent/decide/settle.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { ActionKind, Target } from '../../../agent/model/events/action.ts';
import type { State } from '../../../agent/model/state.ts';
import { after, born, bot, running } from '../model/sample.ts';
import { died, ended, intended, onServer, stopBot } from '../model/sample-events.ts';

const at = born + 500;
const session = { server: 'main', session: 'bot', life: null };
const server = { server: 'main', session: null, life: null };

/** How an action asked for before a crash is settled in a state. */
const outcome = (state: State, kind: ActionKind, target: Target): NewEvent | undefined =>
  settleActions(state, [{ action: 'a1', kind, target, requestedAt: born }], at)[0];

const done = { at, type: 'action.done', data: { action: 'a1', settled: 'observed' } };
const lost = {
  at,
  type: 'action.lost',
  data: { action: 'a1', why: /no effect of it can be seen$/ },
};

t.test('what can be seen to be done is done', async (t) => {
  t.strictSame(outcome(running, 'session.create', session), done);
  t.strictSame(outcome(after(running, ended(bot)), 'session.kill', stopBot), done);
  t.strictSame(outcome(running, 'session.kill', { ...session, life: null }), done, 'of no life');
  t.strictSame(outcome(running, 'server.start', server), done);
  t.strictSame(outcome(running, 'socket.repair', server), done);
});

t.test('what cannot be seen is lost, and never repeated', async (t) => {
  t.match(outcome(after(running, died(bot)), 'session.create', session), lost);
  t.match(outcome(running, 'session.create', { ...session, session: 'web' }), lost);
  t.match(outcome(running, 'session.create', { ...session, server: 'mine' }), lost);
  t.match(outcome(running, 'session.kill', stopBot), lost);
  t.match(outcome(after(running, onServer('server.died')), 'server.start', server), lost);
  t.match(outcome(after(running, onServer('server.socket_lost')), 'socket.repair', server), lost);
  t.match(outcome(running, 'server.start', { ...server, server: 'none' }), lost);
});

t.test('keys that were not confirmed are lost, though they may have been typed', async (t) => {
  const why = 'the agent stopped before it ended: keys were sent and never confirmed';
  t.match(outcome(running, 'keys.send', stopBot), { type: 'action.lost', data: { why } });
  for (const kind of ['command.run', 'signal.send'] as const) {
    const unsure = 'the agent stopped before it ended: it was never confirmed';
    t.match(outcome(running, kind, stopBot), { type: 'action.lost', data: { why: unsure } });
  }
});

t.test('all of them are settled, in order', async (t) => {
  const actions = ['a1', 'a2', 'a3'].map(
    (action) => ({ action, kind: 'keys.send', target: stopBot, requestedAt: 1 }) as const,
  );
  t.strictSame(
    settleActions(running, actions, at).map(({ data }) => data),
    [
      ...actions.map(({ action }) => ({
        action,
        why: 'the agent stopped before it ended: keys were sent and never confirmed',
      })),
    ],
  );
  t.strictSame(settleActions(running, [], at), []);
});

t.test('an intent nothing came of expires, unless its kill is still under way', async (t) => {
  const state = after(running, intended('i1'));
  t.strictSame(expireIntents(state, born + 60_000), []);
  const expired = { at: born + 60_001, type: 'intent.expired', data: { intent: 'i1' } };
  t.strictSame(expireIntents(state, born + 60_001), [expired]);
  const data = { action: 'a1', kind: 'session.kill', target: stopBot, reason: 'operator' } as const;
  const killing = after(state, { at: born, type: 'action.requested', data });
  t.strictSame(expireIntents(killing, born + 60_001), []);
});
