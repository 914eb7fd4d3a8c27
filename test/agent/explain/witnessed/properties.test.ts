import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { explain } from '../../../../agent/explain/explain.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import type { Ancestor, SeenProcess, Testimony } from '../../../../agent/model/witnessed.ts';
import type { Way } from '../way.ts';
import { cmdline, processOf, signalOf, testimonyOf } from './arbitrary.ts';
import { deathOf, serverOf, told } from './case.ts';
import { composed } from './composed.ts';
import { atSecond } from './read-trace.ts';
import { ways } from './ways.ts';

type Told = Evidence & { testimony: Testimony };

const witnessed = [...ways, ...composed].flatMap(({ given, ...way }: Way) =>
  given.testimony ? { ...way, given: given as Told } : [],
);
const anyWay = fc.constantFrom(...witnessed);

/** No recorded process has such a pid. */
const strangers = fc.integer({ min: 1_000_000, max: 4_000_000 });
const anyTime = fc.integer({ min: 0, max: 2000 }).map(atSecond);

/** Of the time of the deaths themselves: there it is hardest to tell apart. */
const timeOf = ({ deaths }: Evidence): fc.Arbitrary<number> =>
  fc.oneof(
    anyTime,
    fc.double({ min: -1500, max: 200, noNaN: true }).map((ms) => (deaths[0]?.found ?? 0) + ms),
  );

const withMore = (given: Told, more: Partial<Testimony>): Told => {
  const { testimony } = given;
  const signals = [...testimony.signals, ...(more.signals ?? [])];
  const clients = [...testimony.clients, ...(more.clients ?? [])];
  return {
    ...given,
    testimony: {
      ...testimony,
      clients: clients.toSorted((a, b) => a.at - b.at),
      signals: signals.toSorted((a, b) => a.at - b.at),
      ooms: [...testimony.ooms, ...(more.ooms ?? [])],
    },
  };
};

t.test('what happens to others changes neither cause nor name', async () => {
  const scene = anyWay.chain((way) => {
    const at = timeOf(way.given);
    const process = processOf(strangers);
    // Whoever has the pid of a pane by now is a stranger too.
    const leaders = way.given.deaths.flatMap(({ panes }) => panes.map(({ pid }) => pid));
    const heir = fc
      .tuple(process, fc.constantFrom(1_000_000, ...leaders))
      .map(([one, pid]) => ({ ...one, pid, startTime: 3 }));
    const victim = fc.oneof(process, heir);
    return fc.record({
      way: fc.constant(way),
      signals: fc.array(signalOf(at, process, victim), { maxLength: 10 }),
      // Those of a unit that was stopped for one of its own would be no strangers.
      ooms: fc.array(
        fc.record({
          ...{ at, anonBytes: fc.constant(null) },
          victim: process.map((one) => ({ ...one, cgroup: '/elsewhere.service' })),
        }),
        { maxLength: 3 },
      ),
      clients: fc.array(
        fc.record({
          at,
          process: process.map((one) => ({ ...one, cmdline: 'tmux -S /elsewhere kill-server' })),
        }),
        { maxLength: 3 },
      ),
    });
  });
  fc.assert(
    fc.property(scene, ({ way: { given, rule }, ...more }) => {
      const [before, after] = [explain(given), explain(withMore(given, more))];
      assert.equal(after.cause, before.cause, rule);
      assert.equal(after.scope, before.scope);
      assert.deepEqual(after.actor, before.actor);
      assert.equal(after.summary, before.summary);
    }),
    { numRuns: 500 },
  );
});

t.test(
  'clients of which nothing was seen may cost a name, and never bring in another',
  async () => {
    const scene = anyWay.chain((way) =>
      fc.record({
        way: fc.constant(way),
        clients: fc.array(
          fc.record({
            at: timeOf(way.given),
            process: processOf(strangers).map((one) => ({ ...one, cmdline: null })),
          }),
          { minLength: 2, maxLength: 4 },
        ),
      }),
    );
    fc.assert(
      fc.property(scene, ({ way: { given, actor }, clients }) => {
        const [before, after] = [explain(given), explain(withMore(given, { clients }))];
        assert.equal(after.cause, before.cause);
        const mayAsk = (uid: number | null, server: number | null): boolean =>
          uid === null || server === null || uid === 0 || uid === server;
        const near = clients.filter(({ at, process: { uid } }) =>
          given.testimony.signals.some(
            (signal) => Math.abs(signal.at - at) <= 100 && mayAsk(uid, signal.sender.uid),
          ),
        );
        // The only one there was that may have done it: whoever that is.
        if (near.length !== 1) assert.ok([actor, null].includes(after.actor?.pid ?? null));
      }),
      { numRuns: 500 },
    );
  },
);

