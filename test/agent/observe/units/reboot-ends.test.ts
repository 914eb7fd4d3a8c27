import t from 'tap';
import type { AgentRun, State } from '../../../../agent/model/state.ts';
import { unitRebootEnds } from '../../../../agent/observe/units/reboot-ends.ts';
import { after } from '../../model/sample.ts';
import { at, life, unitUp, withUnit } from '../../model/unit-sample.ts';

const agent: AgentRun = {
  ...{ version: '1', pid: 1, bootId: 'one', embedded: false, startedAt: at, stopping: false },
};
const before: State = { ...unitUp, agent };

t.test('a machine that was started again ends what ran, and that is no death', async (t) => {
  const events = unitRebootEnds(before, 'two', at + 90_000);
  t.match(events, [
    {
      type: 'unit.ended',
      data: { life, how: 'stopped', result: 'reboot', why: 'the machine was started again' },
    },
  ]);
  t.match(after(before, ...events).units?.['gateway'], {
    status: 'stopped',
    life: null,
    deaths: 0,
  });
});

t.test('an agent that was started again ends nothing', async (t) => {
  t.same(unitRebootEnds(before, 'one', at), []);
  t.same(unitRebootEnds({ ...before, agent: null }, 'two', at), []);
  t.same(unitRebootEnds({ ...withUnit, agent }, 'two', at), [], 'what did not run');
});
