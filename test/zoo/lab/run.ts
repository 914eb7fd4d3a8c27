import { setTimeout as wait } from 'node:timers/promises';
import { incidentWindowMs } from '../../../agent/explain/incident.ts';
import type { Machine } from '../../lab/machine.ts';
import { createNames } from '../ground/names.ts';
import type { Outcome } from '../outcome.ts';
import { broken, judged } from '../result.ts';
import { createLabGround } from './ground.ts';
import { hearInLab } from './hear.ts';
import { untilReady } from './machine.ts';
import type { LabWay } from './way.ts';

/** One way in the lab, once. */
export interface LabJob {
  matter: string;
  way: LabWay;
  label: string;
}

/** Lets each mend, and throws what the first of them threw. */
const mendAll = async (mends: readonly (() => Promise<unknown>)[]): Promise<void> => {
  const failed: unknown[] = [];
  for (const mend of mends.toReversed()) await mend().catch((error) => failed.push(error));
  if (failed.length > 0) throw failed[0];
};

/** Runs it when all is well, and lets the machine be as before when it has been judged. */
export const runInLab = async (
  machine: Machine,
  { matter, way, label }: LabJob,
  seed: number,
): Promise<Outcome> => {
  const about = { matter, way: way.name, server: way.server };
  const mends: (() => Promise<unknown>)[] = [];
  try {
    const since = await untilReady(machine);
    await wait(incidentWindowMs);
    const ground = createLabGround(machine, createNames(seed, label), (how) => mends.push(how));
    const expected = await way.run(ground);
    const said = await hearInLab(machine, since, expected);
    return { ...about, result: judged(expected, said) };
  } catch (error) {
    return { ...about, result: broken(error) };
  } finally {
    await mendAll(mends);
  }
};
