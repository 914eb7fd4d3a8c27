import { mock } from 'node:test';
import t, { type Test } from 'tap';
import { createEndings, createOutcomes } from '../../../agent/act/await-ends.ts';
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

t.test('what ended while we had to wait for our turn did end', async (t) => {
  const { until, take, answered } = waiting(t);
  until('one', bot.life, 1000);
  mock.timers.tick(1000);
  take(ended(bot));
  t.strictSame(await answered(), ['one true']);
});

t.test('an action under way is waited for, however it goes', async (t) => {
  const pending = new Set(['a1', 'a2', 'a3']);
  const outcomes = createOutcomes((action) => pending.has(action));
  t.equal(await outcomes.until('a9', 5000), true, 'one that is settled');
  const waits = Promise.all(['a1', 'a2', 'a3'].map((action) => outcomes.until(action, 5000)));
  const about = { at: 0, settled: 'reported', code: '', message: '', why: '' };
  const of = (type: string, action: string) =>
    ({ at: 0, type, data: { ...about, action } }) as NewEvent;
  outcomes.take(numbered([of('action.done', 'a1'), of('action.failed', 'a2'), started(bot)]));
  outcomes.take(numbered([of('action.lost', 'a3')]));
  t.strictSame(await waits, [true, true, true]);
});
