import { type Arena, openArena } from './ground/arena.ts';
import { createGround, type Place, type ServerKind } from './ground/ground.ts';
import { hear } from './ground/hear.ts';
import { createNames } from './ground/names.ts';
import type { Job } from './jobs.ts';
import type { Outcome } from './outcome.ts';
import { broken, judged } from './result.ts';
import { withinAt } from './within.ts';

/** How many ways are under way at the same time. */
const lanes = 4;

export interface RunOptions {
  seed: number;
  tracing: boolean;
  /** Called with each job that begins, and how many have ended. */
  onBegin(job: Job, done: number): void;
  /** Called at once, because such a job has taken long. */
  onBroken(job: Job, why: string): void;
  /** Called when what runs can be ended early. */
  onOpen(arena: Arena): void;
}

/** Longer than every wait of its own together; what has no limit must not hold up the others for ever. */
const jobLimitMs = 150_000;

/** What came of a run, once nothing more is to be heard of it: nobody has to wait for that where it was run. */
type Ending = () => Promise<Outcome>;

const runAt = async (place: Place, { way, label }: Job, seed: number) => {
  const ground = createGround(place, createNames(seed, label));
  const expected = await way.run(ground);
  const { final } = await hear(ground, expected);
  place.keepUntil(final);
  return { expected, final };
};

const runJob = async (arena: Arena, job: Job, seed: number): Promise<Ending> => {
  const { matter, way, server } = job;
  const as = (result: Outcome['result']): Outcome => ({ matter, way: way.name, server, result });
  try {
    const { expected, final } = await withinAt(
      jobLimitMs,
      (use) => arena.at(way, server, use),
      (place: Place) => runAt(place, job, seed),
    );
    return () => final.then((said) => judged(expected, said), broken).then(as);
  } catch (error) {
    return async () => as(broken(error));
  }
};

/** Runs every job, some at the same time; the outcomes are in the order of the jobs. */
export const runJobs = async (
  jobs: readonly Job[],
  { seed, tracing, onBegin, onBroken, onOpen }: RunOptions,
): Promise<{ traced: boolean; outcomes: Outcome[] }> => {
  const ruining = (kind: ServerKind): number =>
    jobs.filter(({ way, server }) => way.ruins === 'server' && server === kind).length;
  const ruined = { managed: ruining('managed'), adopted: ruining('adopted') };
  const name = createNames(seed, 'arena');
  await using arena = await openArena({ name, lanes, ruined, tracing });
  onOpen(arena);
  const ended: Promise<Outcome>[] = [];
  let next = 0;
  let done = 0;
  const lane = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (!job) return;
      onBegin(job, done);
      const ending = await runJob(arena, job, seed);
      ended[at] = ending().then((outcome) => {
        if ('broken' in outcome.result) onBroken(job, outcome.result.broken);
        done += 1;
        return outcome;
      });
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return { traced: arena.traced, outcomes: await Promise.all(ended) };
};
