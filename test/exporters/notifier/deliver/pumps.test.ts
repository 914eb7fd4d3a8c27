import t from 'tap';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import type { Listener } from '../../../../exporters/notifier/classify/route.ts';
import { createPumps } from '../../../../exporters/notifier/deliver/pumps.ts';
import { Tale } from '../classify/sample-events.ts';
import { hook, phone, rigFor } from '../sample-desk.ts';

const channelOf = (name: string, deliver: Channel['deliver']): Channel => ({
  ...{ name, audience: 'programs', paceMs: 0, deliver },
});

const noDisk = { onTrouble: () => undefined, onTroubleOver: () => undefined };

const listening = (channels: readonly Channel[]): Listener[] =>
  channels.map(({ name, audience }) => ({ name, audience, minSeverity: 'warning' }));

const accepted: Outcome = { kind: 'accepted', receipt: null, detail: '' };

t.test('a channel that is added is told while one that left still ends', async (t) => {
  const rig = rigFor(t, { listeners: [] });
  const told: string[] = [];
  const slow = Promise.withResolvers<Outcome>();
  const arrived = Promise.withResolvers<void>();
  const pumps = createPumps({
    ...{
      outbox: rig.outbox,
      now: () => rig.clock.now,
      steady: () => rig.clock.now,
      random: () => 0,
    },
    ...{ onSuppressed: () => undefined, onSettled: () => undefined },
    ...{ onTrouble: () => undefined, onTroubleOver: () => undefined },
    ...{ onRefused: () => undefined, disk: noDisk },
  });
  t.teardown(() => pumps.stop());
  const busy = Promise.withResolvers<void>();
  const old = channelOf(hook.name, async () => {
    busy.resolve();
    return slow.promise;
  });
  await pumps.set([old]);
  rig.current.listeners = listening(pumps.wanted());
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
  t.same(pumps.wanted(), [added]);
  rig.current.listeners = listening(pumps.wanted());
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

t.test('how many channels of people there are, and how many only a person can mend', async (t) => {
  const { outbox } = rigFor(t, { listeners: [] });
  const ports = { outbox, now: () => 0, steady: () => 0, random: () => 0 };
  const heard = Promise.withResolvers<void>();
  const pumps = createPumps({
    ...ports,
    ...{ onSuppressed: () => undefined, onSettled: () => undefined },
    ...{ onTrouble: () => heard.resolve(), onTroubleOver: () => undefined },
    ...{ onRefused: () => undefined, disk: noDisk },
  });
  t.teardown(() => pumps.stop());
  const deliver = async () => accepted;
  const broken = { code: 'no-credential', message: 'there is none' };
  await pumps.set([
    channelOf(hook.name, deliver),
    { ...channelOf(phone.name, deliver), audience: 'people' },
    { ...channelOf('ntfy:n', deliver), audience: 'people', broken },
  ]);
  await heard.promise;
  await new Promise((resolve) => setImmediate(resolve));
  t.same(pumps.people(), { people: 2, failed: 1 });
});
