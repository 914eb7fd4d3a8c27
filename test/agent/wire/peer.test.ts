import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import t, { type Test } from 'tap';
import { RequestFailure } from '../../../agent/model/failure.ts';
import {
  createPeer,
  type Peer,
  type PeerHandlers,
  type PeerLimits,
} from '../../../agent/wire/peer.ts';
import { connected } from './connected.ts';

const limits: PeerLimits = {
  ...{
    maxLine: 64 * 1024,
    unfinishedMs: 60_000,
    maxQueued: 1024 * 1024,
    maxPending: 4,
    callMs: 60_000,
  },
};

const handlers = (changes: Partial<PeerHandlers> = {}): PeerHandlers => ({
  requests: { echo: (params) => params },
  notifications: {},
  ...changes,
});

/** A peer, and a socket on which a stranger may write what he likes. */
const withStranger = async (t: Test, given = handlers(), changes: Partial<PeerLimits> = {}) => {
  const { near, far } = await connected(t);
  const peer = createPeer(near, given, { ...limits, ...changes });
  const lines = createInterface({ input: far })[Symbol.asyncIterator]();
  const say = (message: unknown): void => {
    far.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  };
  const hear = async (): Promise<unknown> => JSON.parse((await lines.next()).value ?? 'null');
  return { peer, far, near, say, hear };
};

const withPeers = async (t: Test, given: PeerHandlers, changes: Partial<PeerLimits> = {}) => {
  const { near, far } = await connected(t);
  const here = createPeer(near, given, { ...limits, ...changes });
  const there = createPeer(far, handlers(), { ...limits, ...changes });
  return { here, there, near, far };
};

/** Never before, and surely after, what was sent earlier has been dealt with. */
const roundTrip = async ({
  say,
  hear,
}: {
  say(message: unknown): void;
  hear(): Promise<unknown>;
}) => {
  say({ jsonrpc: '2.0', id: 'mark', method: 'echo', params: 'mark' });
  return hear();
};

const marked = { jsonrpc: '2.0', id: 'mark', result: 'mark' };

t.test('two peers ask and answer each other at once', async (t) => {
  const { here, there } = await withPeers(
    t,
    handlers({ requests: { double: (n) => Number(n) * 2, none: () => undefined } }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer(), { maxLength: 3 }),
      fc.jsonValue(),
      async (numbers, value) => {
        const doubled = numbers.map((n) => there.call('double', n));
        const echoed = here.call('echo', value);
        assert.deepEqual(
          await Promise.all(doubled),
          numbers.map((n) => n * 2),
        );
        assert.deepEqual(await echoed, JSON.parse(JSON.stringify(value ?? {})));
      },
    ),
    { numRuns: 50 },
  );
  t.strictSame(await there.call('none', {}), {}, 'nothing is an answer too');
});

t.test('a method that is none, or that every object has, is refused', async (t) => {
  const { there } = await withPeers(t, handlers());
  for (const method of ['nothing', 'constructor', '__proto__', 'toString', '']) {
    await t.rejects(there.call(method, {}), {
      code: 'jsonrpc-32601',
      message: `no method ${method}`,
    });
  }
  await t.rejects(there.call('x'.repeat(500), {}), { message: `no method ${'x'.repeat(60)}` });
});

t.test('a refusal keeps its code; anything else thrown is told only to the log', async (t) => {
  const troubles: string[] = [];
  const { there } = await withPeers(
    t,
    handlers({
      requests: {
        refuse: () => {
          throw new RequestFailure('unknown-session', 'no such session', { retryable: true });
        },
        break: () => Promise.reject(new Error('a secret path')),
        circle: () => {
          const circle: { self?: unknown } = {};
          circle.self = circle;
          return circle;
        },
      },
      onTrouble: (what) => troubles.push(what),
    }),
  );
  await t.rejects(there.call('refuse', {}), {
    code: 'unknown-session',
    retryable: true,
    message: 'no such session',
  });
  await t.rejects(there.call('break', {}), { code: 'jsonrpc-32603', message: 'internal error' });
  await t.rejects(there.call('circle', {}), { message: 'internal error' });
  t.strictSame(troubles, ['request break failed', 'request circle failed']);
});

