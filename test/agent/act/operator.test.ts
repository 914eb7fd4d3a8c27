import t from 'tap';
import type { Hands } from '../../../agent/act/hands.ts';
import { createOperator } from '../../../agent/act/operator.ts';
import type { Config } from '../../../agent/model/config/config.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { LogFailure, ProtocolFailure, RequestFailure } from '../../../agent/model/failure.ts';
import { intentMs } from '../../../agent/model/life.ts';
import type { State } from '../../../agent/model/state.ts';
import {
  after,
  bot,
  configApplied,
  declared,
  instance,
  running,
  started,
} from '../model/sample.ts';
import {
  decided,
  died,
  ended,
  onServer,
  requested,
  stopBot,
  target,
} from '../model/sample-events.ts';
import { config, handsUpon, now } from './sample-hands.ts';

const by = { uid: 1000, pid: 77, session: 'work' };

/** An operator upon `from`. A kill that ran ends `bot`, unless `ends` is false. */
const operating = (
  from: State = running,
  changes: Partial<Hands> = {},
  ends = true,
  settling: ((record: Hands['record']) => void) | null = null,
) => {
  const upon = handsUpon(from, changes);
  const waits: unknown[] = [];
  const untilEnded = async (life: string, limitMs: number): Promise<boolean> => {
    waits.push([life, limitMs]);
    if (ends) upon.hands.record([ended(bot, now)]);
    return ends;
  };
  const operator = createOperator(upon.hands, untilEnded, async (action, limitMs) => {
    waits.push([action, limitMs]);
    settling?.(upon.hands.record);
    return settling !== null;
  });
  return { ...upon, operator, waits };
};

const killing = ['intent.declared', 'action.requested', 'durable', 'session.kill', 'action.done'];
const decisions = ['decision.made', 'decision.made'];
const creating = [
  ...decisions,
  ...['action.requested', 'durable', 'session.create', 'action.done'],
];
const off = after(running, ended(bot));

t.test('a stop is an intent first, durable before the kill', async (t) => {
  const { operator, steps, events, waits } = operating();
  t.match(await operator.stop('bot', by), { action: `a${running.seq + 2}`, outcome: 'done' });
  t.strictSame(steps, [...killing, 'session.ended']);
  const data = { intent: `i${running.seq + 1}`, target: stopBot, by, expiresAt: now + intentMs };
  t.strictSame(events[0], { at: now, type: 'intent.declared', data });
  t.match(events[1]?.data, { kind: 'session.kill', target: stopBot, reason: 'operator' });
  t.strictSame(waits, [[bot.life, 9000]]);
});

t.test('a kill that surely did not run leaves no intent', async (t) => {
  const full = new LogFailure('ENOSPC', 'the disk is full');
  const noLink = new RequestFailure('no-link', 'no link is connected');
  const cases: [Partial<Hands>, string][] = [
    [{ durable: () => Promise.reject(full) }, 'ENOSPC'],
    [{ call: () => Promise.reject(noLink) }, 'no-link'],
    [{ call: () => Promise.reject(new Error('oh')) }, 'unexpected'],
  ];
  for (const [changes, code] of cases) {
    const { operator, steps, state, waits } = operating(running, changes);
    await t.rejects(operator.stop('bot', by), { code });
    t.strictSame(steps.slice(-2), ['action.failed', 'intent.expired']);
    t.strictSame(state().intents, {}, code);
    t.strictSame(waits, [], 'no end is waited for');
  }
});

t.test('one that may have run keeps it', async (t) => {
  for (const code of ['no-answer', 'connection-closed', 'tmux-timeout']) {
    const call = () => Promise.reject(new ProtocolFailure(code, 'nobody knows'));
    const { operator, steps, state } = operating(running, { call });
    await t.rejects(operator.stop('bot', by), { code, message: 'nobody knows' });
    t.notOk(steps.includes('intent.expired'));
    t.match(Object.values(state().intents), [{ target: stopBot, by }], code);
  }
});

t.test('an intent that an end used up is not withdrawn again', async (t) => {
  const upon = operating(running, {
    call: () => {
      upon.hands.record([ended(bot, now)]);
      return Promise.reject(new RequestFailure('tmux-failed', 'it is not there'));
    },
  });
  await t.rejects(upon.operator.stop('bot', by), { code: 'tmux-failed' });
  t.notOk(upon.steps.includes('intent.expired'));
  t.strictSame(upon.state().counts.rejected, {});
});

