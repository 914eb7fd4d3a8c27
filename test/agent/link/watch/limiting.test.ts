import t from 'tap';
import type { LimitsByName, SessionGroups } from '../../../../agent/link/cgroup/session-groups.ts';
import type { FullListing } from '../../../../agent/link/tmux/full-listing.ts';
import { createLimiting } from '../../../../agent/link/watch/limiting.ts';
import { createTroubles } from '../../../../agent/link/watch/troubles.ts';
import type { Watched } from '../../../../agent/link/watch/watched.ts';
import { instance } from '../../model/sample.ts';

const limits: LimitsByName = {
  bot: { memoryMax: 2 ** 26, memoryHigh: null, tasksMax: null, cpuWeight: null },
};

const listing = (nextSession: number, pid = instance.pid): FullListing => ({
  ...{ pid, rows: [], panes: [], exits: [], nextSession, version: '3.5a' },
  ...{ terminals: new Set<string>(), sessions: 0 },
});

/** Cgroups that answer what they are told to, one listing at a time. */
const limiting = () => {
  const told: unknown[] = [];
  const asked: [next: number, names: string[]][] = [];
  const waiting: ((answer: string | null | Error) => void)[] = [];
  const groups: SessionGroups = {
    prepare: async () => undefined,
    arrange: async (_, { nextSession }, wanted) => {
      asked.push([nextSession, Object.keys(wanted)]);
      const answer = await new Promise<string | null | Error>((resolve) => waiting.push(resolve));
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const watched: Watched = { instance, isDoubted: false, isClosed: false };
  const troubles = createTroubles(
    (what, message) => told.push([what, message]),
    (what) => told.push([what, 'over']),
  );
  const made = createLimiting(groups, watched, troubles);
  const settle = async (answer: string | null | Error): Promise<void> => {
    waiting.shift()?.(answer);
    for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  };
  const answer = async (what: string | null | Error): Promise<void> => {
    made.arrange(listing(1));
    await settle(what);
  };
  return { ...made, told, asked, watched, troubles, settle, answer };
};

t.test(
  'what is lacking is told once, again when it is something else, and when it is over',
  async (t) => {
    const { told, troubles, answer } = limiting();
    await answer(null);
    t.strictSame(told, []);
    await answer('no memory controller');
    await answer('no memory controller');
    t.strictSame(told.splice(0), [['limits', 'no memory controller']]);
    await answer('bot: memory.max (EBUSY)');
    t.strictSame(told.splice(0), [
      ['limits', 'over'],
      ['limits', 'bot: memory.max (EBUSY)'],
    ]);
    troubles.forget();
    await answer('bot: memory.max (EBUSY)');
    t.strictSame(told.splice(0), [['limits', 'bot: memory.max (EBUSY)']], 'to a new agent');
    await answer(null);
    await answer(null);
    t.strictSame(told, [['limits', 'over']]);
  },
);

t.test('a failure is told as well, and is over with the next that works', async (t) => {
  const { told, answer } = limiting();
  await answer(new Error('strange'));
  t.strictSame(told.splice(0), [['limits', 'strange']]);
  await answer(null);
  t.strictSame(told, [['limits', 'over']]);
});

t.test('one at a time, and the newest counts', async (t) => {
  const { asked, watched, arrange, setLimits, settle } = limiting();
  arrange(listing(1));
  arrange(listing(2));
  setLimits(limits);
  arrange(listing(3));
  await settle(null);
  t.strictSame(asked, [
    [1, []],
    [3, ['bot']],
  ]);
  arrange(listing(4, instance.pid + 1));
  await settle(null);
  t.equal(asked.length, 2, 'that of another server is left alone');
  arrange(listing(5));
  watched.isClosed = true;
  arrange(listing(6));
  await settle(null);
  t.equal(asked.length, 3, 'nothing after the end');
});
