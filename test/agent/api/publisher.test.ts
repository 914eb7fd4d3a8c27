import t from 'tap';
import { createPublisher } from '../../../agent/api/publisher.ts';
import type { Receiver } from '../../../agent/api/subscriber.ts';
import type { Event } from '../../../agent/model/event.ts';
import type { EventLog } from '../../../agent/model/event-log.ts';
import type { Run } from '../../../agent/model/state.ts';
import type { EventNotification, Subscription } from '../../../agent/protocol/agent.ts';
import { eventsUpTo, memoryLog, now } from './sample-log.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A publisher of a log that holds events up to `head`. */
const publishing = (head = 0, changes: Partial<EventLog> = {}, runs: readonly Run[] = []) => {
  const kept = memoryLog(eventsUpTo(head), changes);
  const publisher = createPublisher({ log: kept.log, now: () => now, runs: () => runs });
  const store = (events: Event[]): void => {
    kept.stored.push(...events);
    publisher.stored(events);
  };
  const happen = (events: Event[]): void => {
    publisher.recorded(events);
    store(events);
  };
  const subscribe = (subscription: Subscription, changes: Partial<Receiver> = {}) => {
    const told: EventNotification[] = [];
    const receiver = {
      send: (notification: EventNotification) => void told.push(notification),
      waiting: () => 0,
      drained: async () => undefined,
      gone: () => false,
      ...changes,
    };
    publisher.subscribe(receiver, subscription, kept.stored.at(-1)?.seq ?? 0);
    const seqs = () => told.map(({ event }) => event.seq);
    const isAllStored = () => told.every(({ stored }) => stored);
    return { told, seqs, isAllStored };
  };
  return { ...kept, publisher, store, happen, subscribe };
};

const numbers = (last: number, first = 1): number[] =>
  eventsUpTo(last, first).map(({ seq }) => seq);

t.test('what is stored is caught up with, and then followed, in order and once', async (t) => {
  const { subscribe, happen, queries } = publishing(1200);
  const { seqs, isAllStored } = subscribe({ after: 0 });
  const late = subscribe({ after: 1150 });
  await settled();
  t.strictSame(seqs(), numbers(1200));
  happen(eventsUpTo(1202, 1201));
  happen(eventsUpTo(1203, 1203));
  t.strictSame(seqs(), numbers(1203), 'at once');
  t.strictSame(late.seqs(), numbers(1203, 1151));
  t.ok(isAllStored());
  t.ok(queries.every(({ limit }) => limit === 500));
});

t.test('what is recorded is not told before it is stored', async (t) => {
  const { subscribe, publisher, store } = publishing();
  const { seqs } = subscribe({ after: 0 });
  await settled();
  publisher.recorded(eventsUpTo(3));
  await settled();
  t.strictSame(seqs(), []);
  store(eventsUpTo(3));
  t.strictSame(seqs(), [1, 2, 3]);
});

t.test('what is stored while it catches up is neither lost nor told twice', async (t) => {
  const pages: ((events: Event[]) => void)[] = [];
  const read = () => new Promise<Event[]>((resolve) => pages.push(resolve));
  const { subscribe, publisher } = publishing(0, { read });
  const { seqs } = subscribe({ after: 0 });
  publisher.stored(eventsUpTo(2));
  pages[0]?.([]);
  await settled();
  t.equal(pages.length, 2, 'it looks again: the page was read too early');
  pages[1]?.(eventsUpTo(2));
  await settled();
  publisher.stored(eventsUpTo(4, 3));
  pages[2]?.(eventsUpTo(4, 3));
  await settled();
  pages[3]?.([]);
  await settled();
  publisher.stored(eventsUpTo(5, 4));
  t.strictSame(seqs(), [1, 2, 3, 4, 5]);
});

t.test('a slow reader gets no page before it has read the last', async (t) => {
  const drains: (() => void)[] = [];
  const drained = () => new Promise<void>((resolve) => drains.push(resolve));
  const { subscribe, happen, queries } = publishing(600);
  const { seqs } = subscribe({ after: 0 }, { drained });
  const quick = subscribe({ after: 600 });
  await settled();
  happen(eventsUpTo(601, 601));
  await settled();
  t.strictSame(seqs(), numbers(500));
  t.strictSame(quick.seqs(), [601], 'and keeps nobody else waiting');
  const asked = queries.length;
  drains[0]?.();
  await settled();
  t.strictSame(seqs(), numbers(601));
  t.equal(queries.length, asked + 1);
});

