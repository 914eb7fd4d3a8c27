import t from 'tap';
import { overAt } from '../../../agent/model/hours.ts';

const minutes = (time: string): number => {
  const [hours = 0, rest = 0] = time.split(':').map(Number);
  return hours * 60 + rest;
};

const until = (from: string, to: string, timezone: string | null, at: string): string | null => {
  const hours = { from: minutes(from), to: minutes(to), timezone };
  const end = overAt(hours, Date.parse(at));
  return end === null ? null : new Date(end).toISOString().slice(0, 16);
};

t.test('a whole day is never over', async (t) => {
  t.equal(until('07:00', '07:00', 'UTC', '2026-01-31T07:00Z'), null);
});

t.test('within a day', async (t) => {
  const at = (time: string) => until('12:00', '13:30', 'UTC', `2026-01-31T${time}Z`);
  t.equal(at('11:59:59'), null);
  t.equal(at('12:00:00'), '2026-01-31T13:30');
  t.equal(at('13:29:59'), '2026-01-31T13:30');
  t.equal(at('13:30:00'), null);
});

t.test('over midnight', async (t) => {
  const at = (time: string) => until('23:00', '07:00', 'UTC', time);
  t.equal(at('2026-01-31T22:59:59Z'), null);
  t.equal(at('2026-01-31T23:00Z'), '2026-02-01T07:00');
  t.equal(at('2026-02-01T00:00Z'), '2026-02-01T07:00');
  t.equal(at('2026-02-01T06:59:59Z'), '2026-02-01T07:00');
  t.equal(at('2026-02-01T07:00Z'), null);
});

t.test('by the clock of a place', async (t) => {
  const at = (zone: string) => until('23:00', '07:00', zone, '2026-01-31T22:30Z');
  t.equal(at('Europe/Berlin'), '2026-02-01T06:00');
  t.equal(at('Europe/London'), null);
  t.equal(at('Asia/Kolkata'), '2026-02-01T01:30');
  t.equal(at('Asia/Kathmandu'), '2026-02-01T01:15');
  t.equal(at('America/New_York'), null);
  t.not(until('00:00', '23:59', null, '2026-01-31T12:00Z'), undefined, 'that of the machine');
});

/** As the notifier does: when the end has come, it is asked again. */
const over = (zone: string, start: string): string => {
  let at = Date.parse(start);
  for (let asked = 0; asked < 5; asked += 1) {
    const end = overAt({ from: minutes('23:00'), to: minutes('07:00'), timezone: zone }, at);
    if (end === null) return new Date(at).toISOString().slice(0, 16);
    at = end;
  }
  return 'never';
};

t.test('where the clock is put forward in the night, it is an hour later at most', async (t) => {
  // 29 March 2026: 02:00 becomes 03:00 in Berlin.
  t.equal(over('Europe/Berlin', '2026-03-28T22:30Z'), '2026-03-29T06:00');
  t.equal(over('Europe/Berlin', '2026-03-29T01:30Z'), '2026-03-29T05:00');
  t.equal(over('Europe/Berlin', '2026-03-29T22:30Z'), '2026-03-30T05:00');
});

t.test('where the clock is put back in the night, it is not over too early', async (t) => {
  // 25 October 2026: 03:00 becomes 02:00 in Berlin.
  t.equal(over('Europe/Berlin', '2026-10-24T22:30Z'), '2026-10-25T06:00');
  t.equal(over('Europe/Berlin', '2026-10-25T01:30Z'), '2026-10-25T06:00');
});

t.test('an end that does not exist on that day', async (t) => {
  const hours = { from: minutes('23:00'), to: minutes('02:30'), timezone: 'Europe/Berlin' };
  const end = overAt(hours, Date.parse('2026-03-29T00:30Z'));
  t.equal(new Date(end ?? 0).toISOString(), '2026-03-29T01:30:00.000Z');
  t.equal(overAt(hours, end ?? 0), null);
});
