import t from 'tap';
import { createShared } from '../../../../agent/witness/process/shared.ts';

const one = { pid: 7, startTime: 1, comm: 'a', cmdline: 'b c', seenBy: 'proc' } as const;

t.test('two that say the same are one, and no others', async (t) => {
  const shared = createShared();
  const first = shared({ ...one });
  t.equal(shared({ ...one }), first);
  const others = [
    { ...one, pid: 8 },
    { ...one, startTime: null },
    { ...one, cmdline: null },
    { ...one, seenBy: 'probe' as const },
    // The same characters in a row.
    { ...one, comm: 'a b', cmdline: 'c' },
  ];
  for (const other of others) t.equal(shared(other), other);
  for (let pid = 100; pid < 5000; pid += 1) shared({ ...one, pid });
  t.same(shared({ ...one }), one);
});
