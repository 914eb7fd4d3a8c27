import t from 'tap';
import type { UnitEvents } from '../../../../../agent/model/events/unit.ts';
import { unitsServer } from '../../../../../agent/model/unit-state.ts';
import { whyPage } from '../../../../../exporters/notifier/telegram/command/why-page.ts';
import { htmlOf } from '../../../../../exporters/notifier/telegram/format/html.ts';
import { deathOf, eventOf, reportOf } from '../../../../agent/cli/sample.ts';
import { actorOf, witnessed } from '../../../../agent/cli/why/sample-actor.ts';
import { patternOf } from '../../../../agent/cli/why/sample-pattern.ts';

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

t.test('how the same came about before, and the minute before', async (t) => {
  const at = Date.now();
  const preceded = ['apt ran', 'New session 3', '<b>sudo</b>'].map((text, i) => ({
    ...{ at: at + i, source: 'x', text },
  }));
  const report = reportOf([deathOf('bot', { others: [] })], witnessed({ preceded }));
  report.preceded = ['CPU pressure 45 %'];
  report.pattern = patternOf({ text: 'Third time in 6 days', prevention: 'systemctl cat <x>' });
  const page = htmlOf(whyPage(report, null, at));
  t.match(page, /^Third time in 6 days\n<i>To prevent it: <\/i>systemctl cat &lt;x&gt;$/m);
  t.match(
    page,
    /^<b>Just before<\/b>\n– CPU pressure 45 %\n– \S+ New session 3\n– \S+ <code>&lt;b&gt;/m,
  );
  t.notMatch(page, 'apt ran', 'the nearest two');
  report.pattern = patternOf({ prevention: null });
  t.notMatch(htmlOf(whyPage(report, null, at)), 'To prevent it');
});

t.test('of a calm minute, and by an agent of an older release, nothing is said', async (t) => {
  const calm = reportOf([deathOf('bot', { others: [] })]);
  const { preceded: _, pattern: __, ...older } = calm;
  const page = htmlOf(whyPage(calm, null, 0));
  t.notMatch(page, 'Just before');
  t.equal(htmlOf(whyPage(older as typeof calm, null, 0)), page);
});

t.test('a unit of systemd is told of by what is known of its end', async (t) => {
  const data: UnitEvents['unit.ended'] = {
    ...{ session: 'gate', server: unitsServer, unit: 'gate.service', life: 'unit:0' },
    ...{ how: 'died', result: 'signal', exit: { status: null, signal: 9 }, why: 'by SIGKILL' },
    ...{ next: 'restarting', action: null, ageMs: 60_000, lastSeen: 1 },
    death: {
      ...{ incident: '7', others: [], watched: 'live', usage: null, host: null, main: null },
      exitedAt: null,
    },
  };
  const known = reportOf([]);
  const incident = { ...known.incident, server: unitsServer, sessions: ['gate'] };
  const events = [eventOf(1, 'unit.ended', data)];
  const page = htmlOf(whyPage({ ...known, incident, events }, 'gate', 0));
  t.match(page, /^<code>gate<\/code>: lived 1m, killed by signal 9$/m);
  t.match(page, /Nothing: what becomes of a unit is its Restart=, and up to systemd\.$/);
  t.notMatch(page, /Last command/);
});
