import t from 'tap';
import { createPublisher } from '../../../agent/api/publisher.ts';
import type { Event, EventType } from '../../../agent/model/event.ts';
import { eventsUpTo, memoryLog, now } from './sample-log.ts';

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A publisher of a log that holds two events. What a subscriber was told: `+3` stored, `-3` not stored. */
const publishing = (drained: () => Promise<void> = async () => undefined) => {
  const { log, stored } = memoryLog(eventsUpTo(2));
  const publisher = createPublisher({ log, now: () => now, runs: () => [] });
  const subscribe = (after = 0, types?: EventType[]): string[] => {
    const told: string[] = [];
    const receiver = {
      send: (sent: { event: Event; stored: boolean }) =>
        void told.push(`${sent.stored ? '+' : '-'}${sent.event.seq}`),
      waiting: () => 0,
      drained,
      gone: () => false,
    };
    publisher.subscribe(receiver, { after, ...(types ? { types } : {}) }, 2);
    return told;
  };
  const store = (events: Event[]): void => {
    stored.push(...events);
    publisher.stored(events);
  };
  return { publisher, subscribe, store };
};

t.test('while the disk takes nothing events are told at once, marked as not stored', async (t) => {
  const { publisher, subscribe } = publishing();
  const told = subscribe();
  await settled();
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(4, 3));
  t.strictSame(told, ['+1', '+2', '-3', '-4']);
});

t.test('what waited already when that is found is told then', async (t) => {
  const { publisher, subscribe } = publishing();
  const told = subscribe();
  await settled();
  publisher.recorded(eventsUpTo(4, 3));
  t.strictSame(told, ['+1', '+2']);
  publisher.setDegraded(true);
  t.strictSame(told, ['+1', '+2', '-3', '-4']);
});

t.test('they are not told again when they are stored, and then all is as before', async (t) => {
  const { publisher, subscribe, store } = publishing();
  const told = subscribe();
  await settled();
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(4, 3));
  publisher.setDegraded(false);
  publisher.recorded(eventsUpTo(5, 5));
  store(eventsUpTo(5, 3));
  t.strictSame(told, ['+1', '+2', '-3', '-4', '+5']);
  publisher.setDegraded(true);
  t.equal(told.length, 5, 'what is stored waits no more');
});

t.test('who subscribes meanwhile gets what is stored and then what waits', async (t) => {
  const { publisher, subscribe } = publishing();
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(4, 3));
  const told = subscribe();
  const late = subscribe(3);
  publisher.recorded(eventsUpTo(5, 5));
  await settled();
  t.strictSame(told, ['+1', '+2', '-3', '-4', '-5']);
  t.match(late[0], '-2', 'of what it says it knows nothing is sure: that is a gap');
  t.strictSame(late.slice(1), ['-3', '-4', '-5']);
});

t.test('one that still catches up is told afterwards, in order', async (t) => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { publisher, subscribe } = publishing(() => promise);
  const told = subscribe();
  await settled();
  publisher.recorded(eventsUpTo(3, 3));
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(4, 4));
  t.strictSame(told, ['+1', '+2']);
  resolve();
  await settled();
  t.strictSame(told, ['+1', '+2', '-3', '-4']);
});

t.test(
  'a reader that is slow is not pushed meanwhile, nor told of what is not stored yet',
  async (t) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { publisher, subscribe, store } = publishing(() => promise);
    const told = subscribe();
    await settled();
    publisher.recorded(eventsUpTo(4, 3));
    store(eventsUpTo(3, 3));
    t.strictSame(told, ['+1', '+2']);
    resolve();
    await settled();
    t.strictSame(told, ['+1', '+2', '+3'], 'the disk is well: the fourth waits for it');
  },
);

t.test('types are kept to here too', async (t) => {
  const { publisher, subscribe } = publishing();
  const told = subscribe(0, ['session.undeclared']);
  await settled();
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(6, 3));
  t.strictSame(told, ['-3', '-6']);
});

t.test('who could not be given what is stored is not given what comes after it', async (t) => {
  const kept = memoryLog(eventsUpTo(3));
  let fails = true;
  const { log } = memoryLog([], {
    read: (query) => (fails ? Promise.reject(new Error('EIO')) : kept.log.read(query)),
  });
  const publisher = createPublisher({ log, now: () => now, runs: () => [] });
  const told: number[] = [];
  const receiver = {
    send: ({ event }: { event: Event }) => void told.push(event.seq),
    waiting: () => 0,
    drained: async () => undefined,
    gone: () => false,
  };
  publisher.subscribe(receiver, { after: 0 }, 3);
  await settled();
  publisher.setDegraded(true);
  publisher.recorded(eventsUpTo(4, 4));
  t.strictSame(told, []);
  fails = false;
  publisher.setDegraded(false);
  kept.stored.push(...eventsUpTo(4, 4));
  publisher.stored(eventsUpTo(4, 4));
  await settled();
  t.strictSame(told, [1, 2, 3, 4]);
});

t.test('who was told of events that were never stored is told which', async (t) => {
  const { log } = memoryLog(eventsUpTo(10));
  const publisher = createPublisher({ log, now: () => now, runs: () => [] });
  const told: Event[] = [];
  const receiver = {
    send: ({ event }: { event: Event }) => void told.push(event),
    waiting: () => 0,
    drained: async () => undefined,
    gone: () => false,
  };
  publisher.subscribe(receiver, { after: 14 }, 10);
  t.match(told, [
    { seq: 10, type: 'events.gap', data: { from: 11, to: 14, reason: 'not-stored' } },
  ]);
});
