import t from 'tap';
import { maxAnswer } from '../../../../agent/protocol/witness.ts';
import { createRecollection } from '../../../../agent/witness/memory/recollection.ts';
import { seen, sent } from '../samples.ts';

const always = Number.MAX_SAFE_INTEGER;

t.test('of whom is asked, and of their descendants, in that time', async (t) => {
  const memory = createRecollection(5);
  const ancestor = { pid: 7, startTime: 1, comm: 'x', cmdline: null, seenBy: null };
  memory.remember({ kind: 'signal', fact: sent(10, 7) });
  memory.remember({
    kind: 'signal',
    fact: sent(20, 8, { victim: seen(8, { ancestry: [ancestor] }) }),
  });
  memory.remember({ kind: 'signal', fact: sent(30, 9) });
  memory.remember({ kind: 'oom', fact: { at: 15, victim: seen(99), anonBytes: null } });
  memory.remember({ kind: 'client', fact: { at: 16, process: seen(98) } });
  memory.remember({ kind: 'lost', fact: { at: 17, count: 4 } });
  const told = memory.testify([7], 0, 100);
  t.same(
    told.signals.map(({ at }) => at),
    [10, 20],
  );
  t.match(told, { since: 5, ooms: [{ at: 15 }], clients: [{ at: 16 }], lost: [{ count: 4 }] });
  t.match(memory.testify([7], 11, 15), { signals: [{ at: 20 }].slice(1), ooms: [{ at: 15 }] });
  t.same(memory.testify([7], 11, 15).lost, []);
  t.same(memory.count(), { signals: 3, lost: 4 });
});

t.test('of the first process not everything is told that comes from it', async (t) => {
  const memory = createRecollection(0);
  const init = { pid: 1, startTime: 1, comm: 'systemd', cmdline: null, seenBy: null };
  const fact = sent(10, 8, { victim: seen(8, { ancestry: [init] }) });
  memory.remember({ kind: 'signal', fact });
  memory.remember({ kind: 'signal', fact: sent(20, 1) });
  t.match(memory.testify([1], 0, always).signals, [{ at: 20 }]);
  t.equal(memory.testify([1], 0, always).signals.length, 1);
});

t.test('what had to go is not claimed', async (t) => {
  const memory = createRecollection(0);
  for (let at = 1; at <= 1000; at += 1) memory.remember({ kind: 'signal', fact: sent(at, 7) });
  const { signals, since } = memory.testify([7], 0, always);
  t.ok(signals.length < 1000);
  t.equal(since, 1000 - signals.length);
  t.equal(memory.since(), since);
  for (let at = 1; at <= 1000; at += 1) {
    memory.remember({ kind: 'oom', fact: { at, victim: seen(7), anonBytes: null } });
    memory.remember({ kind: 'client', fact: { at, process: seen(7) } });
    memory.remember({ kind: 'lost', fact: { at, count: 1 } });
  }
  const { ooms, clients, lost } = memory.testify([7], 0, always);
  for (const kept of [ooms, clients, lost]) {
    t.ok(kept.length < 500);
    t.equal(kept.at(-1)?.at, 1000);
  }
});

t.test('a time of which losses were forgotten is not claimed', async (t) => {
  const memory = createRecollection(0);
  for (let at = 1; at <= 1000; at += 1) memory.remember({ kind: 'lost', fact: { at, count: 1 } });
  const { lost, since } = memory.testify([7], 0, always);
  t.ok(lost.length < 1000);
  t.equal(since, 1000 - lost.length);
});

t.test('an answer is bounded, and claims no more than it tells', async (t) => {
  const memory = createRecollection(0);
  // Control characters take six each in JSON.
  const ancestor = { pid: 3, startTime: 1, comm: 'x', cmdline: '\u0001'.repeat(300), seenBy: null };
  const hostile = seen(7, { ancestry: Array.from({ length: 12 }, () => ancestor) });
  for (let at = 1; at <= 500; at += 1) {
    memory.remember({ kind: 'signal', fact: sent(at, 7, { sender: hostile, victim: hostile }) });
  }
  const told = memory.testify([7], 0, always);
  t.ok(JSON.stringify(told).length < 3 * 1024 * 1024);
  t.equal(told.signals.at(-1)?.at, 500, 'the newest are there');
  t.equal(told.since, (told.signals[0]?.at ?? 0) - 1);
  t.equal(memory.since(), 0, 'they are not forgotten');
});

t.test('clients push out clients alone', async (t) => {
  const memory = createRecollection(5);
  for (let at = 1001; at <= 2000; at += 1) {
    memory.remember({ kind: 'client', fact: { at, process: seen(7) } });
  }
  const { since, clientsSince, clients } = memory.testify([7], 0, always);
  t.equal(since, 5);
  t.equal(clientsSince, (clients[0]?.at ?? 0) - 1);
});

t.test('a time of which clients are not known', async (t) => {
  const memory = createRecollection(5);
  memory.blindToClientsUntil(50);
  memory.blindToClientsUntil(40);
  for (let at = 1; at <= 201; at += 1) {
    memory.remember({ kind: 'client', fact: { at: 30 + at / 1000, process: seen(7) } });
  }
  t.match(memory.testify([7], 0, always), { since: 5, clientsSince: 50 });
});

t.test('a time without sight', async (t) => {
  const memory = createRecollection(5);
  memory.blindUntil(50);
  memory.blindUntil(40);
  t.equal(memory.testify([7], 0, always).since, 50);
});

t.test('hostile clients and victims leave room for the signals of others', async (t) => {
  const memory = createRecollection(0);
  const cmdline = '\u0001'.repeat(300);
  const ancestor = { pid: 7, startTime: 1, comm: 'x', cmdline, seenBy: 'proc' } as const;
  const process = seen(98, { cmdline, ancestry: Array.from({ length: 12 }, () => ancestor) });
  memory.remember({ kind: 'signal', fact: sent(1, 5) });
  for (let at = 2; at < 302; at += 1) {
    memory.remember({ kind: 'client', fact: { at, process } });
    memory.remember({ kind: 'oom', fact: { at, victim: process, anonBytes: null } });
  }
  const told = memory.testify([5], 0, always);
  t.equal(told.signals.length, 1);
  t.ok(told.clients.length > 0 && told.ooms.length > 0);
  t.ok(JSON.stringify(told).length < maxAnswer);
  t.ok(told.since > 200, 'what had to go is not claimed');
});
