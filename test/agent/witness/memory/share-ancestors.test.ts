import t from 'tap';
import type { Ancestor, WitnessedSignal } from '../../../../agent/model/witnessed.ts';
import type { Recalled } from '../../../../agent/witness/memory/recollection.ts';
import { createSharing } from '../../../../agent/witness/memory/share-ancestors.ts';
import { seen, sent } from '../samples.ts';

const one: Ancestor = { pid: 7, startTime: 1, comm: 'a', cmdline: 'b c', seenBy: 'proc' };
const init: Ancestor = { pid: 1, startTime: 1, comm: 'init', cmdline: 'init', seenBy: 'proc' };

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));

/** What comes back of a signal from somebody with these parents. */
const ancestryBy = (share: ReturnType<typeof createSharing>, ...ancestry: Ancestor[]) => {
  const fact = copy(sent(1, 9, { sender: seen(8, { ancestry }) }));
  const shared = share({ kind: 'signal', fact });
  t.same(shared, { kind: 'signal', fact }, 'it says the same');
  return (shared.fact as WitnessedSignal).sender.ancestry;
};

t.test('lines of parents that say the same are one, and no others', async (t) => {
  const share = createSharing();
  const first = ancestryBy(share, one, init);
  t.equal(ancestryBy(share, one, init), first);
  t.equal(ancestryBy(share, { ...one, pid: 8 }, init)[1], first[1], 'a part of them');
  const others = [
    { ...one, pid: 8 },
    { ...one, startTime: null },
    { ...one, cmdline: null },
    { ...one, seenBy: 'probe' as const },
    { ...one, comm: 'b' },
    { ...one, file: '/bin/b' },
  ];
  for (const other of others) t.same(ancestryBy(share, other, init), [other, init]);
  t.same(ancestryBy(share, one), [one]);
  for (let pid = 100; pid < 2000; pid += 1) ancestryBy(share, { ...one, pid });
  t.same(ancestryBy(share, one, init), [one, init], 'bounded');
});

t.test('all that is remembered goes through', async (t) => {
  const share = createSharing();
  const process = seen(8, { ancestry: [one, init] });
  const entries: Recalled[] = [
    { kind: 'signal', fact: sent(1, 9, { sender: process, victim: process }) },
    { kind: 'oom', fact: { at: 1, victim: process, anonBytes: 5 } },
    { kind: 'client', fact: { at: 2, process } },
    { kind: 'lost', fact: { at: 3, count: 4 } },
  ];
  for (const entry of entries) t.same(share(copy(entry)), entry);
});
