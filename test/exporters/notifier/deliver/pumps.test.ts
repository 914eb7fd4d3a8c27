import t from 'tap';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import { createPumps, minSeverityOf } from '../../../../exporters/notifier/deliver/pumps.ts';
import { settings, settingsWith, Tale } from '../classify/sample-events.ts';
import { hook, phone, rigFor } from '../sample-desk.ts';

const channelOf = (name: string, deliver: Channel['deliver']): Channel => ({
  ...{ name, audience: 'programs', paceMs: 0, deliver },
});

const accepted: Outcome = { kind: 'accepted', receipt: null, detail: '' };

t.test('from which severity on a channel is told', async (t) => {
  const { alerts } = settingsWith({
    alerts: {
      webhooks: {
        'a:b': { url: '', urlCredential: null, secretCredential: null, minSeverity: 'info' },
      },
      ntfy: { n: { url: '', urlCredential: null, tokenCredential: null, minSeverity: 'error' } },
      commands: { c: { command: '', minSeverity: 'critical' } },
    },
  });
  const names = ['webhook:a:b', 'ntfy:n', 'command:c', 'telegram:1', 'webhook:gone'];
  t.same(
    names.map((name) => minSeverityOf(name, alerts)),
    ['info', 'error', 'critical', 'warning', 'warning'],
  );
});

t.test('a channel that is added is told while one that left still ends', async (t) => {
  const rig = rigFor(t, { listeners: [] });
  const told: string[] = [];
  const slow = Promise.withResolvers<Outcome>();
  const arrived = Promise.withResolvers<void>();
  const pumps = createPumps(
    {
      ...{
        outbox: rig.outbox,
        now: () => rig.clock.now,
        steady: () => rig.clock.now,
        random: () => 0,
      },
      ...{ onSuppressed: () => undefined, onSettled: () => undefined },
      ...{ onTrouble: () => undefined, onTroubleOver: () => undefined },
    },
    () => settings.alerts,
  );
  t.teardown(() => pumps.stop());
  const busy = Promise.withResolvers<void>();
  const old = channelOf(hook.name, async () => {
    busy.resolve();
    return slow.promise;
  });
  await pumps.set([old]);
  rig.current.listeners = pumps.listeners();
  const tale = new Tale();
  rig.desk.take(tale.died(['a']));
  pumps.wake();
  await busy.promise;
  const added = channelOf(phone.name, async (card) => {
    told.push(card.sessions.join());
    arrived.resolve();
    return accepted;
  });
  const changed = pumps.set([added]);
  t.same(pumps.listeners(), [{ name: phone.name, kind: 'programs', minSeverity: 'warning' }]);
  rig.current.listeners = pumps.listeners();
  rig.desk.take(tale.died(['b']));
  slow.resolve(accepted);
  await changed;
  await arrived.promise;
  t.same(told, ['b'], 'and not of what began before');
  t.same(
    pumps.channels().map(({ name }) => name),
    [phone.name],
  );
  t.same(rig.standing(hook)[0], 'sent');
});
