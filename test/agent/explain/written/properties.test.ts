import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import type { Evidence } from '../../../../agent/explain/evidence.ts';
import { explain } from '../../../../agent/explain/explain.ts';
import { maxEventBytes } from '../../../../agent/model/event.ts';
import type { SourceFact } from '../../../../agent/model/source-fact.ts';
import { composed } from '../witnessed/composed.ts';
import { boot } from '../witnessed/read-trace.ts';
import { ways } from '../witnessed/ways.ts';
import { logged } from './tmux-facts.ts';
import { writtenWays } from './ways.ts';
import * as written from './written.ts';
import * as kernel from './written-kernel.ts';

const all = [...ways, ...composed, ...writtenWays].map(({ given, rule }) => ({ given, rule }));

/** Around the end itself, where it is hardest to tell apart. */
const secondsOf = ({ deaths: [death] }: Evidence): fc.Arbitrary<number> =>
  fc
    .double({ min: -70, max: 5, noNaN: true })
    .map((seconds) => Math.max(((death?.found ?? boot) - boot) / 1000 + seconds, 1));

/** No process and no unit of the ways is called so. */
const pid = fc.integer({ min: 3_000_000, max: 4_000_000 });
const unit = fc.constantFrom('cups.service', 'holdfast-tmux@other.service', 'session-99.scope');
const signal = fc.constantFrom(9, 11, 15);

/** A command that the server is given at that second, by a client that runs still. */
const told = (seconds: number, from: number, command: string): SourceFact => {
  const [fact] = logged(seconds, [`12:00: client-${from} command: ${command}`], [from]);
  assert.ok(fact);
  return fact;
};

const strangers = (at: fc.Arbitrary<number>): fc.Arbitrary<SourceFact> => {
  const of = <T>(one: fc.Arbitrary<T>, make: (seconds: number, one: T) => SourceFact) =>
    fc.tuple(at, one).map(([seconds, value]) => make(seconds, value));
  const killer = fc.record({ from: pid, to: pid, signal });
  const group = unit.map((name) => `/system.slice/${name}`);
  return fc.oneof(
    of(unit, (seconds, name) => written.stopping(seconds, name)),
    of(unit, (seconds, name) => written.stopped(seconds, name, 'restart')),
    of(unit, (seconds, name) => written.mainExited(seconds, name, 'killed', 9)),
    of(unit, (seconds, name) => written.result(seconds, name, 'timeout')),
    of(unit, (seconds, name) => written.unitOom(seconds, name, 'kernel')),
    of(unit, (seconds, name) => written.unitOom(seconds, name, 'oomd')),
    of(unit, (seconds, name) => written.sudo(seconds, `/usr/bin/systemctl stop ${name}`)),
    of(unit, (seconds, name) => written.allowed(seconds, `systemctl restart ${name}`)),
    of(fc.tuple(unit, pid), (seconds, [name, one]) =>
      written.unitSignal(seconds, name, `Killing process ${one} (node) with signal SIGKILL.`),
    ),
    of(killer, kernel.auditedKill),
    of(fc.tuple(pid, group), (seconds, [one, where]) =>
      kernel.oomKill(seconds, { pid: one, limit: null, group: where }),
    ),
    of(group, kernel.oomGroup),
    of(group, written.oomdKilled),
    of(pid, kernel.segfault),
    of(fc.tuple(pid, signal), (seconds, [one, how]) => kernel.coreDumped(seconds, one, how)),
    of(fc.constantFrom('98', '99'), (seconds, session) =>
      written.loginRemoved(seconds, session, 'other'),
    ),
    of(fc.constant('99'), written.loggedOut),
    of(pid, (seconds, one) => told(seconds, one, 'kill-session -t =of-somebody-else')),
    of(pid, (seconds, one) => told(seconds, one, 'kill-pane -t %4000000')),
    of(pid, (seconds, one) => kernel.memoryCounted(seconds, [one])),
    of(fc.constant('/usr/bin/make reboot'), (seconds, command) => written.sudo(seconds, command)),
  );
};

