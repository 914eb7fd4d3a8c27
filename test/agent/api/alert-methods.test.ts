import t from 'tap';
import { alertMethods } from '../../../agent/api/alert-methods.ts';
import { alertSettings } from '../../../agent/api/alert-settings.ts';
import { createNotifierSeat } from '../../../agent/api/notifier-seat.ts';
import { aNotifier } from '../../exporters/prometheus/document.ts';
import { config } from '../act/sample-hands.ts';
import { nobody } from '../model/sample.ts';

const day = 86_400_000;
const now = 40 * day;
const remote = { channel: 'telegram', user: '7', name: 'Ada' } as const;
const by = { ...nobody, remote };

const mayAll = (): boolean => true;

const methodsUpon = () => {
  const asked: unknown[] = [];
  const recorded: unknown[] = [];
  const told =
    (name: string) =>
    (...params: unknown[]): never => {
      asked.push([name, ...params]);
      return {} as never;
    };
  const notifier = createNotifierSeat(() => now);
  const methods = alertMethods({
    attention: {
      ...{ acknowledge: told('acknowledge'), silence: told('silence') },
      unsilence: told('unsilence'),
    },
    notifier,
    record: (events) => void recorded.push(...events),
    settings: () => alertSettings(config, 'vps'),
    mayAll,
    now: () => now,
  });
  return { methods, notifier, asked, recorded };
};

t.test('what people say is done for who asked, and for nothing else that was given', async (t) => {
  const { methods, asked } = methodsUpon();
  await methods['alert.acknowledge']({ incident: 'i1', remote }, by);
  await methods['alert.silence']({ session: 'bot', forMs: 60_000, reason: 'x', remote }, by);
  await methods['alert.unsilence']({ silence: 's1', remote }, by);
  t.strictSame(asked, [
    ['acknowledge', 'i1', by],
    ['silence', { session: 'bot', forMs: 60_000, reason: 'x' }, by, mayAll],
    ['unsilence', 's1', by],
  ]);
});

t.test(
  'what the notifier says is recorded as it was, and never of the future or of long ago',
  async (t) => {
    const { methods, recorded } = methodsUpon();
    const trace = 'a'.repeat(32);
    const past = { at: 10 * day, type: 'remote.paired' as const, trace, data: { remote } };
    t.strictSame(
      await methods['notifier.record'](
        { events: [past, { ...past, at: now + 1 }, { ...past, at: 10 * day - 1 }] },
        nobody,
      ),
      {},
    );
    t.strictSame(recorded, [past, { ...past, at: now }, past]);
  },
);

t.test('what it works by: alerts, and how much each session matters', async (t) => {
  const { methods } = methodsUpon();
  t.strictSame(await methods['alert.settings']({}, nobody), {
    alerts: config.alerts,
    sessions: {
      bot: { importance: 'normal', restart: true },
      web: { importance: 'normal', restart: true },
    },
    host: 'vps',
  });
  const { bot } = config.sessions;
  const more = { ...config, sessions: bot ? { bot: { ...bot, importance: 'high' as const } } : {} };
  t.match(alertSettings(more, 'vps').sessions, { bot: { importance: 'high' } });
});

t.test('what only the notifier knows is asked of it', async (t) => {
  const { methods, notifier } = methodsUpon();
  const calls: unknown[] = [];
  const peer = {
    call: async (...call: unknown[]) => {
      calls.push(call);
      return { done: true };
    },
    gone: () => false,
  };
  await t.rejects(async () => methods['alerts.test']({}, nobody), { code: 'no-notifier' });
  t.strictSame(methods['notifier.attach']({}, peer), {});
  t.strictSame(await methods['notifier.report'](aNotifier(), nobody), {});
  t.equal(notifier.status()?.reportedAt, now);
  const answers = [
    await methods['alerts.list']({ limit: 5 }, nobody),
    await methods['alerts.test']({ channel: 'webhook:ops' }, nobody),
    await methods['pairing.begin']({}, nobody),
    await methods['pairing.list']({}, nobody),
    await methods['pairing.remove']({ user: '7' }, nobody),
  ];
  t.strictSame(answers, Array(5).fill({ done: true }));
  t.strictSame(calls, [
    ['alerts.list', { limit: 5 }],
    ['alerts.test', { channel: 'webhook:ops' }],
    ['pairing.begin', {}],
    ['pairing.list', {}],
    ['pairing.remove', { user: '7' }],
  ]);
});
