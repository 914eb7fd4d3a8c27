import t from 'tap';
import { createScreenMatching } from '../../../../agent/act/health/screen-matching.ts';
import type { LifeSample } from '../../../../agent/model/samples.ts';
import { bot } from '../../model/sample.ts';

const life = { ...bot, supervisedSince: 0 };
const sample = {
  panes: new Map([
    [bot.panes[0]?.id, { screen: { text: 'a login expired', shown: 1, takenAt: 0 } }],
  ]),
} as unknown as LifeSample;

t.test('matching takes so much of a second, and goes on in the next', async (t) => {
  const clock = { ms: 0 };
  // Each pattern takes 30 ms.
  const screens = createScreenMatching(() => {
    clock.ms += 30;
    return clock.ms;
  });
  const ask = (patterns: readonly string[]): boolean[] => {
    const has = screens.of(life, sample, { lines: 24 } as never);
    return patterns.map((pattern) => has?.(pattern) ?? false);
  };
  t.strictSame(ask(['login', 'gone', 'expired']), [true, false, false]);
  t.ok(screens.isLate(), 'the third was not matched');
  t.strictSame(ask(['login', 'gone']), [true, false], 'what was found is kept');
  t.notOk(screens.isLate());
  screens.begin();
  t.strictSame(ask(['login', 'gone', 'expired']), [true, false, true]);
  t.notOk(screens.isLate());
});
