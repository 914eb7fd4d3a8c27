import { exactNow } from '../clock.ts';
import { createSessions, idle, mainSocket } from '../fleet.ts';
import { type Heard, listen } from '../heard.ts';
import type { Effort } from '../part.ts';
import { ascending, percentile, type Row } from '../row.ts';
import type { Stack } from '../stack.ts';
import { withWitness } from './watched.ts';

interface Judged {
  /** From the kill to the receipt of the stored verdict, ms. */
  ms: number;
  /** The first verdict names who killed. */
  isNamed: boolean;
}

/** Kills the program of a session from here: who did it is this process. */
const killOne = async (stack: Stack, heard: Heard, session: string): Promise<Judged> => {
  const before = heard.head();
  await createSessions(mainSocket(stack), [session], idle);
  const { event } = await heard.first(
    before,
    'supervision.started',
    (data) => data.session === session,
  );
  const at = exactNow();
  process.kill(event.data.panes[0]?.pid ?? 0, 'SIGKILL');
  const { event: death } = await heard.first(
    event.seq,
    'session.died',
    (data) => data.session === session,
  );
  const { incident } = death.data;
  const verdict = await heard.first(
    death.seq,
    'verdict.reached',
    (data) => data.incident === incident,
  );
  const isNamed = verdict.event.data.verdict.actor?.pid === process.pid;
  return { ms: verdict.receivedAt - at, isNamed };
};

/** How long after a death somebody can read who did it. */
export const benchVerdicts = ({ quick, progress }: Effort): Promise<Row[]> =>
  withWitness(async (stack) => {
    const heard = await listen(stack.client);
    const count = quick ? 20 : 200;
    const judged: Judged[] = [];
    for (let i = 0; i < count; i += 1) {
      progress(`verdicts: kill ${i + 1} of ${count}`);
      judged.push(await killOne(stack, heard, `victim-${i}`));
    }
    const times = ascending(judged.map(({ ms }) => ms));
    const unnamed = judged.filter(({ isNamed }) => !isNamed).length;
    const what = 'death of a session to its stored verdict, with a witness';
    return [
      { what: `${what}, median`, budget: null, measured: percentile(times, 0.5), unit: 'ms' },
      { what: `${what}, p99`, budget: 600, measured: percentile(times, 0.99), unit: 'ms' },
      {
        ...{ what: `first verdicts that name nobody, of ${count}`, budget: 0 },
        ...{ measured: unnamed, unit: 'kills' },
      },
    ];
  });
