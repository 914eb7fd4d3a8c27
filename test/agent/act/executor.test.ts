import t from 'tap';
import { type ActionOrder, execute } from '../../../agent/act/executor.ts';
import { Failure, LogFailure, RequestFailure, TmuxFailure } from '../../../agent/model/failure.ts';
import { after, bot, instance, running } from '../model/sample.ts';
import { ended, stopBot } from '../model/sample-events.ts';
import { handsUpon, now } from './sample-hands.ts';

const server = { server: 'main', session: null, life: null };
/** It is not running. */
const session = { server: 'main', session: 'web', life: null };
const keys = { text: 'hello', enter: true };

const targets = {
  'server.start': server,
  'socket.repair': server,
  'session.create': session,
  'session.kill': stopBot,
  'keys.send': stopBot,
  'signal.send': stopBot,
};

/** Commands are run by the method for probes (`test/agent/act/refresh/renew.test.ts`), units by systemd (`test/agent/act/unit/units.test.ts`). */
type Kind = keyof typeof targets;

const kinds = Object.keys(targets) as Kind[];
/** What only brings something back, and what changes or ends something. */
const harmless = kinds.slice(0, 3);
const harmful = kinds.slice(3);

const order = (kind: Kind, changes: Partial<ActionOrder> = {}): ActionOrder => ({
  ...{ kind, target: targets[kind], reason: 'operator' },
  ...(kind === 'keys.send' ? { keys } : {}),
  ...(kind === 'signal.send' ? { signal: 'USR1' as const } : {}),
  ...changes,
});

const failing = (cause: unknown) => ({ call: () => Promise.reject(cause) });
const full = new LogFailure('ENOSPC', 'the disk is full');

t.test('each is stored as requested and durable, then runs, then is settled', async (t) => {
  for (const kind of kinds) {
    const { hands, events, steps } = handsUpon();
    const action = `a${running.seq + 1}`;
    t.strictSame(await execute(hands, order(kind)), {
      ...{ action, outcome: 'done', message: '', code: '' },
    });
    t.strictSame(steps, ['action.requested', 'durable', kind, 'action.done']);
    const data = { action, kind, target: targets[kind], reason: 'operator' };
    t.strictSame(events, [
      { at: now, type: 'action.requested', data },
      { at: now, type: 'action.done', data: { action, settled: 'reported' } },
    ]);
  }
});

t.test('nothing runs while the disk has not answered', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { hands, steps, state } = handsUpon(running, { durable: () => promise });
  const outcome = execute(hands, order('session.kill'));
  await new Promise(setImmediate);
  t.strictSame(steps, ['action.requested']);
  t.match(Object.values(state().actions), [{ kind: 'session.kill', target: stopBot }]);
  resolve();
  t.match(await outcome, { outcome: 'done' });
  t.strictSame(steps, ['action.requested', 'session.kill', 'action.done']);
  t.strictSame(state().actions, {});
});

t.test('the link is told exactly what to do', async (t) => {
  const { hands, calls, events } = handsUpon();
  for (const kind of kinds) await execute(hands, order(kind));
  const bare = { text: '', enter: false };
  await execute(hands, { kind: 'keys.send', target: stopBot, reason: 'operator' });
  t.strictSame(calls, [
    { server: 'main' },
    { server: 'main', instance },
    { server: 'main', session: 'web', command: 'node web.js', cwd: null, env: {} },
    { server: 'main', instance, tmuxId: '$1' },
    { server: 'main', instance, tmuxId: '$1', ...keys },
    { server: 'main', instance, tmuxId: '$1', signal: 'USR1' },
    { server: 'main', instance, tmuxId: '$1', ...bare },
  ]);
  t.notMatch(JSON.stringify(events), 'hello', 'keys may hold secrets: they are not stored');
});

