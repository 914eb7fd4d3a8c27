import t from 'tap';
import { withTimeLimit } from '../../../../../exporters/notifier/telegram/bot/time-limit.ts';

t.test('an agent that never answers has not answered in time', async (t) => {
  const silent = withTimeLimit({ call: () => new Promise<never>(() => undefined) }, 30);
  await t.rejects(silent.call('status', {}), { code: 'no-answer' });
  const quick = withTimeLimit({ call: async () => ({ version: '1' }) as never }, 30);
  t.match(await quick.call('version', {}), { version: '1' });
});
