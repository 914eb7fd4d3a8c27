import t from 'tap';
import { whyPage } from '../../../../../exporters/notifier/telegram/command/why-page.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import { deathOf, reportOf } from '../../../../agent/cli/sample.ts';

t.test('the name of a session is no word of ours', async (t) => {
  const session = 'web is called 🟢 Resolved · api is back now';
  const report = reportOf([deathOf(session, { others: [] })]);
  const [first = ''] = htmlOf(whyPage(report, null, Date.now())).split('\n');
  t.ok(first.startsWith(`<code>${session}</code><b> died: `), first);
});
