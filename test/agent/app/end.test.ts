import t from 'tap';
import { end } from '../../../agent/app/end.ts';
import { emptyState } from '../../../agent/model/state.ts';

t.test('the snapshot is saved before the last screens are looked at', async (t) => {
  const steps: string[] = [];
  const step = (name: string) => async (): Promise<void> => {
    steps.push(name);
  };
  const log = { saveSnapshot: step('snapshot'), close: step('log') };
  const nothing = { stop: () => undefined, close: () => undefined, stopping: () => undefined };
  await end(
    { log, state: emptyState, record: step('record') } as never,
    { recovery: nothing, verdicts: nothing } as never,
    { manager: nothing, close: step('close') } as never,
    {
      ...{ schedule: nothing, listening: nothing, status: { write: () => undefined } },
      ...{ now: () => 7, lastLines: nothing, lastScreens: { close: step('screens') } },
    },
  );
  t.strictSame(steps, ['record', 'snapshot', 'screens', 'log', 'close']);
});
