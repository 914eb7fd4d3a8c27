import { join } from 'node:path';
import t from 'tap';
import { callLimitMs, isOverloaded, limitCall } from '../../../../agent/link/tmux/call-limit.ts';

t.beforeEach(async (t) => {
  const timers = await import('node:test').then(({ mock }) => mock.timers);
  timers.enable({ apis: ['setTimeout'] });
  t.teardown(() => timers.reset());
  t.context = timers;
});

const start = (overloaded: boolean, limitMs?: number) => {
  const late: number[] = [];
  const letGo = limitCall(
    (ms) => late.push(ms),
    limitMs,
    () => overloaded,
  );
  return { late, letGo };
};

t.test('a call has its limit', async (t) => {
  const { late } = start(false);
  t.context.tick(callLimitMs - 1);
  t.same(late, []);
  t.context.tick(1);
  t.same(late, [callLimitMs]);
});

t.test('three times that while the machine is overloaded', async (t) => {
  const { late } = start(true, 100);
  t.context.tick(100);
  t.same(late, []);
  t.context.tick(199);
  t.same(late, []);
  t.context.tick(1);
  t.same(late, [300]);
});

t.test('one that is over has none, whenever that was', async (t) => {
  const early = start(true, 100);
  early.letGo();
  const late = start(true, 100);
  t.context.tick(100);
  late.letGo();
  t.context.tick(1000);
  t.same([...early.late, ...late.late], []);
});

t.test('the kernel says what waits', async (t) => {
  const line = (percent: string) =>
    `some avg10=${percent} avg60=9.00 avg300=9.00 total=9\nfull avg10=99.00\n`;
  const idle = t.testdir({ cpu: line('49.99'), memory: line('0.00'), io: line('3.10') });
  t.equal(isOverloaded(idle), false);
  for (const resource of ['cpu', 'memory', 'io']) {
    t.equal(isOverloaded(t.testdir({ [resource]: line('50.00') })), true, resource);
  }
  t.equal(isOverloaded(join(idle, 'none')), false, 'a kernel without pressure');
  t.equal(isOverloaded(t.testdir({ cpu: 'nonsense' })), false);
});
