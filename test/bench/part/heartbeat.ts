import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Heartbeat } from '../../../agent/heartbeat/contract.ts';
import { createHeartbeat } from '../../../agent/heartbeat/main.ts';
import type { Effort, Part } from '../part.ts';
import { ascending, percentile, type Row } from '../row.ts';

/** One of each call, with what a bot gives it; an error as it was just thrown. */
const calls: readonly ((beat: Heartbeat, i: number) => void)[] = [
  (beat) => beat.received(),
  (beat) => beat.sent(),
  (beat, i) => beat.count(`name ${i % 100}`),
  (beat, i) => beat.time('answer', i),
  (beat, i) => beat.connection(i % 200 < 100 ? 'ready' : 'degraded', 'as it is'),
  (beat, i) => beat.session({ refreshedAt: i + 1 }),
  (beat) => beat.needs({ kind: 'qr', text: '2@'.repeat(100) }),
  (beat) => beat.error(new Error('no such city')),
  (beat) => beat.alive(),
];

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** µs of each call. The timer has its turns between them. */
const timeCalls = async (beat: Heartbeat, rounds: number): Promise<number[]> => {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    for (const call of calls) {
      const began = performance.now();
      call(beat, i);
      times.push((performance.now() - began) * 1000);
    }
    if (i % 100 === 0) await turn();
  }
  return times;
};

const measureAt = async (socket: string, where: string, rounds: number): Promise<Row[]> => {
  const beat = createHeartbeat({ socket });
  await timeCalls(beat, 2000);
  const times = ascending(await timeCalls(beat, rounds));
  await beat.close();
  const mean = times.reduce((sum, one) => sum + one, 0) / times.length;
  return [
    {
      what: `a call of a bot's heartbeat, ${where}, on average`,
      budget: 20,
      measured: mean,
      unit: 'µs',
    },
    {
      what: `a call of a bot's heartbeat, ${where}, 99.9 % of them`,
      ...{ budget: 20, measured: percentile(times, 0.999), unit: 'µs' },
    },
  ];
};

export const heartbeat: Part = {
  name: 'heartbeat',
  about: 'what it costs a bot to say how it is',
  async measure({ quick }: Effort) {
    const directory = mkdtempSync(join(tmpdir(), 'hf-bench-'));
    const path = join(directory, 'heard.sock');
    const server = createServer((socket) => socket.resume());
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const rounds = quick ? 20_000 : 100_000;
    try {
      return [
        ...(await measureAt(path, 'heard', rounds)),
        ...(await measureAt(join(directory, 'nobody.sock'), 'heard by nobody', rounds)),
      ];
    } finally {
      server.close();
      rmSync(directory, { recursive: true, force: true });
    }
  },
};
