import { setTimeout as wait } from 'node:timers/promises';
import { fill } from '../fleet.ts';
import { type Effort, usualSessions } from '../part.ts';
import { anonymousMb, proportionalMb } from '../processes.ts';
import { largest, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';
import { type Told, withTelegram } from './telegram.ts';

/** How long it is looked at, once a second, s. */
const looks = 10;

const measureRest = async (told: Told, stack: Stack, quick: boolean): Promise<Row[]> => {
  await told.pair(stack);
  await fill(stack, usualSessions);
  await wait(quick ? 20_000 : 60_000);
  const pid = stack.pid('notifier');
  const seen: { anonymous: number; proportional: number }[] = [];
  for (let i = 0; i < looks; i += 1) {
    await wait(1000);
    seen.push({ anonymous: anonymousMb(pid), proportional: proportionalMb(pid) });
  }
  const row = (
    kind: string,
    budget: number | null,
    of: (one: (typeof seen)[0]) => number,
  ): Row => ({
    what: `${kind} of the notifier at rest, one person paired`,
    ...{ budget, measured: largest(seen.map(of)), unit: 'MB' },
  });
  return [
    row('anonymous memory', 36, ({ anonymous }) => anonymous),
    row('proportional memory (PSS)', null, ({ proportional }) => proportional),
  ];
};

/** What the notifier costs while nothing happens and it waits for what people ask. */
export const benchRest = ({ quick, progress }: Effort): Promise<Row[]> => {
  progress('the notifier at rest');
  return withTelegram((told) =>
    withStack(
      () => JSON.stringify(told.config),
      (stack) => measureRest(told, stack, quick),
      { run: ['agent', 'link', 'exporter', 'notifier'], prepare: told.prepare },
    ),
  );
};
