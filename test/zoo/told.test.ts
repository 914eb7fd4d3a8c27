import t from 'tap';
import type { NewEvent } from '../../agent/model/event.ts';
import { born, bot, numbered, work } from '../agent/model/sample.ts';
import { died, ended, opened, verdict } from '../agent/model/sample-events.ts';
import { calledMeant, incidentsNaming, isEnd, verdictsOn } from './told.ts';

const reached = (incident: string, cause: 'signal' | 'unknown'): NewEvent => ({
  at: born,
  type: 'verdict.reached',
  data: { incident, verdict: verdict(cause) },
});

const events = numbered([
  opened('first', ['bot']),
  died(bot),
  opened('other', ['somebody']),
  reached('first', 'unknown'),
  ended(work),
  reached('first', 'signal'),
  opened('second', ['bot', 'work']),
]);

t.test('which incidents name a session, in their order', async (t) => {
  t.same(incidentsNaming(events, ['bot']), ['first', 'second']);
  t.same(incidentsNaming(events, ['work', 'nobody']), ['second']);
  t.same(incidentsNaming(events, []), []);
});

t.test('what was said of an incident, from the beginning or from an event on', async (t) => {
  const causes = (after?: number) => verdictsOn(events, 'first', after).map(({ cause }) => cause);
  t.same(causes(), ['unknown', 'signal']);
  t.same(causes(events[4]?.seq), ['signal']);
  t.same(verdictsOn(events, 'second'), []);
});

t.test('whose end was called meant', async (t) => {
  const ends = events.filter(isEnd);
  t.equal(ends.length, 2);
  t.match(calledMeant(ends), [/^work was taken for /]);
  t.equal(calledMeant(ends).length, 1);
});