t.test('what must be done first is done once the action is durable', async (t) => {
  const { hands, steps } = handsUpon();
  const prepare = async () => void steps.push('prepared');
  await execute(hands, order('session.create', { prepare }));
  t.strictSame(steps, [
    ...['action.requested', 'durable', 'prepared', 'session.create', 'action.done'],
  ]);

  const failed = handsUpon();
  const refused = () => Promise.reject(new RequestFailure('no-link', 'no link'));
  t.match(await execute(failed.hands, order('session.create', { prepare: refused })), {
    ...{ outcome: 'failed', code: 'no-link', message: 'no link' },
  });
  t.strictSame(failed.steps, ['action.requested', 'durable', 'action.failed']);
});

t.test('request and outcome share the trace of their cause', async (t) => {
  const trace = 'b'.repeat(32);
  for (const changes of [{}, failing(new Error('no'))]) {
    const { hands, events } = handsUpon(running, changes);
    await execute(hands, order('session.create', { trace }));
    t.strictSame(
      events.map((event) => event.trace),
      [trace, trace],
    );
  }
});

t.test('bringing back goes on when the disk takes nothing', async (t) => {
  for (const kind of harmless) {
    const { hands, steps } = handsUpon(running, { durable: () => Promise.reject(full) });
    t.match(await execute(hands, order(kind)), { outcome: 'done' });
    t.strictSame(steps, ['action.requested', kind, 'action.done']);
  }
});

t.test('kills, and what a program is told, do not', async (t) => {
  for (const kind of harmful) {
    const { hands, steps, events } = handsUpon(running, { durable: () => Promise.reject(full) });
    await t.rejects(execute(hands, order(kind)), full);
    t.strictSame(steps, ['action.requested', 'action.failed'], 'it did not run');
    t.match(events[1]?.data, { code: 'ENOSPC', message: 'the disk is full' });
  }
});

t.test(
  'what a program was told and did not confirm is lost, anything else that failed has failed',
  async (t) => {
    for (const code of ['no-answer', 'connection-closed', 'tmux-timeout', 'tmux-failed']) {
      for (const kind of kinds) {
        const cause = new TmuxFailure(code, 'it said nothing');
        const { hands, events, state } = handsUpon(running, failing(cause));
        const { action, ...outcome } = await execute(hands, order(kind));
        const isTold = kind === 'keys.send' || kind === 'signal.send';
        const isLost = isTold && code !== 'tmux-failed';
        const message = 'it said nothing';
        t.strictSame(outcome, { outcome: isLost ? 'lost' : 'failed', message, code });
        t.equal(events[1]?.type, isLost ? 'action.lost' : 'action.failed');
        const data = isLost ? { action, why: message } : { action, code, message };
        t.strictSame(events[1]?.data, data);
        t.strictSame(state().actions, {}, 'it is settled');
      }
    }
  },
);

t.test(
  'a failure carries its code and text, cut to fit; anything thrown is unexpected',
  async (t) => {
    const cases: [unknown, string, string][] = [
      [new Failure('tmux-failed', 'm'.repeat(500)), 'tmux-failed', 'm'.repeat(400)],
      [new TypeError('oh'), 'unexpected', 'oh'],
      ['a text', 'unexpected', 'a text'],
    ];
    for (const [cause, code, message] of cases) {
      const { hands, events } = handsUpon(running, failing(cause));
      t.match(await execute(hands, order('session.create')), { outcome: 'failed', code });
      t.strictSame(events[1]?.data, { action: `a${running.seq + 1}`, code, message });
    }
  },
);

t.test('what its target needs may be gone by then', async (t) => {
  const gone = after(running, ended(bot));
  for (const kind of harmful) {
    const { hands, steps } = handsUpon(gone);
    t.match(await execute(hands, order(kind)), { outcome: 'failed', code: 'no-such-life' });
    t.strictSame(steps, ['action.requested', 'durable', 'action.failed'], 'no call');
  }
  const { hands, calls } = handsUpon();
  const unknown = { ...session, session: 'work' };
  t.match(await execute(hands, order('session.create', { target: unknown })), {
    ...{ outcome: 'failed', code: 'not-declared', message: 'no session "work" is declared' },
  });
  t.match(await execute(hands, order('socket.repair', { target: { ...server, server: 'mine' } })), {
    outcome: 'failed',
    code: 'no-server',
    message: 'no server is known on "mine"',
  });
  t.strictSame(calls, []);
});
