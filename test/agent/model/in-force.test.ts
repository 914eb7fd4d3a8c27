import t from 'tap';
import { isInForce } from '../../../agent/model/in-force.ts';

const at = 1_800_000_000_000;
const hour = 3_600_000;
const silence = { at, until: at + hour };

t.test('a silence is in force from when it was asked for until it runs out', async (t) => {
  t.ok(isInForce(silence, at));
  t.ok(isInForce(silence, at + hour - 1));
  t.notOk(isInForce(silence, at + hour));
});

t.test('it lasts no longer than was meant where the clock is set back', async (t) => {
  t.ok(isInForce(silence, at - 1000), 'by a little, as clocks are');
  t.notOk(isInForce(silence, at - hour));
  t.notOk(isInForce(silence, at - 24 * hour));
});
