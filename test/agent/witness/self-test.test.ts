import t, { type Test } from 'tap';
import { createSelfTest, type SelfTestOptions } from '../../../agent/witness/self-test.ts';
import { record, signalRecord } from './samples.ts';

const pid = process.pid;
const SIGCONT = 18;

const start = (t: Test, more: SelfTestOptions = {}) => {
  const test = createSelfTest({ limit: 30, everyMs: 60_000, ...more });
  t.teardown(test.stop);
  return test;
};

t.test('it sees itself', async (t) => {
  const test = start(t, { limit: 60_000 });
  t.match(test.blind(), /records no signals/, 'before the first look');
  const running = test.run();
  t.equal(test.recognise(signalRecord(pid, pid, SIGCONT)), true);
  await running;
  t.equal(test.blind(), null);
});

t.test('nothing comes', async (t) => {
  const test = start(t);
  await test.run();
  t.match(test.blind(), /records no signals/);
});

t.test('it is called by another number', async (t) => {
  const test = start(t);
  const running = test.run();
  t.equal(test.recognise(signalRecord(1, 1, SIGCONT)), false, 'the record may be of somebody');
  await running;
  t.match(test.blind(), /numbers? processes differently/);
});

t.test('somebody else does the same meanwhile', async (t) => {
  const test = start(t, { limit: 60_000 });
  const running = test.run();
  test.recognise(signalRecord(pid + 1, pid + 1, SIGCONT));
  test.recognise(signalRecord(pid, pid, SIGCONT));
  await running;
  t.equal(test.blind(), null);
});

t.test('other signals are no answer', async (t) => {
  const test = start(t);
  const running = test.run();
  const others = [
    signalRecord(pid, pid, 9),
    signalRecord(pid, pid + 1, SIGCONT),
    signalRecord(pid + 1, pid, SIGCONT),
    record(pid, 'mark_victim', `pid=${pid}`),
    record(pid, 'signal_generate', 'garbage'),
  ];
  for (const one of others) t.equal(test.recognise(one), false);
  await running;
  t.match(test.blind(), /records no signals/);
});

t.test('sight that comes back is told, and comes by itself', async (t) => {
  let times = 0;
  const again = Promise.withResolvers<void>();
  const test = start(t, { everyMs: 10, onSight: () => (times += 1) });
  const running = test.run();
  test.recognise(signalRecord(pid, pid, SIGCONT));
  await running;
  t.equal(times, 0, 'the first sight is none that comes back');
  const look = setInterval(() => {
    if (test.blind() !== null) again.resolve();
  }, 1);
  await again.promise;
  clearInterval(look);
  test.recognise(signalRecord(pid, pid, SIGCONT));
  t.equal(times, 1);
  t.equal(test.blind(), null);
});
