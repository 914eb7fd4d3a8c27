import { setTimeout as sleep } from 'node:timers/promises';
import t, { type Test } from 'tap';
import { createDeadman, type Deadman } from '../../../../exporters/notifier/outside/deadman.ts';
import { httpFor, patient, receiving } from '../channel/receiving.ts';
import type { Fault } from '../webhook-fault.ts';
import type { Receiver } from '../webhook-receiver.ts';

const path = '/ping/5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278';

interface Rig {
  deadman: Deadman;
  receiver: Receiver;
  /** What came, as `SUFFIX BODY`. */
  said(): string[];
  /** Resolves when `count` requests came. */
  came(count: number): Promise<void>;
  job: { ok: boolean; why: string };
  /** When it was looked whether the job is done, ms of `performance.now`. */
  looks: number[];
}

const start = async (
  t: Test,
  {
    faults = [],
    address = path,
    intervalMs = 40,
  }: {
    faults?: (Fault | null)[];
    address?: string;
    intervalMs?: number;
  } = {},
): Promise<Rig> => {
  const receiver = await receiving(t, faults);
  const job = { ok: true, why: '' };
  const looks: number[] = [];
  const deadman = createDeadman(
    { url: new URL(address, receiver.url), intervalMs, retryWaitsMs: [1, 1] },
    {
      canDoItsJob: () => {
        looks.push(performance.now());
        return job;
      },
      http: httpFor(t, patient),
      now: () => 17,
      random: Math.random,
    },
  );
  t.teardown(() => deadman.stop());
  const said = () =>
    receiver.requests.map(({ path: at, text }) => `${at.slice(path.length)} ${text}`.trim());
  const came = async (count: number): Promise<void> => {
    while (receiver.requests.length < count) await sleep(1);
  };
  return { deadman, receiver, said, came, job, looks };
};

t.test('it starts, pings and ends', async (t) => {
  const { deadman, said, came } = await start(t);
  t.same(deadman.status(), { status: 'ok', lastPingAt: null });
  t.same(said(), [], 'nothing before it is started');
  deadman.start();
  await came(4);
  await deadman.stop();
  t.same(deadman.status(), { status: 'ok', lastPingAt: 17 });
  const all = said();
  t.equal(all[0], '/start');
  t.equal(all.at(-1), '/log stopped');
  t.ok(all.slice(1, -1).every((one) => one === ''));
  await sleep(100);
  t.same(said(), all, 'nothing after its end');
});

t.test('what is not done is told once, and then there is silence until it is done', async (t) => {
  const { deadman, said, came, job } = await start(t);
  deadman.start();
  await came(2);
  Object.assign(job, { ok: false, why: 'the agent does not answer' });
  while (!said().includes('/fail the agent does not answer')) await sleep(1);
  const then = said().length;
  t.equal(deadman.status().status, 'failing');
  await sleep(200);
  t.equal(said().length, then, 'silence');
  job.ok = true;
  await came(then + 2);
  t.same(said().slice(then, then + 2), ['', '']);
  t.equal(deadman.status().status, 'ok');
  Object.assign(job, { ok: false, why: 'again' });
  while (!said().includes('/fail again')) await sleep(1);
});

t.test('what cannot be done from the start is told, too', async (t) => {
  const { deadman, said, came, job } = await start(t);
  job.ok = false;
  deadman.start();
  await came(2);
  t.same(said(), ['/start', '/fail']);
});

t.test('it insists', async (t) => {
  const refused: Fault = { kind: 'status', status: 503 };
  const { deadman, said, came } = await start(t, {
    faults: [refused, { kind: 'tear-before' }, null, refused, null],
  });
  deadman.start();
  await came(5);
  t.same(said().slice(0, 5), ['/start', '/start', '/start', '', '']);
});

t.test('nobody there is said, and tried again', async (t) => {
  const away: Fault[] = Array.from({ length: 12 }, () => ({ kind: 'status', status: 500 }));
  const { deadman, came, receiver } = await start(t, { faults: away });
  deadman.start();
  await came(5);
  t.equal(deadman.status().status, 'unreachable');
  t.equal(deadman.status().lastPingAt, null);
  await came(14);
  while (deadman.status().status !== 'ok') await sleep(1);
  t.ok(receiver.requests.length >= 13);
});

t.test('a failure that could not be told is told at the next look', async (t) => {
  const lost: Fault[] = Array.from({ length: 3 }, () => ({ kind: 'status', status: 500 }));
  const { deadman, said, came, job } = await start(t, { faults: [null, ...lost] });
  Object.assign(job, { ok: false, why: 'x' });
  deadman.start();
  await came(5);
  t.same(said(), ['/start', '/fail x', '/fail x', '/fail x', '/fail x']);
  await sleep(150);
  t.equal(said().length, 5);
});

t.test('addresses with a slash at the end, a query and a fragment', async (t) => {
  const { deadman, said, came } = await start(t, { address: `${path}/?create=1#x` });
  deadman.start();
  await came(2);
  await deadman.stop();
  t.match(said(), ['/start?create=1', '?create=1']);
  t.equal(said().at(-1), '/log?create=1 stopped');
});

t.test('the first look is soon', async (t) => {
  const intervalMs = 20_000;
  const { deadman, came, looks } = await start(t, { intervalMs });
  const began = performance.now();
  deadman.start();
  await came(2);
  t.ok((looks[0] ?? 0) - began < intervalMs / 2, 'a tenth of the interval');
});

t.test('the others are not before their time', async (t) => {
  const { deadman, came, looks } = await start(t, { intervalMs: 300 });
  deadman.start();
  await came(4);
  const [first = 0, second = 0, third = 0] = looks;
  // A timer may be a millisecond early.
  for (const gap of [second - first, third - second]) t.ok(gap >= 0.9 * 300 - 2, `${gap} ms`);
});

t.test('its end does not wait for a server that is silent', { timeout: 50_000 }, async (t) => {
  const { deadman, came } = await start(t, { faults: [{ kind: 'never' }, { kind: 'never' }] });
  deadman.start();
  await came(1);
  await deadman.stop();
  t.pass('though its requests may take longer than this test');
});

t.test('a long reason is cut', async (t) => {
  const { deadman, said, came, job } = await start(t);
  Object.assign(job, { ok: false, why: 'x'.repeat(100_000) });
  deadman.start();
  await came(2);
  t.equal(said()[1]?.length, '/fail '.length + 1000);
});