/** Such as reached with the very facts it had, and then with more. */
t.test('what was written of others changes neither cause nor name', async () => {
  const scene = fc
    .constantFrom(...all)
    .chain((way) =>
      fc.tuple(fc.constant(way), fc.array(strangers(secondsOf(way.given)), { maxLength: 30 })),
    );
  fc.assert(
    fc.property(scene, ([{ given, rule }, more]) => {
      const facts = given.facts ?? [];
      const before = explain({ ...given, facts });
      const after = explain({ ...given, facts: [...facts, ...more] });
      for (const key of ['cause', 'scope', 'confidence', 'summary', 'signal'] as const) {
        assert.deepEqual(after[key], before[key], rule);
      }
      assert.deepEqual(after.actor, before.actor);
      assert.deepEqual(after.missing, before.missing);
    }),
    { numRuns: 1000 },
  );
});

t.test('whoever is named was seen, or asked, or is the first process', async () => {
  const one = fc.integer({ min: 1, max: 3 });
  const scene = fc.constantFrom(...all).chain((way) => {
    const at = secondsOf(way.given);
    const pids = way.given.deaths.flatMap(({ panes, instance }) => [
      instance.pid,
      ...panes.map((pane) => pane.pid),
    ]);
    const victim = fc.constantFrom(1, ...pids);
    // Of the processes and units of the way itself, at any time.
    const near = fc.oneof(
      fc
        .tuple(at, victim, signal)
        .map(([s, to, sig]) => kernel.auditedKill(s, { from: 4711, to, signal: sig })),
      fc.tuple(at, victim).map(([s, to]) => kernel.segfault(s, to)),
      fc
        .tuple(at, victim)
        .map(([s, to]) => kernel.oomKill(s, { pid: to, limit: null, group: '/x' })),
      at.map((s) => written.stopping(s, 'web.service')),
      at.map((s) => written.sudo(s, '/usr/bin/systemctl stop web')),
      at.map((s) => written.sudo(s, '/sbin/reboot')),
      at.map((s) => written.goingDown(s, 'System is rebooting.')),
      fc.tuple(at, one).map(([s, length]) => written.packages(s, s + length)),
      at.map((s) => told(s, 4713, 'kill-session -t api')),
      at.map((s) => told(s, 4714, 'kill-window')),
      fc.tuple(at, victim).map(([s, to]) => kernel.memoryCounted(s, [to])),
    );
    return fc.tuple(fc.constant(way), fc.array(near, { maxLength: 12 }));
  });
  fc.assert(
    fc.property(scene, ([{ given }, more]) => {
      const facts = [...(given.facts ?? []), ...more];
      const text = JSON.stringify(facts);
      const unread = ['audit: '.padEnd(400, 'x'), 'oomd: ', 'a: ', 'b: '];
      const verdict = explain({ ...given, facts, unread });
      assert.equal(JSON.stringify(facts), text, 'facts are left as they are');
      assert.ok(!verdict.missing.some((line) => line.includes('it failed')), 'no rule fails');
      const seen = [
        ...(given.testimony?.signals.map(({ sender }) => sender.pid) ?? []),
        ...(given.testimony?.clients.map(({ process }) => process.pid) ?? []),
        ...(given.commands?.map(({ process }) => process.pid) ?? []),
        ...facts.flatMap((fact) =>
          fact.kind === 'run-as' || fact.kind === 'manager-request'
            ? [fact.pid]
            : fact.kind === 'audited-signal'
              ? [fact.sender.pid]
              : fact.kind === 'tmux-command'
                ? (fact.client?.pid ?? [])
                : [],
        ),
      ];
      assert.ok(!verdict.actor || [1, ...seen].includes(verdict.actor.pid));
      const bytes = Buffer.byteLength(JSON.stringify(verdict));
      assert.ok(bytes < maxEventBytes - 300, `${bytes} bytes`);
    }),
    { numRuns: 1000 },
  );
});
