import t from 'tap';
import { moreSince } from '../../../agent/model/counter.ts';

t.test(
  'a counter rose by what is more; a process that began anew counts from nothing',
  async (t) => {
    const at = (startedAt: number | null, count: number) => ({ startedAt, count });
    t.equal(moreSince(at(1, 5), at(1, 7)), 2);
    t.equal(moreSince(at(1, 5), at(2, 3)), 3, 'it began anew');
    t.equal(moreSince(undefined, at(1, 3)), 3);
    t.equal(moreSince(undefined, at(null, 3)), 3);
    t.equal(moreSince(at(null, 1), at(null, 3)), 2);
    t.equal(moreSince(at(1, 5), at(1, 4)), 0, 'never less than nothing');
  },
);
