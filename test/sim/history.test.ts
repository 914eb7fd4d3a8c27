import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { configs } from './configs.ts';
import { endsAreReportedOnce, foldsTheSame, incidentsGather } from './laws.ts';
import { history, type Step, take } from './operations.ts';
import { recoveryIsBounded } from './recovery-law.ts';
import { Simulation } from './simulation.ts';

const maxSteps = 80;
const runs = { numRuns: 250 };

/** Lets it all happen, and makes everything well in the end. */
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

const always = (law: (simulation: Simulation, numbers: number[]) => void): void => {
  const numbers = fc.array(fc.nat(5000), { maxLength: 5 });
  fc.assert(
    fc.property(history(maxSteps), numbers, (steps, some) => law(simulate(steps), some)),
    runs,
  );
};

t.test('no event the observers produce is impossible, and real kills are deaths', async () => {
  always(({ agent }) => assert.deepEqual(agent.state().counts.rejected, {}));
});

t.test('replay equals live, whole, in any pieces and from any snapshot', async () => {
  always(({ disk, agent }, joints) => foldsTheSame(disk.events(), agent.state(), joints));
});

t.test('every life that ended is reported once, and none that lives', async () => {
  always(({ disk, agent, truth }) =>
    endsAreReportedOnce(disk.events(), agent.state(), truth.alive()),
  );
});

t.test('deaths of one server within two seconds are one incident', async () => {
  always(({ disk }) => incidentsGather(disk.events()));
});

t.test('what comes back comes back within its limits and against nobody’s will', async () => {
  const { recovery } = configs[0];
  always(({ disk }) => recoveryIsBounded(disk.events(), recovery));
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
