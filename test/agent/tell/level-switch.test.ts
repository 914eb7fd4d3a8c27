import t from 'tap';
import { createLevelSwitch } from '../../../agent/tell/level-switch.ts';
import { createProcessLog } from '../../../agent/tell/process-log.ts';

const switchOf = () =>
  createLevelSwitch(
    createProcessLog({ level: 'info', sessionLevels: {}, redact: (text) => text, fd: 2 }),
  );

t.test('the configuration sets levels, an operator changes them', async (t) => {
  const levels = switchOf();
  levels.apply({ level: 'warn', sessions: { web: 'debug' } });
  t.strictSame(levels.set({}), { level: 'warn', sessions: { web: 'debug' } });
  t.match(levels.set({ level: 'trace', session: 'bot' }), { sessions: { bot: 'trace' } });
  t.throws(() => levels.set({ level: 'loud' }), { code: 'unknown-level' });
  levels.apply({ level: 'warn', sessions: {} });
  t.strictSame(levels.set({}), { level: 'warn', sessions: { bot: 'trace' } });
});

t.test('there is an end to the sessions that have a level of their own', async (t) => {
  const levels = switchOf();
  for (let n = 0; n < 1000; n += 1) levels.set({ level: 'debug', session: `session-${n}` });
  t.throws(() => levels.set({ level: 'debug', session: 'one-more' }), { code: 'too-many-levels' });
  t.match(levels.set({ level: 'warn', session: 'session-7' }), {
    sessions: { 'session-7': 'warn' },
  });
  t.match(levels.set({ level: 'error' }), { level: 'error' });
});
