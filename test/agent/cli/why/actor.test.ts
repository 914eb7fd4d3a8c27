import t from 'tap';
import { actorLines } from '../../../../agent/cli/why/actor.ts';
import { everything, layouts } from '../../../../agent/cli/why/layout.ts';
import type { Actor, Confidence } from '../../../../agent/model/events/incident.ts';
import { terminalOfSize } from '../golden.ts';
import { actorOf } from './sample-actor.ts';

const lines = (
  actor: Actor | null | undefined,
  confidence: Confidence = 'certain',
  layout = layouts[0],
): string[] => {
  const said = actor === undefined ? { confidence } : { actor, confidence };
  return actorLines(said, 80, layout, terminalOfSize(80));
};

t.test('who did it, as whom, and what ran it', async (t) => {
  t.same(lines(actorOf()), [
    'Done by pkill (pid 4711), as deploy (uid 1000)',
    '  command       /usr/bin/pkill -9 -f mux',
    '  run by        cron.service > sh -c … > cleanup.sh > pkill -9 -f mux',
  ]);
  t.match(lines(actorOf({ session: 'web' }))[0], /as deploy \(uid 1000\), from session web$/);
  t.match(lines(actorOf({ user: null }))[0], /as uid 1000$/);
  t.match(lines(actorOf({ uid: null }))[0], /as deploy$/);
});

t.test('what was not seen of it is said', async (t) => {
  const gone = { cmdline: null, uid: null, user: null, unit: null, session: null, ancestry: [] };
  const said = [
    'Done by pkill (pid 4711), as a user not known',
    '  command       pkill, whose command line was not seen',
  ];
  t.same(lines(actorOf(gone)), [...said, '  run by        not known']);
  t.same(lines(actorOf(gone), 'certain', everything), [
    ...said,
    ...['  unit          not known', '  run by        not known'],
  ]);
});

t.test('a process without a name', async (t) => {
  const parent = { pid: 2, comm: '\x1b[2J', cmdline: null };
  const nameless = actorOf({ comm: '', cmdline: '', ancestry: [parent] });
  t.same(lines(nameless, 'certain', everything), [
    'Done by a process without a name (pid 4711), as deploy (uid 1000)',
    '  command       a process without a name, whose command line was not seen',
    '  unit          cron.service',
    '  run by        pid 2 a process without a name: a process without a name, whose',
    '                command line was not seen',
  ]);
  t.equal(lines(nameless)[2], '  run by        cron.service > ? > ?');
});

t.test('it says no more than the verdict', async (t) => {
  t.match(lines(actorOf(), 'likely')[0], /^Likely done by pkill/);
  t.match(lines(actorOf(), 'possible')[0], /^Possibly done by pkill/);
  t.match(lines(actorOf(), 'of a newer release' as Confidence)[0], /^Possibly done by pkill/);
});

t.test('nobody, and a verdict of an older release', async (t) => {
  t.same(lines(null), []);
  t.same(lines(undefined), []);
});

t.test('the whole ancestry, nearest first', async (t) => {
  t.same(lines(actorOf(), 'certain', everything).slice(2), [
    '  unit          cron.service',
    '  run by        pid 4710 cleanup.sh: /bin/sh /opt/jobs/cleanup.sh --tmp',
    '  run by that   pid 4709 sh: /bin/sh -c /opt/jobs/cleanup.sh --tmp >/dev/null',
    '                2>&1',
    '  run by that   pid 4708 cron: /usr/sbin/CRON -f',
    '  run by that   pid 600 cron: /usr/sbin/cron -f',
    '  run by that   pid 1 systemd: /sbin/init',
  ]);
});
