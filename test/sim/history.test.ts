import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { configs } from './configs.ts';
import { endsAreReportedOnce, foldsTheSame, incidentsGather } from './laws.ts';
import { history, type Step, take } from './operations.ts';
import { recoveryIsBounded } from './recovery-law.ts';
import { Simulation } from './simulation.ts';

const maxSteps = 80;

/** Lets it all happen, and makes everything well in the end. The judge has seen every report. */
const simulate = (steps: readonly Step[]): Simulation => {
  const simulation = new Simulation();
  for (const step of steps) {
    take(simulation, step);
    assert.deepEqual(simulation.judge.wrong, []);
  }
  simulation.settle();
  assert.deepEqual(simulation.judge.wrong, []);
  return simulation;
};

type Law = (simulation: Simulation, numbers: number[]) => void;

const laws: Record<string, Law> = {
  'no event the observers produce is impossible': ({ agent }) =>
    assert.deepEqual(agent.state().counts.rejected, {}),
  'replay equals live, whole, in any pieces and from any snapshot': ({ disk, agent }, joints) =>
    foldsTheSame(disk.events(), agent.state(), joints),
  'every life that ended is reported once, and none that lives': ({ disk, agent, truth }) =>
    endsAreReportedOnce(disk.events(), agent.state(), truth.alive()),
  'deaths of one server within two seconds are one incident': ({ disk }) =>
    incidentsGather(disk.events()),
  'what comes back comes back within its limits and against nobody’s will': ({ disk }) =>
    recoveryIsBounded(disk.events(), configs[0].recovery),
};

const hold = (name: string, check: () => void): void => {
  try {
    check();
  } catch (cause) {
    throw new Error(`it does not hold that ${name}`, { cause });
  }
};

t.test('whatever happens, the laws hold', async () => {
  const numbers = fc.array(fc.nat(5000), { maxLength: 5 });
  fc.assert(
    fc.property(history(maxSteps), numbers, (steps, some) => {
      const simulation = simulate(steps);
      for (const [name, law] of Object.entries(laws)) hold(name, () => law(simulation, some));
    }),
    { numRuns: 500 },
  );
});

t.test('the same history twice is the same log', async () => {
  fc.assert(
    fc.property(history(maxSteps), (steps) => {
      const [first, second] = [simulate(steps), simulate(steps)].map(({ disk }) =>
        disk.events().map(({ trace: _, ...event }) => event),
      );
      assert.deepEqual(first, second);
    }),
    { numRuns: 20 },
  );
});

t.test('a false report is found', async (t) => {
  const { agent, managed, machine, judge } = new Simulation();
  const [killed, living] = Object.values(agent.state().lives);
  const session = managed.sessions.find(({ life }) => life === killed?.life);
  if (!killed || !living || !session) throw new Error('two sessions were declared');
  managed.killSession(session);
  const data = { ...killed, reason: 'shell-exit', intent: null, ageMs: 0 } as const;
  judge.judge(agent.state(), [{ at: machine.now, type: 'session.ended', data }]);
  t.match(judge.wrong.pop(), 'was killed and is reported ended');
  judge.judge(agent.state(), [
    { at: machine.now, type: 'session.ended', data: { ...data, ...living } },
  ]);
  t.match(judge.wrong, [/lives$/]);
});
