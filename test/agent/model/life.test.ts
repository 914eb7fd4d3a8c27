import t from 'tap';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { ActionKind } from '../../../agent/model/events/action.ts';
import {
  idNumber,
  intentFor,
  intentMs,
  isActedOn,
  isSameServer,
  lifeId,
  livesOf,
  sameInstance,
} from '../../../agent/model/life.ts';
import type { State } from '../../../agent/model/state.ts';
import { after, birth, born, bot, lifeOf, nobody, running, started, work } from './sample.ts';
import { intended, stopBot } from './sample-events.ts';

const botLife = lifeOf(running, bot);
const workLife = lifeOf(running, work);

t.test('a life is named by boot, process and session', async (t) => {
  t.equal(lifeId('0a1b2c3d-4e5f', { pid: 7, startTime: 9 }, '$3'), '0a1b2c3d/7-9/$3');
  t.equal(idNumber('$42'), 42);
});

t.test('a process is its pid and its start', async (t) => {
  t.ok(sameInstance({ pid: 1, startTime: 2 }, { pid: 1, startTime: 2 }));
  t.notOk(sameInstance({ pid: 1, startTime: 2 }, { pid: 1, startTime: 3 }));
  t.notOk(sameInstance({ pid: 1, startTime: 2 }, { pid: 2, startTime: 2 }));
  t.notOk(sameInstance(null, { pid: 1, startTime: 2 }));
  t.notOk(sameInstance({ pid: 1, startTime: 2 }, null));
  t.notOk(sameInstance(null, null), 'two that are not known are not the same');
});

t.test('a server configured by the name of its socket is the one found at its path', async (t) => {
  const main = running.servers['main'];
  if (!main) throw new Error('main runs');
  const known = { ...main, managed: false, socket: '/tmp/tmux-1000/default' };
  t.ok(isSameServer(known, { managed: false, socket: 'default' }));
  t.ok(isSameServer(known, { managed: false, socket: '/tmp/tmux-1000/default' }));
  t.notOk(isSameServer(known, { managed: false, socket: 'fault' }));
  t.notOk(isSameServer(known, { managed: false, socket: '/default' }));
  t.notOk(isSameServer(known, { managed: true, socket: 'default' }));
});

t.test('lives are those of one server', async (t) => {
  const state = after(running, started(birth('x', 5, { server: 'mine' })));
  t.strictSame(
    livesOf(state, 'main').map(({ session }) => session),
    ['bot', 'work'],
  );
  t.strictSame(livesOf(state, 'none'), []);
});

t.test('an intent counts for its life, and for its time', async (t) => {
  const state = after(running, intended('i1'));
  t.equal(intentFor(state, botLife, born), 'i1');
  t.equal(intentFor(state, botLife, born + intentMs), 'i1');
  t.equal(intentFor(state, botLife, born + intentMs + 1), null);
  t.equal(intentFor(state, workLife, born), null);
  t.equal(intentFor(state, botLife, born - intentMs), 'i1', 'the clock was set back a little');
  t.equal(intentFor(state, botLife, born - intentMs - 1), null, 'or much');
});

t.test('while its kill is under way an intent counts whatever the clock says', async (t) => {
  const kill: NewEvent = {
    at: born,
    type: 'action.requested',
    data: { action: 'a1', kind: 'session.kill', target: stopBot, reason: 'operator' },
  };
  const state = after(running, intended('i1'), kill);
  for (const at of [0, born, born + 1e12]) t.equal(intentFor(state, botLife, at), 'i1');
  t.equal(intentFor(state, workLife, born), null);
});

t.test('an intent for a server counts for all its lives', async (t) => {
  const target = { server: 'main', session: null, life: null };
  const data = { intent: 'i1', target, by: nobody, expiresAt: born + 5 };
  const state = after(running, { at: born, type: 'intent.declared', data });
  t.equal(intentFor(state, botLife, born), 'i1');
  t.equal(intentFor(state, workLife, born), 'i1');
  t.equal(intentFor(state, { ...workLife, server: 'mine' }, born), null);
});

t.test('what is done about a namesake on another server is another matter', async (t) => {
  const acting = (kind: ActionKind, server: string): State => ({
    ...running,
    actions: {
      a1: {
        ...{ action: 'a1', kind, requestedAt: born },
        target: { server, session: 'gateway', life: null },
      },
    },
  });
  const unit = { server: 'units', session: 'gateway' };
  t.ok(isActedOn(acting('unit.stop', 'units'), unit));
  t.notOk(isActedOn(acting('session.kill', 'alice'), unit));
  t.notOk(isActedOn(acting('session.kill', 'alice'), { server: 'alice', session: 'other' }));
  t.ok(isActedOn(acting('session.kill', 'alice'), { server: 'alice', session: 'gateway' }));
  for (const kind of ['keys.send', 'command.run', 'signal.send'] as const) {
    const it = { server: 'alice', session: 'gateway' };
    t.notOk(isActedOn(acting(kind, 'alice'), it), 'it goes on meanwhile');
  }
});
