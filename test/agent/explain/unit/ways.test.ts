import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { explain } from '../../../../agent/explain/explain.ts';
import { unitsServer } from '../../../../agent/model/unit-state.ts';
import { testWay } from '../test-way.ts';
import { readTrace } from '../witnessed/read-trace.ts';
import { unitWays } from './ways.ts';

for (const way of unitWays) testWay(way);

/** All that people read of a verdict. */
const textsOf = (given: Evidence): string => {
  const { summary, evidence, missing, preceded = [] } = explain(given);
  const lines = [...evidence, ...preceded].filter(({ source }) => source !== 'rule');
  return [summary, ...missing, ...lines.map(({ source, text }) => `${source}: ${text}`)].join('\n');
};

t.test('of units nothing is said in words of tmux', async (t) => {
  for (const { name, given } of unitWays) t.notMatch(textsOf(given), /tmux|\bpane/, name);
  const deaths = unitWays.flatMap(({ given }) => given.deaths);
  const number = fc.option(fc.nat(64));
  const anyDeath = fc.record({
    ...{ status: number, signal: number, isKnown: fc.boolean() },
    ...{ watched: fc.constantFrom('live' as const, 'agent-down' as const) },
    like: fc.constantFrom(...deaths),
  });
  fc.assert(
    fc.property(fc.array(anyDeath, { minLength: 1, maxLength: 3 }), fc.boolean(), (all, isTold) => {
      const given: Evidence = {
        ...{ server: { name: unitsServer, managed: true, instance: null }, serverEnd: null },
        ...{ trouble: null, reboot: null, testimony: isTold ? readTrace('') : null },
        deaths: all.map(({ status, signal, isKnown, watched, like }) => {
          const exit = isKnown ? { status, signal, at: like.found } : null;
          return { ...like, watched, exit, panes: like.panes.map((one) => ({ ...one, exit })) };
        }),
      };
      assert.doesNotMatch(textsOf(given), /tmux|\bpane/);
    }),
  );
});

t.test('what tmux was told in the minute before has nothing to do with it', async (t) => {
  const given = unitWays.find(({ rule }) => rule === 'program-exit')?.given as Evidence;
  const earlier = readTrace(
    '  tmux: client-70 [000] d..1 90.0: sched_process_exit: comm=tmux: client pid=70 prio=120',
    { cmdlines: { 70: 'tmux kill-session -t api' } },
  );
  t.equal(earlier.clients.length, 1);
  t.notMatch(textsOf({ ...given, testimony: readTrace(''), earlier }), /tmux/);
});
