import t from 'tap';
import { createNotifierSeat } from '../../../agent/api/notifier-seat.ts';
import { aNotifier } from '../../exporters/prometheus/document.ts';

const peerNamed = (name: string) => {
  const calls: unknown[] = [];
  const peer = {
    isGone: false,
    calls,
    call: async (method: string, params: unknown) => {
      calls.push([method, params]);
      return { alerts: [name] };
    },
    gone: (): boolean => peer.isGone,
  };
  return peer;
};

t.test('nobody is asked where nobody attached', async (t) => {
  const seat = createNotifierSeat(() => 7);
  await t.rejects(seat.pass('pairing.begin', {}), {
    ...{ name: 'RequestFailure', code: 'no-notifier', retryable: true },
  });
  t.equal(seat.status(), null);
});

t.test('the last to come is asked, and nobody when it went', async (t) => {
  const seat = createNotifierSeat(() => 7);
  const [first, second] = [peerNamed('first'), peerNamed('second')];
  seat.attach(first);
  t.strictSame(await seat.pass('alerts.list', { limit: 3 }), { alerts: ['first'] });
  t.strictSame(first.calls, [['alerts.list', { limit: 3 }]]);
  seat.attach(second);
  first.isGone = true;
  t.strictSame(await seat.pass('alerts.list', { limit: 3 }), { alerts: ['second'] });
  second.isGone = true;
  await t.rejects(seat.pass('alerts.list', { limit: 3 }), { code: 'no-notifier' });
});

t.test('what it says of itself stays, with the time at which it was heard', async (t) => {
  let now = 100;
  const seat = createNotifierSeat(() => now);
  const peer = peerNamed('x');
  seat.attach(peer);
  seat.report(aNotifier({ reportedAt: 1e15, cursor: 5 }));
  now = 900;
  peer.isGone = true;
  t.match(seat.status(), { cursor: 5, reportedAt: 100 });
});
