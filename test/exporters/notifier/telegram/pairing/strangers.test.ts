import t from 'tap';
import { createStrangers } from '../../../../../exporters/notifier/telegram/pairing/strangers.ts';

t.test('any number of strangers is counted in bounded memory', async (t) => {
  let now = 1_000_000;
  const strangers = createStrangers(() => now);
  let told = 0;
  for (let i = 0; i < 10_000; i += 1) if (strangers.take(String(i))) told += 1;
  t.equal(strangers.count, 10_000);
  t.equal(told, 60, 'the log is not theirs to fill');
  now += 61 * 60_000;
  t.ok(strangers.take('5'));
  t.notOk(strangers.take('5'));
});