t.test('what is not JSON-RPC is answered, and the connection goes on', async (t) => {
  const stranger = await withStranger(t);
  const error = (code: number) => ({ jsonrpc: '2.0', id: null, error: { code } });
  stranger.say('{ half');
  t.match(await stranger.hear(), error(-32700));
  stranger.say([{ jsonrpc: '2.0', id: 1, method: 'echo' }]);
  t.match(await stranger.hear(), error(-32600), 'a batch');
  stranger.say({ jsonrpc: '2.0', id: {}, method: 'echo' });
  t.match(await stranger.hear(), error(-32600));
  t.strictSame(await roundTrip(stranger), marked);
});

t.test('whatever a stranger says, one who asks properly is answered', async (t) => {
  const stranger = await withStranger(t, handlers({ onTrouble: () => undefined }));
  const line = fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.json());
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 10 }), async (lines) => {
      for (const text of lines) stranger.say(text.replaceAll('\n', ' '));
      let answer = await roundTrip(stranger);
      while ((answer as { id?: unknown }).id !== 'mark') answer = await stranger.hear();
      assert.deepEqual(answer, marked);
    }),
    { numRuns: 100 },
  );
  t.notOk(stranger.near.destroyed);
});

t.test('answers nobody asked for are let go by', async (t) => {
  const stranger = await withStranger(t);
  const asked = stranger.peer.call('question', {});
  t.match(await stranger.hear(), { id: 1, method: 'question' });
  for (const id of [2, '1', 'x']) stranger.say({ jsonrpc: '2.0', id, result: 'wrong' });
  stranger.say({ jsonrpc: '2.0', id: null, error: { code: 1, message: 'of nothing' } });
  stranger.say({ jsonrpc: '2.0', id: 1, result: 'right' });
  stranger.say({ jsonrpc: '2.0', id: 1, result: 'once more' });
  t.equal(await asked, 'right');
  t.strictSame(await roundTrip(stranger), marked);
});

t.test('an error answer is a failure with its code', async (t) => {
  const stranger = await withStranger(t);
  const asked = stranger.peer.call('question', {});
  await stranger.hear();
  stranger.say({
    jsonrpc: '2.0',
    id: 1,
    error: { code: -32000, message: 'no', data: { code: 'busy', retryable: true } },
  });
  await t.rejects(asked, { name: 'RequestFailure', code: 'busy', retryable: true, message: 'no' });
});

t.test('so many requests at once, and no more', async (t) => {
  const { promise: gate, resolve: open } = Promise.withResolvers<string>();
  const stranger = await withStranger(
    t,
    handlers({ requests: { wait: () => gate, echo: (params) => params } }),
  );
  for (let id = 1; id <= limits.maxPending + 2; id += 1)
    stranger.say({ jsonrpc: '2.0', id, method: 'wait' });
  for (const id of [5, 6]) {
    t.match(await stranger.hear(), { id, error: { data: { code: 'busy', retryable: true } } });
  }
  open('done');
  for (const id of [1, 2, 3, 4]) t.match(await stranger.hear(), { id, result: 'done' });
  t.strictSame(await roundTrip(stranger), marked, 'there is room again');
});

t.test('a message too long ends the connection', async (t) => {
  const { peer, say } = await withStranger(t);
  const asked = peer.call('question', {});
  say({ jsonrpc: '2.0', id: 1, method: 'echo', params: 'x'.repeat(limits.maxLine) });
  await t.rejects(asked, {
    code: 'connection-closed',
    retryable: true,
    cause: { code: 'line-too-long' },
  });
  t.match(await peer.closed, { code: 'line-too-long' });
});

t.test('half a message does so in time', async (t) => {
  const { peer, far } = await withStranger(t, handlers(), { unfinishedMs: 20 });
  far.write('{"jsonrpc":"2.0",');
  t.match(await peer.closed, { code: 'line-unfinished' });
});

