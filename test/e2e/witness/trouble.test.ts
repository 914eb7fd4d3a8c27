import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { startEmbedded } from '../../../agent/witness/embedded.ts';
import { loadSystemCalls } from '../../../agent/witness/system-calls.ts';
import { startWitness } from '../../../agent/witness/witness.ts';
import { eventually } from '../sampled.ts';
import {
  askAt,
  fileOf,
  startWitnessChild,
  tracesOf,
  whereTraced,
  witnessHome,
} from '../witness-child.ts';
import { flood, python, run, startVictim } from './killers.ts';

t.test('a killed witness is followed by one that knows what it knew', whereTraced, async (t) => {
  const first = await startWitnessChild(t);
  const [victim, other] = [await startVictim(t), await startVictim(t)];
  const killer = run('/bin/kill', '-9', String(victim));
  await first.signalTo(victim);
  const kept = join(first.home, 'state/recent.jsonl');
  await eventually('the file', () =>
    existsSync(kept) && readFileSync(kept, 'utf8').includes(`-9 ${victim}`) ? true : undefined,
  );
  await first.child.kill('SIGKILL');
  t.not(tracesOf(first.pid).length, 0, 'what it made in the kernel stays');

  const second = await startWitnessChild(t, first.home);
  t.same(tracesOf(first.pid), [], 'until the next one comes');
  t.equal((await second.signalTo(victim)).sender.pid, killer.pid);
  run('/bin/kill', '-9', String(other));
  await second.signalTo(other);
  t.ok((await second.health()).since > (await second.signalTo(victim)).at, 'but not all of it');
});

t.test('one that is told to end leaves nothing behind', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  t.ok(tracesOf(witness.pid).length >= 3);
  await witness.child.kill('SIGTERM');
  t.same(tracesOf(witness.pid), []);
});

t.test('two do not disturb each other', whereTraced, async (t) => {
  const [one, two] = [await startWitnessChild(t), await startWitnessChild(t)];
  const victim = await startVictim(t);
  const { pid } = run('/bin/kill', '-9', String(victim));
  for (const witness of [one, two]) {
    const { sender } = await witness.signalTo(victim);
    t.match(sender, { pid, cmdline: `/bin/kill -9 ${victim}` });
  }
  await one.child.kill('SIGTERM');
  const next = await startVictim(t);
  run('/bin/kill', '-9', String(next));
  t.match((await two.signalTo(next)).sender, { cmdline: `/bin/kill -9 ${next}` });
});

const residentKib = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** A flood may cost so much, and no more however long it lasts. */
const mostGrowthKib = 64 * 1024;

t.test('a flood does not take its memory, its evidence or its answers', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const before = residentKib(witness.pid);
  for (let round = 0; round < 3; round += 1) {
    python(flood, '50000');
    const victim = await startVictim(t);
    const { pid } = run('/bin/kill', '-9', String(victim));
    t.equal((await witness.signalTo(victim)).sender.pid, pid, 'the kill that followed');
  }
  const { lost, signals } = await witness.health();
  t.ok(lost > 0 || signals >= 150_000, 'all of them, or it says that some are missing');
  t.ok(residentKib(witness.pid) - before < mostGrowthKib);
});

t.test('a killer on a machine that has begun thousands of programs', whereTraced, async (t) => {
  const witness = await startWitnessChild(t);
  const busy = `
import os
for _ in range(5000): os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)
`;
  python(busy);
  const victim = await startVictim(t);
  run('/bin/kill', '-9', String(victim));
  const { sender } = await witness.signalTo(victim);
  t.match(sender, { cmdline: `/bin/kill -9 ${victim}`, ancestry: [{ pid: process.pid }] });
});

/** In this process, so that it may look for itself more often. It sees when this resolves. */
const startOften = async (t: Parameters<typeof witnessHome>[0]) => {
  const home = witnessHome(t);
  const tracing = startEmbedded();
  const witness = await startWitness({
    ...tracing,
    socket: join(home, 'witness.sock'),
    socketMode: 0o600,
    directory: join(home, 'state'),
    // Real time is for a process of its own.
    calls: { ...loadSystemCalls(), becomeRealTime: () => false },
    selfTest: { everyMs: 200 },
    onTrouble: (what, cause) => t.comment(what, cause),
  });
  t.teardown(async () => {
    await witness.stop();
    tracing.release();
  });
  const asked = askAt(join(home, 'witness.sock'));
  return { ...asked, since: await sightOf(asked) };
};

/** A busy machine may be late with the record of one test of itself. @returns since when it sees */
const sightOf = ({ health }: Pick<ReturnType<typeof askAt>, 'health'>): Promise<number> =>
  eventually('sight', async () => {
    const { blind, since } = await health();
    return blind === null ? since : undefined;
  });

const sabotages = [
  { name: 'is switched off', file: 'tracing_on', worse: '0', better: '1' },
  {
    name: 'is given another filter',
    file: 'events/signal/signal_generate/filter',
    worse: 'sig == 15',
    better: 'sig < 32',
  },
  {
    name: 'is told to record nothing',
    file: 'events/signal/signal_generate/enable',
    worse: '0',
    better: '1',
  },
];

for (const { name, file, worse, better } of sabotages) {
  t.test(`a witness whose instance ${name} says that it is blind`, whereTraced, async (t) => {
    const witness = await startOften(t);
    writeFileSync(fileOf(process.pid, 'signals', file), worse);
    const seen = await eventually(
      'blindness',
      async () => (await witness.health()).blind ?? undefined,
    );
    t.match(seen, /records no signals/);
    await t.rejects(witness.testify(1), { code: 'blind' });

    const mendedAt = Date.now();
    writeFileSync(fileOf(process.pid, 'signals', file), better);
    const after = await sightOf(witness);
    t.ok(after >= mendedAt && mendedAt > witness.since, 'what was between is not claimed');
  });
}
