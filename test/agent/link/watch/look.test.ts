import t from 'tap';
import type { Probe } from '../../../../agent/link/tmux/probe.ts';
import type { Access } from '../../../../agent/link/watch/access.ts';
import { createLook } from '../../../../agent/link/watch/look.ts';
import { createReachability } from '../../../../agent/link/watch/reachability.ts';
import { singleFlight } from '../../../../agent/link/watch/single-flight.ts';
import { createTroubles } from '../../../../agent/link/watch/troubles.ts';
import type { Watched } from '../../../../agent/link/watch/watched.ts';
import type { ProcStat } from '../../../../agent/model/proc-stat.ts';
import { instance, other, statIn } from './sample-sight.ts';

const place = { server: 'main', socket: '/none/main.sock', managed: true };
const alive = (one = instance): Probe => ({ kind: 'alive', instance: one, version: '3.5a' });

/** A server as it is seen, which a test may change, and what came of looking at it. */
const looking = () => {
  const world = {
    answer: alive(),
    stat: (): ProcStat | null => statIn('S'),
    hasSocket: true,
    refusal: null as Error | null,
    shortage: null as Error | null,
  };
  const told: unknown[] = [];
  const watched: Watched = { instance: null, isDoubted: false, isClosed: false };
  const hold = {
    sentinel: null as { ended: null; done: Promise<void>; close(): void } | null,
    isHeld: () => hold.sentinel !== null,
    take: () => {
      hold.sentinel = { ended: null, done: new Promise(() => undefined), close: () => undefined };
    },
  };
  const access: Access = {
    probe: async () => world.answer,
    statOf: () => {
      if (world.shortage) throw world.shortage;
      return world.stat();
    },
    exists: () => world.hasSocket,
    applySettings: async () => {
      if (world.refusal) throw world.refusal;
    },
  };
  const look = createLook(
    place,
    {
      watched,
      hold,
      reach: createReachability((why, state) => told.push([why, state])),
      troubles: createTroubles(
        (what, message) => told.push([what, message]),
        () => undefined,
      ),
      confirmEnd: singleFlight(async (heir: string) => {
        told.push(['ended', heir]);
        watched.instance = null;
        hold.sentinel = null;
      }),
      onFound: () => told.push('found'),
      onWell: async () => void told.push('well'),
    },
    access,
  );
  /** What is told of one look. */
  const next = async (): Promise<unknown[]> => {
    told.length = 0;
    await look.run();
    return [...told];
  };
  return { world, watched, hold, look, told, next };
};

/** As `looking`, at a server that was found. */
const found = async () => {
  const all = looking();
  await all.next();
  all.told.length = 0;
  return all;
};

t.test('a server that answers is found, held, and then only looked at', async (t) => {
  const { watched, hold, next } = looking();
  t.strictSame(await next(), ['found']);
  t.strictSame(watched.instance, instance);
  t.ok(hold.sentinel);
  t.strictSame(await next(), ['well']);
});

t.test('one that is not there is told once', async (t) => {
  const { world, next } = looking();
  world.answer = { kind: 'missing' };
  t.strictSame(await next(), [['absent', '']]);
  t.strictSame(await next(), []);
});

t.test('another that took its place is found when it ended', async (t) => {
  const { world, watched, next } = await found();
  world.answer = alive(other);
  watched.isDoubted = true;
  const looks = [statIn('S'), null];
  world.stat = () => looks.shift() ?? null;
  t.strictSame(await next(), [['ended', 'pid 4001 has its socket now'], 'found']);
  t.strictSame(watched.instance, other);
});

t.test('that somebody else answers counts when it happens twice', async (t) => {
  const { world, watched, next } = await found();
  world.answer = alive(other);
  watched.isDoubted = true;
  t.strictSame(await next(), []);
  t.strictSame(await next(), [['socket-lost', 'S']]);
  world.answer = alive();
  t.strictSame(await next(), ['found']);
  t.strictSame(await next(), ['well'], 'it has its socket again');
});

t.test('looks at the same time are one', async (t) => {
  const { world, watched, look, told } = await found();
  world.answer = alive(other);
  watched.isDoubted = true;
  await Promise.all([look.run(), look.run(), look.run()]);
  t.strictSame(told, [], 'one answer, which proves nothing');
});

t.test('listings that do not come', async (t) => {
  const { world, watched, look, told } = await found();
  await look.doubt('foreign');
  t.ok(watched.isDoubted);
  t.strictSame(told, []);
  for (let i = 0; i < 3; i += 1) await look.doubt('strange');
  t.strictSame(told, [['hung', 'S']], 'the third that cannot be read');
  world.hasSocket = false;
  await look.doubt('silent');
  world.stat = () => null;
  await look.doubt('silent');
  t.strictSame(told.slice(1), [
    ['socket-lost', 'S'],
    ['ended', ''],
  ]);
  await look.doubt('silent');
  t.equal(told.length, 3, 'of a server nobody knows any more');
});

t.test('settings that are refused are told, and no more until they were taken', async (t) => {
  const { world, hold, watched, next } = looking();
  const again = (): void => {
    hold.sentinel = null;
    watched.isDoubted = true;
  };
  world.refusal = new Error('unknown option: exit-empty');
  t.strictSame(await next(), [['settings', 'unknown option: exit-empty'], 'found']);
  again();
  t.strictSame(await next(), ['found']);
  world.refusal = null;
  again();
  await next();
  world.refusal = new Error('x'.repeat(5000));
  again();
  t.strictSame(await next(), [['settings', 'x'.repeat(300)], 'found']);
});

t.test('a look without a descriptor to spare ends nothing, and is told once', async (t) => {
  const { world, watched, look, next } = await found();
  world.shortage = new Error('EMFILE: too many open files');
  t.strictSame(await next(), [['look', 'EMFILE: too many open files']]);
  t.strictSame(await next(), []);
  await look.doubt('silent');
  t.strictSame(watched.instance, instance);
  world.shortage = null;
  t.strictSame(await next(), ['well']);
  world.shortage = new Error('again');
  t.strictSame(await next(), [['look', 'again']]);
});

t.test('what answers strangely is told in its words', async (t) => {
  const { world, next } = looking();
  world.answer = { kind: 'unclear', text: 'protocol version mismatch (client 8, server 7)' };
  t.strictSame(await next(), [
    ['look', 'protocol version mismatch (client 8, server 7)'],
    ['unclear', ''],
  ]);
  world.answer = { kind: 'hangup' };
  t.strictSame(await next(), []);
});
