import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { history, take } from './operations.ts';
import { Simulation } from './simulation.ts';

t.test('try', async () => {
  fc.assert(
    fc.property(history(60), (steps) => {
      const simulation = new Simulation();
      for (const step of steps) {
        take(simulation, step);
        assert.deepEqual(simulation.wrong, []);
      }
      simulation.settle();
      assert.deepEqual(simulation.wrong, []);
    }),
    { numRuns: 200, endOnFailure: false },
  );
});