t.test('what a slow reader has no room for it reads from the log, in order and once', async (t) => {
  const { promise, resolve: drain } = Promise.withResolvers<void>();
  let waiting = 0;
  const { subscribe, happen } = publishing(2);
  const { seqs, told, isAllStored } = subscribe(
    { after: 0 },
    { waiting: () => waiting, drained: () => (waiting > 0 ? promise : Promise.resolve()) },
  );
  await settled();
  waiting = 2 * 1024 * 1024;
  happen(eventsUpTo(900, 3));
  happen(eventsUpTo(902, 901));
  await settled();
  t.strictSame(seqs(), [1, 2], 'it is not pushed');
  waiting = 0;
  drain();
  await settled();
  happen(eventsUpTo(903, 903));
  t.strictSame(seqs(), numbers(903));
  t.ok(isAllStored());
  t.notOk(told.some(({ event }) => event.type === 'events.gap'));
});

t.test('only the types it wants, and the others do not count as missing', async (t) => {
  const { subscribe, happen } = publishing(4);
  const { seqs, told } = subscribe({ after: 0, types: ['session.undeclared'] });
  await settled();
  happen(eventsUpTo(5, 5));
  happen(eventsUpTo(9, 6));
  t.strictSame(seqs(), [3, 6, 9]);
  t.ok(told.every(({ event }) => event.type === 'session.undeclared'));
});

t.test('events that retention has deleted are a gap', async (t) => {
  const { subscribe, stored } = publishing(20);
  stored.splice(0, 9);
  const { told, seqs } = subscribe({ after: 4, types: ['session.undeclared'] });
  await settled();
  t.strictSame(told[0], {
    event: {
      ...{ seq: 9, v: 1, at: now, type: 'events.gap', trace: '' },
      data: { from: 5, to: 9, reason: 'retention' },
    },
    ...{ stored: false, run: 0 },
  });
  t.strictSame(seqs(), [9, 12, 15, 18]);
  const { seqs: whole } = subscribe({ after: 9 });
  await settled();
  t.strictSame(whole(), numbers(20, 10), 'who had them misses nothing');
});

t.test('so are those that were told of and never stored', async (t) => {
  const { subscribe, happen } = publishing(10);
  const { told, seqs } = subscribe({ after: 14 });
  await settled();
  t.match(told, [
    { stored: false, event: { seq: 10, type: 'events.gap', data: { reason: 'not-stored' } } },
  ]);
  happen(eventsUpTo(12, 11));
  t.strictSame(seqs(), [10, 11, 12], 'their numbers are used again');
});

t.test(
  'where the next run has come as far as they went, its events are told all the same',
  async (t) => {
    const runs = [
      { startedAt: 1000, after: 0 },
      { startedAt: 2000, after: 6 },
    ];
    const { subscribe, happen } = publishing(10, {}, runs);
    const { told, seqs } = subscribe({ after: 9, run: 1000 });
    const present = subscribe({ after: 9, run: 2000 });
    await settled();
    t.match(told[0]?.event, { type: 'events.gap', data: { from: 7, to: 9, reason: 'not-stored' } });
    t.strictSame(seqs(), [6, 7, 8, 9, 10]);
    happen(eventsUpTo(11, 11));
    t.strictSame(present.seqs(), [10, 11], 'its own run gives no number twice');
    t.ok(told.every(({ run }) => run === 2000));
  },
);

t.test('what cannot be read now is read when something is stored', async (t) => {
  let fails = true;
  const kept = memoryLog(eventsUpTo(3));
  const { subscribe, store } = publishing(3, {
    read: (query) => (fails ? Promise.reject(new Error('busy')) : kept.log.read(query)),
  });
  const { seqs } = subscribe({ after: 0 });
  await settled();
  t.strictSame(seqs(), []);
  fails = false;
  kept.stored.push(...eventsUpTo(5, 4));
  store(eventsUpTo(5, 4));
  await settled();
  t.strictSame(seqs(), [1, 2, 3, 4, 5]);
});

t.test('whoever is gone is read for and told no more', async (t) => {
  let gone = false;
  const { subscribe, happen, queries } = publishing(2);
  const { seqs } = subscribe({ after: 0, subscriber: 'mail' }, { gone: () => gone });
  await settled();
  const asked = queries.length;
  gone = true;
  happen(eventsUpTo(3, 3));
  gone = false;
  happen(eventsUpTo(4, 4));
  await settled();
  t.strictSame(seqs(), [1, 2]);
  t.equal(queries.length, asked);
});

t.test('nor is anything more read for it while it catches up', async (t) => {
  const { subscribe, queries } = publishing(1200);
  let gone = false;
  const drained = async () => {
    gone = true;
  };
  const { seqs } = subscribe({ after: 0 }, { drained, gone: () => gone });
  await settled();
  t.strictSame(seqs(), numbers(500));
  t.equal(queries.length, 1);
});

t.test('a name has its cursor kept, page by page and event by event', async (t) => {
  const { subscribe, happen, cursors } = publishing(700);
  subscribe({ after: 0, subscriber: 'mail', types: [] });
  subscribe({ after: 0 });
  await settled();
  happen(eventsUpTo(702, 701));
  t.strictSame(cursors, [
    ['mail', 500, now],
    ['mail', 700, now],
    ['mail', 702, now],
  ]);
});
