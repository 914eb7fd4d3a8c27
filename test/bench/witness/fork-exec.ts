import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Effort } from '../part.ts';
import { ascending, percentile, type Row } from '../row.ts';
import type { Stack } from '../stack.ts';
import { withWitness } from './watched.ts';

const run = promisify(execFile);

/** Programs begun and waited for, one after the other; prints the processor time of all of it, s. */
const loop = `
import os, sys
began = sum(os.times()[:4])
for _ in range(int(sys.argv[1])): os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)
print(sum(os.times()[:4]) - began)
`;

const secondsFor = async (count: number): Promise<number> =>
  Number((await run('python3', ['-c', loop, String(count)])).stdout);

/** How many times as much processor time it takes with the witness. Who comes first changes from pair to pair. */
const ratioOf = async (stack: Stack, count: number, isFirst: boolean): Promise<number> => {
  const watched = async (): Promise<number> => {
    await stack.launch('witness');
    const seconds = await secondsFor(count);
    await stack.end('witness');
    return seconds;
  };
  if (isFirst) {
    const seconds = await watched();
    return seconds / (await secondsFor(count));
  }
  const alone = await secondsFor(count);
  return (await watched()) / alone;
};

/** What it costs everybody else that the kernel writes down beginnings and ends. */
export const benchForkExec = ({ quick, progress }: Effort): Promise<Row[]> =>
  withWitness(async (stack) => {
    await stack.end('witness');
    const [pairs, each] = quick ? [6, 400] : [20, 1000];
    const ratios: number[] = [];
    for (let i = 0; i < pairs; i += 1) {
      progress(`fork and exec: pair ${i + 1} of ${pairs}, ${each} each`);
      ratios.push(await ratioOf(stack, each, i % 2 === 0));
    }
    const total = (pairs * each).toLocaleString('en-GB');
    const more = (percentile(ascending(ratios), 0.5) - 1) * 100;
    const what = `what ${total} fork and exec take more with a witness`;
    const note = `processor time of the programs: the witness itself works when somebody sends a signal; median of ${pairs} pairs of ${each}, with and without, which comes first by turns`;
    return [{ what, budget: 5, measured: more, unit: '%', note }];
  });
