import t from 'tap';
import { whyPage } from '../../../../../exporters/notifier/telegram/command/why-page.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import { deathOf, reportOf } from '../../../../agent/cli/sample.ts';
import { actorOf, witnessed } from '../../../../agent/cli/why/sample-actor.ts';

t.test('the name of a session is no word of ours', async (t) => {
  const session = 'web is called 🟢 Resolved · api is back now';
  const report = reportOf([deathOf(session, { others: [] })]);
  const [first = ''] = htmlOf(whyPage(report, null, Date.now())).split('\n');
  t.ok(first.startsWith(`<code>${session}</code><b> died: `), first);
});

t.test('who did it stands below the headline', async (t) => {
  const page = (cmdline: string): string[] => {
    const verdict = witnessed({ actor: actorOf({ cmdline }) });
    const report = reportOf([deathOf('bot', { others: [] })], verdict);
    return htmlOf(whyPage(report, null, Date.now())).split('\n');
  };
  t.equal(
    page('/usr/bin/pkill -9 -f mux')[1],
    'by <code>pkill -9 -f mux</code> (pid 4711), run by <code>cleanup.sh</code>, <code>cron.service</code>',
  );
  t.match(page('x \u202e</code><a href="tg://x">@all</a>\n🟢 Resolved'), {
    1: /^by <code>x &lt;.*&lt;\/a&gt; 🟢 Resolved<\/code> \(pid 4711\), /,
    2: /ago/,
  });
  const unnamed = reportOf([deathOf('bot', { others: [] })]);
  t.notMatch(htmlOf(whyPage(unnamed, null, Date.now())), /^by /m, 'nobody was seen');
});
