import t from 'tap';
import { gapsIn, isComplete } from '../../../../agent/explain/witnessed/gaps.ts';
import type { Testimony } from '../../../../agent/model/witnessed.ts';
import { deathOf, told } from './case.ts';

const one = deathOf(100, 1);

const testimony: Testimony = {
  ...{ since: 0, lost: [], signals: [], ooms: [], clients: [], method: 'probe' },
};

const gapsOf = (changes: Partial<Testimony>): string[] =>
  gapsIn(told({ ...testimony, ...changes }, [one]));

t.test('what the witness had not read when it was asked is missing', async (t) => {
  t.match(gapsOf({ readUntil: one.found - 1 }), [/had not read/]);
  t.same(gapsOf({ readUntil: one.found }), []);
  t.same(gapsOf({}), [], 'one of an older release had read everything');
  t.notOk(isComplete(told({ ...testimony, readUntil: one.found - 1 }, [one])));
  t.ok(isComplete(told({ ...testimony, readUntil: one.found }, [one])));
});

t.test('what the kernel threw away, and the time before the witness', async (t) => {
  t.match(gapsOf({ lost: [{ at: one.found, count: 7 }] }), [/threw away 7 events/]);
  t.same(gapsOf({ lost: [{ at: one.found - 3_600_000, count: 7 }] }), [], 'at another time');
  t.match(gapsOf({ since: one.found }), [/was not there/]);
});
