import fc from 'fast-check';
import t from 'tap';
import { slackMs } from '../../../agent/heartbeat/missed.ts';
import { createPollSince } from '../../../agent/heartbeat/poll-since.ts';

const begun = 1_700_000_000_000;
const hour = 3_600_000;

t.test('it follows the polls, later by what messages may be late', async (t) => {
  const since = createPollSince(begun);
  since.answered(begun + 1000, true, begun + 2000);
  t.equal(since.at, begun, 'never before it began');
  since.answered(begun + hour, true, begun + hour + 5);
  t.equal(since.at, begun + hour - slackMs);
  since.answered(begun + 1000, true, begun + hour + 10);
  t.equal(since.at, begun + hour - slackMs, 'one that is answered late takes nothing back');
});

t.test('it stays while answers are cut, and goes on where the first of them began', async (t) => {
  const since = createPollSince(begun);
  since.answered(begun + hour, false, begun + hour);
  since.answered(begun + 2 * hour, false, begun + 2 * hour);
  t.equal(since.at, begun);
  since.answered(begun + 3 * hour, true, begun + 3 * hour);
  t.equal(since.at, begun + hour - slackMs);
  since.answered(begun + 4 * hour, true, begun + 4 * hour);
  t.equal(since.at, begun + 4 * hour - slackMs);
});

t.test('whatever clocks do, it is not after now, nor before it began', async (t) => {
  const time = fc.integer({ min: begun, max: begun + 100 * hour });
  const answer = fc.record({ begunAt: time, complete: fc.boolean(), now: time });
  const holds = fc.property(fc.array(answer), (answers) => {
    const since = createPollSince(begun);
    for (const { begunAt, complete, now } of answers) {
      since.answered(begunAt, complete, now);
      if (since.at < begun) return false;
      if (complete && since.at > Math.max(begun, now - slackMs)) return false;
    }
    return true;
  });
  t.doesNotThrow(() => fc.assert(holds));
});