t.test('a session that goes on all the same is still running', async (t) => {
  const { operator, steps } = operating(running, {}, false);
  const message = '"bot" did not end in 9000 ms';
  await t.rejects(operator.stop('bot', by), { code: 'still-running', message });
  t.strictSame(steps, killing);

  const again = operating(running, {}, false);
  await t.rejects(again.operator.restart('bot', by), { code: 'still-running' });
  t.strictSame(again.steps, killing, 'and is not started beside itself');
});

t.test('a start is wanted again, of the session and of its server', async (t) => {
  const { operator, steps, events } = operating(off);
  t.match(await operator.start('bot', by), { outcome: 'done' });
  t.strictSame(steps, creating);
  const resume = (about: object): NewEvent =>
    ({
      ...{ at: now, type: 'decision.made' },
      data: { decision: 'resume', reason: 'operator', target: about },
    }) as NewEvent;
  t.strictSame(events.slice(0, 2), [resume(target), resume({ ...target, session: null })]);
});

t.test('a restart ends it and starts it; where it is down it is only started', async (t) => {
  const up = operating();
  t.match(await up.operator.restart('bot', by), { outcome: 'done' });
  t.strictSame(up.steps, [...killing, 'session.ended', ...creating]);
  const down = operating(off);
  await down.operator.restart('bot', by);
  t.strictSame(down.steps, creating);
});

t.test('what cannot be started is refused before anything is done', async (t) => {
  const { operator, steps } = operating();
  await t.rejects(operator.restart('work', by), { code: 'not-declared' });
  await t.rejects(operator.start('bot', by), { code: 'already-running' });
  await t.rejects(operator.start('work', by), { code: 'not-declared' });
  await t.rejects(async () => operator.stop('nobody', by), { code: 'unknown-session' });
  await t.rejects(operator.send('nobody', { text: 'x', enter: true }, by), {
    code: 'unknown-session',
  });
  const down = operating(off);
  await t.rejects(async () => down.operator.stop('bot', by), { code: 'not-running' });
  const dead = operating(after(running, died(bot)));
  t.match(await dead.operator.stop('bot', by), { outcome: 'done' });
  t.strictSame(dead.steps, ['decision.made', 'durable']);
  t.match(dead.state().ends['bot'], { reason: 'intended' }, 'what would come back stays down');
  await t.rejects(async () => dead.operator.stop('bot', by), { code: 'not-running' });
  const left: NewEvent = { at: now, type: 'session.undeclared', data: { session: 'bot' } };
  const undeclared = operating(after(running, left));
  await t.rejects(undeclared.operator.restart('bot', by), { code: 'not-declared' });
  t.strictSame([steps, down.steps, undeclared.steps], [[], [], []]);
});

t.test('what is being started is not started twice', async (t) => {
  const { operator, steps } = operating(after(off, requested('a77')));
  const message = '"bot" is being started already';
  await t.rejects(operator.start('bot', by), { code: 'already-starting', message });
  t.strictSame(steps, decisions, 'but it is wanted again');

  const twice = operating(off);
  const [first, second] = await Promise.allSettled([
    ...[twice.operator.start('bot', by), twice.operator.start('bot', by)],
  ]);
  t.match(first, { status: 'fulfilled', value: { outcome: 'done' } });
  t.match(second, { status: 'rejected', reason: { code: 'already-starting' } });
  t.equal(twice.steps.filter((step) => step === 'session.create').length, 1);
});

const settled = (type: 'action.done' | 'action.failed'): NewEvent =>
  ({
    ...{ at: now, type },
    data: { action: 'a77', settled: 'reported', code: 'tmux-refused', message: '' },
  }) as NewEvent;

