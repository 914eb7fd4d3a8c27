import t from 'tap';
import { Departures } from '../../../exporters/prometheus/departures.ts';
import type { Status } from '../../../exporters/prometheus/state/document.ts';
import { aDocument, aSession, manySessions } from './document.ts';

const named = (...names: string[]): Status =>
  aDocument({ sessions: names.map((session) => aSession({ session })) });

const grace = 1000;

t.test('who left is remembered for the grace time, and no longer', async (t) => {
  const departures = new Departures(grace);
  const at = (document: Status | null, now: number): string[] =>
    departures.observe(document, now).map(({ session }) => session);
  t.strictSame(at(named('a', 'b', 'c'), 0), []);
  const without = named('c');
  t.strictSame(at(without, 10), ['a', 'b']);
  t.strictSame(at(without, 10 + grace), ['a', 'b']);
  t.strictSame(at(named('b', 'c'), 10 + grace), ['a'], 'one is back');
  t.strictSame(at(null, 10 + grace), ['a'], 'nothing is learnt without a document');
  t.strictSame(at(named('b'), 11 + grace), ['c'], 'one left later, one is forgotten');
  t.strictSame(at(null, 12 + 2 * grace), []);
});

t.test('it is shown as an undeclared session that ended', async (t) => {
  const departures = new Departures(grace);
  departures.observe(named('a'), 0);
  t.match(departures.observe(named(), 7), [
    { session: 'a', declared: false, status: 'stopped', endedAt: 7 },
  ]);
});

t.test('the same name on another server is another session', async (t) => {
  const departures = new Departures(grace);
  departures.observe(aDocument({ sessions: [aSession(), aSession({ server: 'old' })] }), 0);
  const left = departures.observe(aDocument({ sessions: [aSession()] }), 1);
  t.match(left, [{ server: 'old' }]);
  t.equal(left.length, 1);
});

t.test('the memory is bounded', async (t) => {
  const departures = new Departures(grace);
  departures.observe(aDocument({ sessions: manySessions(3000) }), 0);
  const left = departures.observe(aDocument({ sessions: [] }), 1);
  t.equal(left.length, 1000);
  t.equal(left.at(-1)?.session, 'session-2999', 'the oldest are forgotten');
});
