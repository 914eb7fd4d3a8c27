import { execFile } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Effort } from '../part.ts';
import { anonymousMb } from '../processes.ts';
import type { Row } from '../row.ts';
import { withWitness } from './watched.ts';

const run = promisify(execFile);

/** Somebody is begun and killed, so often. */
const loop = `
import os, sys
for _ in range(int(sys.argv[1])):
    victim = os.posix_spawn('/bin/sleep', ['sleep', '1000'], {})
    killer = os.posix_spawn('/bin/kill', ['/bin/kill', '-9', str(victim)], {})
    os.waitpid(killer, 0)
    os.waitpid(victim, 0)
`;

/** Anonymous memory it may have, MB. */
const budgetMb = 14;

/** It has tidied up by then, ms: also where others send signals all the time. */
const tidiedMs = 33_000;

/** The least that was seen: on a machine where others send signals it is never quite at rest. */
const leastMb = async (pid: number, forMs: number): Promise<number> => {
  let least = Number.POSITIVE_INFINITY;
  for (let ms = 0; ms < forMs; ms += 500) {
    await wait(500);
    least = Math.min(least, anonymousMb(pid));
  }
  return least;
};

export const benchMemory = ({ quick, progress }: Effort): Promise<Row[]> =>
  withWitness(async (stack) => {
    const kills = quick ? 500 : 2000;
    const shown = kills.toLocaleString('en-GB');
    const pid = stack.pid('witness');
    progress('memory of the witness at rest');
    const atRest = await leastMb(pid, tidiedMs);
    progress(`memory of the witness: ${shown} kills`);
    await run('python3', ['-c', loop, String(kills)]);
    const after = anonymousMb(pid);
    progress('memory of the witness: it tidies up');
    const tidied = await leastMb(pid, tidiedMs);
    const row = (when: string, budget: number | null, measured: number): Row => ({
      ...{ what: `anonymous memory of the witness, ${when}`, budget, measured, unit: 'MB' },
    });
    return [
      row('at rest', budgetMb, atRest),
      row(`right after ${shown} kills`, null, after),
      row('when it has tidied up then', budgetMb, tidied),
    ];
  });
