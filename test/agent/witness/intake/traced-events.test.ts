import t from 'tap';
import { noticedEvents } from '../../../../agent/witness/intake/notice.ts';
import { takenEvents } from '../../../../agent/witness/intake/take-life.ts';
import { lifeEvents, signalEvents } from '../trace/parse/kernel.ts';

t.test('every event that is recorded is taken in, and no other', async (t) => {
  t.same([...noticedEvents.keys()].toSorted(), [...signalEvents.keys()].toSorted());
  t.same([...takenEvents.keys()].toSorted(), [...lifeEvents.keys()].toSorted());
});
