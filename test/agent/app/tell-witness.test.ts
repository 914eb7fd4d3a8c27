import t from 'tap';
import { tellWitness } from '../../../agent/app/tell-witness.ts';
import type { WitnessStatus } from '../../../agent/model/status/evidence-status.ts';
import type { Logger } from '../../../agent/tell/process-log.ts';

const sees: WitnessStatus = {
  ...{ state: 'sees', why: null, method: 'probe', realTime: true, since: 1, lost: 0 },
};
const absent: WitnessStatus = {
  ...{ state: 'absent', why: 'no witness is running', method: null, realTime: null, since: null },
  lost: 0,
};

const told = (status: WitnessStatus, before: WitnessStatus | null): unknown[][] => {
  const lines: unknown[][] = [];
  tellWitness({ log: (...line: unknown[]) => lines.push(line) } as unknown as Logger)(
    status,
    before,
  );
  return lines;
};

t.test('the process log says what of a witness is news', async (t) => {
  t.match(told(sees, null), [['info', 'the witness sees who sends a signal', { method: 'probe' }]]);
  t.match(told(absent, sees), [
    ['warn', 'who sends a signal is not seen', { why: 'no witness is running' }],
  ]);
  t.match(told(absent, null), [['info', /is not seen/]], 'there never was one');
  t.strictSame(told({ ...sees, lost: 9 }, sees), [], 'a number is no news');
});
