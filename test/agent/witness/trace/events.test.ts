import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { tracedSignals } from '../../../../agent/witness/trace/events.ts';
import {
  type RecordedEvent,
  removeInstance,
  startInstance,
} from '../../../../agent/witness/trace/instance.ts';
import { whereTraced } from '../../../e2e/witness-child.ts';

/** What the kernel records of what `send.py` does: number and code, of the child and of itself. */
const sentBy = (name: string, event: RecordedEvent) => {
  const { pipe } = startInstance(name, [event]);
  try {
    const { stdout, stderr } = spawnSync('python3', [join(import.meta.dirname, 'send.py')], {
      encoding: 'utf8',
    });
    const [child, self] = stdout.trim().split(' ');
    const trace = readFileSync(join(pipe, '../trace'), 'utf8');
    const to = (pid: string | undefined): string[] =>
      [...trace.matchAll(/sig=(\d+) errno=\S+ code=(-?\d+) comm=.* pid=(\d+) grp/g)]
        .filter((found) => found[3] === pid)
        .map((found) => `${found[1]} ${found[2]}`);
    return { stderr, toChild: to(child), toSelf: to(self) };
  } finally {
    removeInstance(name);
  }
};

const [signals] = tracedSignals;

t.test(
  'what processes send is recorded, also as the C library does, and no timer',
  whereTraced,
  async (t) => {
    t.ok(signals);
    if (!signals) return;
    const { simplerFilter: _, ...event } = signals;
    const { stderr, toChild, toSelf } = sentBy(`holdfast-test-events-${process.pid}`, event);
    t.equal(stderr, '');
    const forged = ['14 -2', '26 -2', '27 -2', '29 -2', '34 -2', '40 -60', '32 -1', '33 -2'];
    const plain = ['14 0', '32 0', '33 0', '64 0', '32 -6', '33 -6', '9 0'];
    t.same(
      toChild.filter((one) => !one.endsWith(' 1')),
      [...forged, ...plain],
    );
    t.same(toChild.filter((one) => one.endsWith(' 1')).toSorted(), ['14 1', '41 1'], 'by a file');
    t.same(toSelf, []);
  },
);

t.test('for kernels that know less, what the code tells', whereTraced, async (t) => {
  const filter = signals?.simplerFilter ?? '';
  const event = { event: 'signal/signal_generate', filter };
  const { stderr, toChild, toSelf } = sentBy(`holdfast-test-simple-${process.pid}`, event);
  t.equal(stderr, '');
  const plain = ['14 0', '32 0', '33 0', '64 0', '32 -6', '33 -6', '9 0'];
  t.same(toChild, ['40 -60', '32 -1', ...plain]);
  t.same(toSelf, []);
});