/** The same with other names and other pids: everything that one process is called is up to it. */
const renamed = (
  given: Told,
  nameOf: (pid: number) => string,
  cmdlineOf: (pid: number) => string | null,
  pidOf: (pid: number) => number,
): Told => {
  const ancestor = <T extends Ancestor>(one: T): T => ({
    ...one,
    ...{ pid: pidOf(one.pid), comm: nameOf(one.pid), cmdline: cmdlineOf(one.pid) },
  });
  const process = (one: SeenProcess): SeenProcess => ({
    ...ancestor(one),
    ancestry: one.ancestry.map(ancestor),
  });
  const { testimony, deaths, server, panes = {} } = given;
  return {
    ...given,
    server: {
      ...server,
      instance: server.instance ? { ...server.instance, pid: pidOf(server.instance.pid) } : null,
    },
    deaths: deaths.map((death) => ({
      ...death,
      panes: death.panes.map((pane) => ({ ...pane, pid: pidOf(pane.pid) })),
    })),
    ours: (given.ours ?? []).map(pidOf),
    panes: Object.fromEntries(
      Object.entries(panes).map(([pid, pane]) => [pidOf(Number(pid)), pane]),
    ),
    testimony: {
      ...testimony,
      signals: testimony.signals.map((one) => ({
        ...one,
        ...{ sender: process(one.sender), victim: process(one.victim) },
      })),
      ooms: testimony.ooms.map((one) => ({ ...one, victim: process(one.victim) })),
      clients: testimony.clients.map((one) => ({ ...one, process: process(one.process) })),
    },
  };
};

t.test('names, command lines and pids change no cause', async () => {
  fc.assert(
    fc.property(
      ...[anyWay, fc.func(fc.string({ unit: 'binary', maxLength: 15 })), fc.func(cmdline)],
      fc.integer({ min: 2, max: 4_000_000 }),
      ({ given }, nameOf, cmdlineOf, shift) => {
        // The first process is the first one on every machine.
        const pidOf = (pid: number): number => (pid === 1 ? 1 : pid + shift);
        const [before, after] = [explain(given), explain(renamed(given, nameOf, cmdlineOf, pidOf))];
        assert.equal(after.cause, before.cause);
        assert.equal(after.scope, before.scope);
        assert.equal(after.signal?.number, before.signal?.number);
        const pid = before.actor ? pidOf(before.actor.pid) : null;
        const seen = [...given.testimony.clients].map(({ process }) => pidOf(process.pid));
        const isNamed = after.actor ? [pid, ...seen].includes(after.actor.pid) : true;
        assert.ok(isNamed, `${after.actor?.pid}`);
      },
    ),
    { numRuns: 500 },
  );
});

t.test('whatever a witness says, there is a verdict, and it names only who was seen', async () => {
  const pid = fc.oneof(fc.constantFrom(1, 77, 500, 501, 9638), fc.integer({ min: 1, max: 600 }));
  const at = fc.oneof(
    fc.double({ min: 95, max: 102, noNaN: true }).map(atSecond),
    fc.constantFrom(atSecond(100), -1),
  );
  const exit = fc.constantFrom(
    ...[null, { signal: 9 }, { signal: 1 }, { status: 0 }, { status: 137 }, { status: 143 }],
  );
  const deaths = fc.array(
    fc.tuple(fc.constantFrom(500, 501, 502), exit, fc.constantFrom('live', 'agent-down')),
    { maxLength: 4 },
  );
  const how = fc.constantFrom('exited' as const, 'killed' as const, 'unknown' as const);
  const end = fc.option(fc.record({ at, how, text: fc.constant('') }));
  fc.assert(
    fc.property(testimonyOf(at, pid), deaths, end, (testimony, dead, serverEnd) => {
      const records = dead.map(([leader, exit, watched]) =>
        deathOf(leader, 100, exit, {
          session: `s${leader}\u0000会"`.repeat(9),
          watched: watched as 'live',
        }),
      );
      const given = told(testimony, records, { serverEnd, server: serverOf(9638), ours: [77] });
      const before = JSON.stringify(given);
      const verdict = explain(given);
      assert.equal(JSON.stringify(given), before, 'evidence is left as it is');
      assert.deepEqual(explain(structuredClone(given)), verdict);
      assert.ok(!verdict.missing.some((text) => text.includes('it failed')), 'no rule fails');
      const bytes = Buffer.byteLength(JSON.stringify(verdict));
      assert.ok(bytes < maxEventBytes - 300, `${bytes} bytes`);
      const seen = [
        ...testimony.signals.map(({ sender }) => sender.pid),
        ...testimony.clients.map(({ process }) => process.pid),
      ];
      assert.ok(!verdict.actor || seen.includes(verdict.actor.pid));
      assert.ok(!verdict.actor || verdict.cause !== 'program-exit');
    }),
    { numRuns: 1000 },
  );
});