t.test('one who does not read is given up, and nothing grows without end', async (t) => {
  const { near, far } = await connected(t);
  const peer = createPeer(near, handlers(), limits);
  far.pause();
  let sent = 0;
  while (!near.destroyed && sent < 1000) {
    peer.notify('news', 'x'.repeat(16 * 1024));
    sent += 1;
  }
  t.match(await peer.closed, { code: 'slow-reader' });
  t.ok(sent < 1000, `${sent} messages of 16 KiB`);
  t.doesNotThrow(() => peer.notify('news', {}), 'nothing is sent any more');
});

t.test('a single message may be larger than what may wait', async (t) => {
  const { here, there } = await withPeers(t, handlers(), { maxLine: 4 * 1024 * 1024 });
  const large = 'x'.repeat(2 * 1024 * 1024);
  t.equal(await there.call('echo', large), large);
  t.equal(here.waiting(), 0);
});

t.test('a little that waits is no reason to wait', async (t) => {
  const { near, far } = await connected(t);
  const peer = createPeer(near, handlers(), limits);
  far.pause();
  const notice = 'x'.repeat(1024);
  while (peer.waiting() === 0) peer.notify('news', notice);
  await peer.drained();
  t.ok(peer.waiting() > 0);
});

t.test('an answer that does not come is not waited for', async (t) => {
  const { peer } = await withStranger(t, handlers(), { callMs: 20 });
  await t.rejects(peer.call('question', {}), {
    code: 'no-answer',
    retryable: true,
    message: /question in 20 ms/,
  });
});

t.test('an answer that was there in time is heard, however late its turn comes', async (t) => {
  const { peer, say, hear } = await withStranger(t, handlers(), { callMs: 1500 });
  const answer = peer.call('question', {});
  const { id } = (await hear()) as { id: number };
  say({ jsonrpc: '2.0', id, result: 'in time' });
  const until = performance.now() + 1600;
  while (performance.now() < until);
  t.equal(await answer, 'in time');
});

t.test('notifications are heard, or let go by, or told to the log', async (t) => {
  const heard: unknown[] = [];
  const stranger = await withStranger(
    t,
    handlers({
      notifications: {
        news: (params) => heard.push(params),
        broken: () => {
          throw new Error('not understood');
        },
      },
      onTrouble: (what) => heard.push(what),
    }),
  );
  for (const method of ['news', 'nothing', 'constructor', 'broken', 'news']) {
    stranger.say({ jsonrpc: '2.0', method, params: 1 });
  }
  t.strictSame(await roundTrip(stranger), marked);
  t.strictSame(heard, [1, 'notification broken refused', 1]);
});

t.test('a connection that closes fails what was asked, and what is asked then', async (t) => {
  const { peer, far } = await withStranger(t);
  const asked = peer.call('question', {});
  far.end();
  await t.rejects(asked, { code: 'connection-closed', retryable: true });
  t.equal(await peer.closed, null);
  await t.rejects(peer.call('another', {}), { code: 'connection-closed' });
});

t.test('a peer that closes lets go what it still has to say', async (t) => {
  const { peer, hear, far } = await withStranger(t);
  const over = once(far, 'close');
  peer.notify('news', 'last');
  peer.close();
  t.match(await hear(), { method: 'news', params: 'last' });
  await over;
  t.equal(await peer.closed, null);
});

const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  const pending = Symbol('pending');
  return (
    (await Promise.race([promise, new Promise((resolve) => setImmediate(resolve, pending))])) !==
    pending
  );
};

const fill = (peer: Peer, near: Socket): void => {
  for (let i = 0; i < 1000 && !near.writableNeedDrain; i += 1) {
    peer.notify('news', 'x'.repeat(16 * 1024));
  }
};

t.test('it is known when all has left', async (t) => {
  const { near, far } = await connected(t);
  const peer = createPeer(near, handlers(), limits);
  await peer.drained();
  far.pause();
  fill(peer, near);
  const drained = peer.drained();
  t.notOk(await settled(drained));
  far.resume();
  await drained;
  t.equal(near.writableLength, 0);
  far.pause();
  fill(peer, near);
  const never = peer.drained();
  near.destroy();
  await never;
  await peer.drained();
});
