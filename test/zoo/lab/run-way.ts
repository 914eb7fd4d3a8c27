import { setTimeout as wait } from 'node:timers/promises';
import { incidentWindowMs } from '../../../agent/explain/incident.ts';
import type { Machine } from '../../lab/machine.ts';
import { createNames } from '../ground/names.ts';
import type { Outcome } from '../outcome.ts';
import { broken, judged, messageOf } from '../result.ts';
import { within } from '../within.ts';
import { createLabGround, type LabGround } from './ground.ts';
import { hearInLab } from './hear.ts';
import { untilReady } from './machine.ts';
import type { LabWay } from './way.ts';

/** One way in the lab, once. */
export interface LabJob {
  matter: string;
  way: LabWay;
  label: string;
}

export interface LabRun {
  outcome: Outcome;
  /** Why the machine is not as before; null: it is. */
  unmended: string | null;
}

/** More than restarts of an emulated machine and every wait take together, ms. */
const wayLimitMs = 1_800_000;

type Mend = () => Promise<unknown>;

/** Lets each mend, whether or not another can; says why some could not. */
const mendAll = async (mends: readonly Mend[]): Promise<string[]> => {
  const failed: string[] = [];
  for (const mend of mends.toReversed()) {
    await mend().catch((error) => failed.push(`it could not be mended: ${messageOf(error)}`));
  }
  return failed;
};

/** Runs it when all is well, and judges what was said. */
const judge = async (
  machine: Machine,
  { way, label }: LabJob,
  seed: number,
  mend: LabGround['mend'],
): Promise<Outcome['result']> => {
  const since = await untilReady(machine);
  await wait(incidentWindowMs);
  const expected = await way.run(createLabGround(machine, createNames(seed, label), mend));
  return judged(expected, await hearInLab(machine, since, expected));
};

/** What came of `judging`, after which all is mended. */
export const runAndMend = async (
  limitMs: number,
  judging: (mend: LabGround['mend']) => Promise<Outcome['result']>,
): Promise<Pick<LabRun, 'unmended'> & Pick<Outcome, 'result'>> => {
  const mends: Mend[] = [];
  let isOver = false;
  const work = judging((how) => mends.push(how)).finally(() => {
    isOver = true;
  });
  const result = await within(limitMs, work).catch(broken);
  // What goes on may do harm when it has been mended.
  const goesOn = isOver ? [] : ['it goes on'];
  const why = [...goesOn, ...(await mendAll(mends))];
  return { result, unmended: why.length === 0 ? null : why.join('; ') };
};

/** Lets the machine be as before when it has been judged. */
export const runInLab = async (machine: Machine, job: LabJob, seed: number): Promise<LabRun> => {
  const { matter, way } = job;
  const { result, unmended } = await runAndMend(wayLimitMs, (mend) =>
    judge(machine, job, seed, mend),
  );
  return { outcome: { matter, way: way.name, server: way.server, result }, unmended };
};
