import t from 'tap';
import { handedOn, signalName, signalNumber } from '../../../agent/explain/signals.ts';

t.test('signals have their names', async (t) => {
  t.equal(signalName(1), 'SIGHUP');
  t.equal(signalName(15), 'SIGTERM');
  t.equal(signalName(64), 'signal 64');
  t.equal(signalNumber('SIGKILL'), 9);
  t.equal(signalNumber('toString'), null);
});

t.test('a shell hands on a signal as its status', async (t) => {
  t.equal(handedOn(137), 9);
  t.equal(handedOn(128), null);
  t.equal(handedOn(null), null);
});
