import { setTimeout as wait } from 'node:timers/promises';
import type { ChildName } from '../../../agent/cli/up/programs.ts';
import { fill } from '../fleet.ts';
import { type Effort, type Part, usualSessions } from '../part.ts';
import { anonymousMb, proportionalMb } from '../processes.ts';
import { largest, type Row } from '../row.ts';
import { type Stack, withStack } from '../stack.ts';

/** The notifier runs only where there is somebody to be told, and nobody is here: see the part `alerts`. */
type Measured = Exclude<ChildName, 'notifier' | 'witness'>;

/** Anonymous memory each may have, MB. */
const budgets: Readonly<Record<Measured, number>> = { agent: 20, link: 13, exporter: 14 };

/** Of all of them, with the witness and the notifier, which do not run here. MB. */
const budgetOfAll = 135;

const programs = Object.keys(budgets) as Measured[];

const ofEach = <Value>(measured: (program: Measured) => Value) =>
  Object.fromEntries(programs.map((program) => [program, measured(program)])) as Record<
    Measured,
    Value
  >;

/** Few, the usual number, and many: the slope. */
const counts = [1, usualSessions, 500];

interface Size {
  anonymous: number;
  proportional: number;
}

type Sizes = Readonly<Record<Measured, Size>>;

const sizesNow = (stack: Stack): Sizes =>
  ofEach((program) => {
    const pid = stack.pid(program);
    return { anonymous: anonymousMb(pid), proportional: proportionalMb(pid) };
  });

/** The largest of what is seen once a second: garbage counts for as long as it lies there. */
const largestSizes = async (stack: Stack, seconds: number): Promise<Sizes> => {
  const seen: Sizes[] = [];
  for (let i = 0; i < seconds; i += 1) {
    await wait(1000);
    seen.push(sizesNow(stack));
  }
  return ofEach((program) => ({
    anonymous: largest(seen.map((sizes) => sizes[program].anonymous)),
    proportional: largest(seen.map((sizes) => sizes[program].proportional)),
  }));
};

const rowsOf = (count: number, sizes: Sizes): Row[] => {
  const usual = count === usualSessions;
  const at = `${count} ${count === 1 ? 'session' : 'sessions'}`;
  const anonymous = programs.map(
    (program): Row => ({
      what: `anonymous memory of the ${program}, ${at}`,
      budget: usual ? budgets[program] : null,
      measured: sizes[program].anonymous,
      unit: 'MB',
    }),
  );
  const together = programs.reduce((sum, program) => sum + sizes[program].proportional, 0);
  const what = `proportional memory (PSS) of the three, ${at}`;
  return [
    ...anonymous,
    { what, budget: usual ? budgetOfAll : null, measured: together, unit: 'MB' },
  ];
};

const measureMemory = async ({ quick, progress }: Effort): Promise<Row[]> => {
  const rows: Row[] = [];
  for (const count of counts) {
    progress(`memory at ${count} sessions`);
    const sizes = await withStack(
      () => '',
      async (stack) => {
        await fill(stack, count);
        return largestSizes(stack, quick ? 10 : 60);
      },
    );
    rows.push(...rowsOf(count, sizes));
  }
  return rows;
};

export const memory: Part = {
  name: 'memory',
  about: `memory at ${counts.join(', ')} sessions`,
  measure: measureMemory,
};
