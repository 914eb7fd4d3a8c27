import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Event, EventOf, EventType } from '../../agent/model/event.ts';
import { type Rig, startRig } from './rig.ts';

const bot = join(import.meta.dirname, 'login-bot.cjs');

/** @param lastsMs how long the first login of its bot lasts */
const rigWith = (t: Test, lastsMs: number, refresh: string): Promise<Rig> =>
  startRig(t, {
    config: `sessions:
  bot:
    command: exec ${process.execPath} ${bot} HOME/run/heartbeat.sock ${lastsMs} HOME
    cwd: HOME
    refresh: {maxAge: never, quiet: 0s, ${refresh}}
`,
  });

const next = <T extends EventType>(
  rig: Rig,
  type: T,
  where: (data: EventOf<T>['data']) => boolean = () => true,
): Promise<EventOf<T>> =>
  rig.until(type, (events: Event[]) =>
    events.findLast(
      (event): event is EventOf<T> & Event =>
        event.type === type && where((event as EventOf<T>).data),
    ),
  ) as Promise<EventOf<T>>;

/** The bot has said what its login is, and its start is over. */
const settled = async (rig: Rig): Promise<void> => {
  await next(rig, 'bot.session_changed');
  // Not any action: its server was started before it.
  const { data } = await next(rig, 'action.requested', ({ kind }) => kind === 'session.create');
  await next(rig, 'action.done', ({ action }) => action === data.action);
};

t.test(
  'a login that runs out is renewed by starting the session anew, before it does',
  async (t) => {
    const rig = await rigWith(t, 24_000, 'timeout: 12s');
    const [first] = await rig.up('bot');
    const started = await next(rig, 'refresh.started');
    t.match(started.data, {
      session: 'bot',
      way: 'restart',
      reason: 'expiry',
      login: { by: 'bot' },
    });
    t.ok(started.at < Number(started.data.login.expiresAt), 'before it ran out');
    const done = await next(rig, 'refresh.done');
    t.equal(done.data.refresh, started.data.refresh);
    t.not(done.data.life, first);
    const types = (await rig.events()).map(({ type }) => type);
    t.notOk(types.includes('session.died'), 'nobody died of it');
    t.match(await next(rig, 'session.ended'), { data: { reason: 'replaced' } });
    const request = (await rig.events()).findLast(({ type }) => type === 'action.requested');
    t.match(request?.data, { kind: 'session.create', reason: 'refresh' });
  },
);

t.test('a command renews it, with what the bot says as the proof', async (t) => {
  const rig = await rigWith(t, 20_000, 'timeout: 10s, how: {command: "touch HOME/renew"}');
  const [first] = await rig.up('bot');
  const started = await next(rig, 'refresh.started');
  t.match(started.data, { way: 'command', reason: 'expiry', life: first });
  const done = await next(rig, 'refresh.done');
  t.match(done.data, { refresh: started.data.refresh, life: first });
  const { sessions } = await rig.client.call('status', {});
  t.match(sessions.find(({ session }) => session === 'bot')?.refresh, {
    ...{ login: { by: 'bot' }, last: { outcome: 'done', way: 'command' }, counts: { done: 1 } },
    lasted: { renewed: { count: 1 } },
  });
});

t.test('a signal renews it, when somebody asks', async (t) => {
  const rig = await rigWith(t, 3_600_000, 'timeout: 30s, how: {signal: USR1}');
  const [first] = await rig.up('bot');
  await settled(rig);
  const { refresh } = await rig.client.call('session.refresh', { session: 'bot' });
  const done = await next(rig, 'refresh.done');
  t.match(done.data, { refresh, life: first });
  const { data } = await next(rig, 'refresh.started');
  t.match(data, { way: 'signal', reason: 'operator', by: { uid: process.getuid?.() } });
});

t.test('one that does not work is tried so often, and then that is said', async (t) => {
  const limits = 'timeout: 8s, maxAttempts: 2, window: 1h, firstWait: 1s';
  const rig = await rigWith(t, 4000, `${limits}, how: {command: "echo no; exit 3"}`);
  const [first] = await rig.up('bot');
  const failed = await next(rig, 'refresh.failed');
  t.match(failed.data, { code: 'action-failed', message: 'exit status 3: no' });
  const held = await next(rig, 'refresh.held');
  t.match(held.data, { session: 'bot', reason: 'gave-up', refresh: null });
  const tries = (await rig.events()).filter(({ type }) => type === 'refresh.started');
  t.equal(tries.length, 2);
  t.same(await rig.up('bot'), [first], 'the session goes on');
});

t.test(
  'one that nothing is heard of has failed when its time is up, and is not repeated by the next agent',
  async (t) => {
    const rig = await rigWith(t, 3_600_000, 'timeout: 4s, maxAttempts: 1, how: {signal: USR1}');
    await rig.up('bot');
    await settled(rig);
    writeFileSync(join(rig.home, 'deaf'), '');
    const { refresh } = await rig.client.call('session.refresh', { session: 'bot' });
    await next(rig, 'action.requested', ({ kind }) => kind === 'signal.send');
    await rig.agent.kill('SIGKILL');
    await rig.startAgent();
    const failed = await next(rig, 'refresh.failed');
    t.match(failed.data, { refresh, code: 'timed-out' });
    const asked = (await rig.events()).filter(
      ({ type, data }) =>
        type === 'action.requested' && (data as { kind: string }).kind === 'signal.send',
    );
    t.equal(asked.length, 1);
  },
);

t.test('one that comes back and needs a person is left alone', async (t) => {
  const rig = await rigWith(t, 3_600_000, 'timeout: 12s');
  await rig.up('bot');
  await settled(rig);
  writeFileSync(join(rig.home, 'needs'), '');
  const { refresh } = await rig.client.call('session.refresh', { session: 'bot' });
  const held = await next(rig, 'refresh.held');
  t.match(held.data, { refresh, reason: 'needs-person' });
  await t.rejects(rig.client.call('session.refresh', { session: 'bot' }), {
    code: 'needs-person',
  });
});
