import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { createEndings } from '../../../agent/act/await-ends.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { bot, numbered, started, work } from '../model/sample.ts';
import { died, ended } from '../model/sample-events.ts';

/** Endings of `bot` and `work`, what was answered so far, and time that only the test moves. */
const waiting = (t: Test, live: string[] = [bot.life, work.life]) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => mock.timers.reset());
  const endings = createEndings((life) => live.includes(life));
  const answers: string[] = [];
  const until = (name: string, life: string, limitMs = 5000): void => {
    endings.until(life, limitMs).then((ended) => answers.push(`${name} ${ended}`));
  };
  const take = (...events: NewEvent[]) => endings.take(numbered(events));
  const answered = async (): Promise<string[]> => {
    await new Promise(setImmediate);
    return answers;
  };
  return { until, take, answered };
};

t.test('what lives no more has ended', async (t) => {
  const { until, answered } = waiting(t, []);
  until('one', bot.life);
  t.strictSame(await answered(), ['one true']);
});

t.test('an end or a death answers all who wait for that life, and nobody else', async (t) => {
  const { until, take, answered } = waiting(t);
  until('one', bot.life);
  until('two', bot.life);
  until('other', work.life);
  take(started(bot));
  t.strictSame(await answered(), [], 'a beginning is no end');
  take(ended(bot));
  t.strictSame(await answered(), ['one true', 'two true']);
  take(started(bot), died(work));
  t.strictSame(await answered(), ['one true', 'two true', 'other true']);
});

t.test('who has waited long enough is told that it goes on', async (t) => {
  const { until, take, answered } = waiting(t);
  until('short', bot.life, 1000);
  until('long', bot.life, 2000);
  mock.timers.tick(999);
  t.strictSame(await answered(), []);
  mock.timers.tick(1);
  t.strictSame(await answered(), ['short false']);
  take(ended(bot));
  mock.timers.tick(5000);
  t.strictSame(await answered(), ['short false', 'long true']);
});