t.test('what is being started while it is stopped ends once it is there', async (t) => {
  const dead = after(running, died(bot));
  const starting = after(dead, requested('a77'));
  const there = operating(starting, {}, true, (record) =>
    record([started(bot), settled('action.done')]),
  );
  t.match(await there.operator.stop('bot', by), { outcome: 'done' });
  t.strictSame(there.waits, [
    ['a77', 5000],
    [bot.life, 9000],
  ]);
  const comes = ['supervision.started', 'action.done'];
  t.strictSame(there.steps, ['decision.made', 'durable', ...comes, ...killing, 'session.ended']);

  const failed = operating(starting, {}, true, (record) => record([settled('action.failed')]));
  t.match(await failed.operator.stop('bot', by), { outcome: 'done' });
  t.match(failed.state().ends['bot'], { reason: 'intended' });

  const hung = operating(starting);
  await t.rejects(hung.operator.stop('bot', by), { code: 'still-starting' });
  t.match(hung.state().ends['bot'], { reason: 'intended' }, 'it is not brought back all the same');
});

t.test('what never ran, or ends well each time, can be stopped while it is down', async (t) => {
  const never = after(running, ended(bot), decided('resume'));
  const always = { ...config, sessions: { bot: { ...config.sessions['bot'], restart: 'always' } } };
  for (const [from, changes] of [
    [never, {}],
    [off, { config: () => always as Config }],
  ] as const) {
    const { operator, state } = operating(from, changes);
    t.match(await operator.stop('bot', by), { outcome: 'done' });
    t.match(state().ends['bot'], { reason: 'intended' });
  }
});

t.test('a managed server that is down is started first', async (t) => {
  const dead = after(off, onServer('server.died'));
  const absent = after(running, ended(bot), configApplied([]), configApplied());
  for (const state of [dead, absent]) {
    const { operator, steps } = operating(state);
    await operator.start('bot', by);
    t.strictSame(steps, [
      ...[...decisions, 'action.requested', 'durable'],
      ...['action.requested', 'durable', 'server.start', 'action.done'],
      ...['session.create', 'action.done'],
    ]);
  }
});

t.test('one that cannot be started fails the session, with its reason', async (t) => {
  const call = () => Promise.reject(new RequestFailure('no-link', 'no link is connected'));
  const { operator, steps, state } = operating(after(off, onServer('server.died')), { call });
  await t.rejects(operator.start('bot', by), { code: 'no-link', message: 'no link is connected' });
  t.strictSame(steps.slice(-2), ['action.failed', 'action.failed']);
  t.strictSame(state().actions, {});
});

t.test('who asked stands in every action, with whom he asked for', async (t) => {
  const remote = { channel: 'telegram', user: '7', name: 'Ada' } as const;
  const asked = { ...by, remote };
  const up = operating();
  await up.operator.restart('bot', asked);
  const down = operating(after(off, onServer('server.died')));
  await down.operator.start('bot', asked);
  await up.operator.send('bot', { text: 'x', enter: false }, asked).catch(() => undefined);
  const who = [...up.events, ...down.events].flatMap(({ type, data }) =>
    /^(?:action\.requested|intent\.declared)$/.test(type) && 'by' in data ? [data.by] : [],
  );
  t.strictSame(who, [asked, asked, asked, asked, asked]);
});

t.test('an adopted server is never started', async (t) => {
  const adopted = configApplied([{ server: 'main', managed: false, socket: '/elsewhere' }]);
  const { operator, steps } = operating(after(off, adopted, declared('bot')));
  await operator.start('bot', by);
  t.strictSame(steps, creating, 'what the link says of it is another matter');
});

t.test(
  'keys go to the life of that name; not knowing whether they came is no failure',
  async (t) => {
    const { operator, calls } = operating();
    t.match(await operator.send('bot', { text: 'secret', enter: true }, by), { outcome: 'done' });
    t.strictSame(calls, [{ server: 'main', instance, tmuxId: '$1', text: 'secret', enter: true }]);

    const fail = (code: string) => ({ call: () => Promise.reject(new ProtocolFailure(code, 'm')) });
    t.match(
      await operating(running, fail('no-answer')).operator.send(
        'bot',
        { text: 'x', enter: false },
        by,
      ),
      {
        ...{ outcome: 'lost', message: 'm' },
      },
    );
    await t.rejects(
      operating(running, fail('no-link')).operator.send('bot', { text: 'x', enter: false }, by),
      {
        ...{ code: 'no-link', message: 'm' },
      },
    );
  },
);
