import t from 'tap';
import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { explain } from '../../../../agent/explain/explain.ts';
import type { ExitStatus } from '../../../../agent/model/events/death.ts';
import { death, evidence, signal, status } from '../sample-death.ts';
import { atSecond } from '../witnessed/read-trace.ts';
import { stopOfWeb } from '../written/stop-of-web.ts';
import * as written from '../written/written.ts';

const found = atSecond(100);
const of = (changes: Partial<Evidence>, exit: ExitStatus = signal(9)): Evidence =>
  evidence({
    deaths: [death({ found, lastSeen: found - 900, exit: { ...exit, at: found } })],
    ...changes,
  });

const texts = (given: Evidence) => (explain(given).preceded ?? []).map(({ text }) => text);

t.test('what was done in the minute before stands beside what led to it', async (t) => {
  const facts = [
    written.sudo(30, '/bin/too-early'),
    written.packages(20, null),
    ...[60, 70, 80, 90, 99].map((at) => written.sudo(at, `/bin/at-${at}`)),
    written.loginRemoved(99.5, '3'),
    written.sudo(100.5, '/bin/too-late'),
    written.stopping(99, 'web.service'),
  ];
  t.strictSame(texts(of({ facts })), [
    'uid 1000 ran at-70 as root',
    'uid 1000 ran at-80 as root',
    'uid 1000 ran at-90 as root',
    'uid 1000 ran at-99 as root',
    'Removed session 3.',
  ]);
  t.match(explain(of({ facts })).preceded?.at(-1), { source: 'logind' });
  t.strictSame(
    explain(of({ facts })).evidence.map(({ text }) => text),
    ['bot: its last program was ended by SIGKILL', 'pane-signal'],
  );
});

t.test('a whole command is shown only of who asked for the end', async (t) => {
  const facts = [
    written.sudo(99, '/usr/bin/systemctl stop web'),
    written.sudo(99.2, '/usr/bin/mysql --execute hunter2'),
    written.sudo(99.3, '/usr/bin/systemctl stop hunter2'),
    written.stopping(99.5, 'web.service'),
  ];
  t.strictSame(
    explain(stopOfWeb(facts))
      .evidence.map(({ text }) => text)
      .filter((text) => text.startsWith('uid ')),
    ['uid 1000 ran as root: /usr/bin/systemctl stop web'],
  );
  t.strictSame(texts(stopOfWeb(facts)), [
    'uid 1000 ran mysql as root',
    'uid 1000 ran systemctl stop as root',
  ]);
  t.notMatch(JSON.stringify(explain(stopOfWeb(facts))), /hunter2/);
});

t.test('a run of packages that goes on is of that time, one that was over is not', async (t) => {
  t.match(texts(of({ facts: [written.packages(10, null)] })), [/^apt changed/]);
  t.match(texts(of({ facts: [written.packages(10, 50)] })), [/^apt changed/]);
  t.strictSame(texts(of({ facts: [written.packages(10, 30)] })), []);
});

t.test('what could not be read matters where it is not certain', async (t) => {
  const unread = ['audit: no', 'oomd: no', 'logind: no', 'logins: no'];
  const testimony = { since: 0, lost: [], signals: [], ooms: [], clients: [] };
  const certain = of(
    { facts: [], unread, testimony: { ...testimony, method: 'probe' } },
    status(1),
  );
  t.equal(explain(certain).confidence, 'certain');
  t.strictSame(explain(certain).missing, []);
  const { missing, confidence } = explain(of({ facts: [], unread }, signal(11)));
  t.equal(confidence, 'possible');
  t.strictSame(missing.slice(1), [
    'what others wrote down: it could not be read: audit: no',
    'what others wrote down: it could not be read: oomd: no',
    'what others wrote down: it could not be read: logind: no',
  ]);
});
