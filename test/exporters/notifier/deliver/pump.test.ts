import { EventEmitter, once } from 'node:events';
import t, { type Test } from 'tap';
import type { Card } from '../../../../exporters/notifier/card.ts';
import type { Channel, Outcome } from '../../../../exporters/notifier/channel.ts';
import { type Pump, startPump } from '../../../../exporters/notifier/deliver/pump.ts';
import { noon, Tale } from '../classify/sample-events.ts';
import { hook, phone, type Rig, rigFor } from '../sample-desk.ts';

const limitMs = 60_000;
const accepted: Outcome = { kind: 'accepted', receipt: 'r', detail: '' };
const later = (changes = {}): Outcome => ({
  ...{ kind: 'later', code: '503', message: 'busy', waitMs: 1000, everything: true },
  ...changes,
});

interface Line {
  rig: Rig;
  pump: Pump;
  cards: Card[];
  receipts: (string | null)[];
  said: string[];
  /** Resolves when so many were given to the channel and settled. */
  settled(count: number): Promise<void>;
}

const portsOf = ({ outbox, clock }: Rig) => ({
  outbox,
  now: () => clock.now,
  steady: () => clock.now,
  random: () => 0,
});

/** A pump and a channel that answers as it is told, then accepts. */
const start = (
  t: Test,
  answers: (Outcome | Promise<Outcome>)[] = [],
  changes: Partial<Channel> = {},
): Line => {
  const rig = rigFor(t);
  const cards: Card[] = [];
  const receipts: (string | null)[] = [];
  const said: string[] = [];
  const bell = new EventEmitter();
  let turns = 0;
  const channel: Channel = {
    ...{ name: hook.name, audience: 'programs', paceMs: 0 },
    deliver: async (card, receipt) => {
      cards.push(card);
      receipts.push(receipt);
      return answers.shift() ?? accepted;
    },
    ...changes,
  };
  const pump = startPump(channel, {
    ...portsOf(rig),
    onSuppressed: (reason, count) => {
      said.push(`${reason} ${count}`);
      bell.emit('turn');
    },
    onSettled: () => {
      turns += 1;
      bell.emit('turn');
    },
    onTrouble: (_, code) => said.push(`trouble ${code}`),
    onTroubleOver: () => said.push('over'),
    onRefused: (_, code) => said.push(`refused ${code}`),
    disk: {
      onTrouble: (_, code) => said.push(`disk ${code}`),
      onTroubleOver: () => said.push('disk over'),
    },
  });
  t.teardown(() => pump.stop());
  const settled = async (count: number): Promise<void> => {
    const signal = AbortSignal.timeout(limitMs);
    while (turns < count) await once(bell, 'turn', { signal });
  };
  return { rig, pump, cards, receipts, said, settled };
};

/** Another pump upon the outbox of one that ended; it is stopped when it has settled one. */
const startAgain = async (
  t: Test,
  { rig, pump }: Line,
  changes: Partial<Channel> = {},
): Promise<void> => {
  const done = Promise.withResolvers<void>();
  const again = startPump(
    { ...pump.channel, ...changes },
    {
      ...portsOf(rig),
      onSuppressed: () => undefined,
      onSettled: done.resolve,
      onTrouble: () => t.fail('trouble'),
      onTroubleOver: () => undefined,
      onRefused: () => t.fail('refused'),
      disk: { onTrouble: () => t.fail('disk'), onTroubleOver: () => undefined },
    },
  );
  await done.promise;
  await again.stop();
};

const tell = ({ rig, pump }: Line, ...events: Parameters<Rig['desk']['take']>[0][]): void => {
  for (const some of events) rig.desk.take(some);
  pump.wake();
};

/** The second is given to the channel when so much time has passed, ms, and not before. */
const untilSecond = async (t: Test, line: Line, ms: number): Promise<void> => {
  line.rig.clock.now += ms - 1;
  line.pump.wake();
  await new Promise(setImmediate);
  t.equal(line.cards.length, 1);
  line.rig.clock.now += 1;
  line.pump.wake();
  await line.settled(2);
};

t.test('it tells, remembers the receipt, and changes what is there', async (t) => {
  const line = start(t);
  const tale = new Tale();
  tell(line, tale.died(['a']));
  await line.settled(1);
  tell(line, [tale.wait(90_000).back('a')]);
  await line.settled(2);
  t.same(line.receipts, [null, 'r']);
  t.match(line.cards, [
    { status: 'firing', loud: true },
    { status: 'resolved', loud: true },
  ]);
  t.same(line.said, []);
  t.match(line.rig.outbox.channels.of(hook.name), { status: 'ok', sent: 2, retried: 0 });
  t.equal(line.rig.outbox.notes().length, 2);
});

t.test('what is busy is tried again when it may be, and not before', async (t) => {
  const line = start(t, [later({ waitMs: 5000 }), later({ waitMs: null })]);
  tell(line, new Tale().died(['a']));
  await line.settled(1);
  t.match(line.rig.outbox.channels.of(hook.name), {
    ...{ status: 'waiting', code: '503', blocked_until: noon + 5000, failures: 1, retried: 1 },
  });
  await untilSecond(t, line, 5000);
  t.equal(line.rig.outbox.channels.of(hook.name).blocked_until, line.rig.clock.now + 2000);
  line.rig.clock.now += 2000;
  line.pump.wake();
  await line.settled(3);
  t.same(line.said, ['trouble 503', 'over'], 'once for each trouble');
  t.match(line.rig.outbox.notes(), [{ event: { data: { attempts: 3 } } }]);
  t.match(line.rig.outbox.channels.of(hook.name), { status: 'ok', failures: 0, retried: 2 });
});

t.test('two troubles that come in turn are said once each, until both are over', async (t) => {
  const [busy, gone] = [later({ code: '503' }), later({ code: 'offline' })];
  const line = start(t, [busy, gone, busy, gone, accepted, busy]);
  const tale = new Tale();
  tell(line, tale.died(['a']));
  for (let i = 1; i <= 5; i += 1) {
    await line.settled(i);
    line.rig.clock.now += 1000;
    line.pump.wake();
  }
  tell(line, tale.died(['b']));
  await line.settled(6);
  t.same(line.said, ['trouble 503', 'trouble offline', 'over', 'trouble 503']);
});

t.test('where one cannot be told now, the next is', async (t) => {
  const line = start(t, [later({ everything: false, waitMs: 60_000 })]);
  const tale = new Tale();
  tell(line, tale.died(['a']), tale.died(['b']));
  await line.settled(2);
  t.same(
    line.cards.map(({ sessions }) => sessions[0]),
    ['a', 'b'],
  );
  line.rig.clock.now += 60_000;
  line.pump.wake();
  await line.settled(3);
  t.equal(line.cards[2]?.sessions[0], 'a');
});

t.test('what is refused is not tried again, unless there is news', async (t) => {
  const line = start(t, [{ kind: 'refused', code: '400', message: 'm'.repeat(900) }]);
  const tale = new Tale();
  tell(line, tale.died(['a']));
  await line.settled(1);
  t.match(line.rig.outbox.notes(), [{ event: { type: 'alert.failed', data: { code: '400' } } }]);
  const [note] = line.rig.outbox.notes();
  t.equal(note?.event.type === 'alert.failed' && note.event.data.message.length, 400);
  t.same(line.rig.standing(hook), ['failed']);
  tell(line, [tale.acknowledged('1')], tale.died(['b']));
  await line.settled(2);
  t.same(
    line.cards.map(({ sessions }) => sessions[0]),
    ['a', 'b'],
  );
  tell(line, [tale.wait(90_000).back('a')]);
  await line.settled(3);
  t.match(line.cards[2], { sessions: ['a'], status: 'resolved' });
  t.same(line.said, ['refused 400'], 'the channel itself has no trouble');
});

t.test('where only a person can help, it is tried now and then, and at a new start', async (t) => {
  const unusable: Outcome = { kind: 'unusable', code: '401', message: 'wrong token' };
  const line = start(t, [unusable, unusable]);
  tell(line, new Tale().died(['a']));
  await line.settled(1);
  t.match(line.rig.outbox.channels.of(hook.name), {
    ...{ status: 'failed', blocked_until: noon + 600_000 },
  });
  line.rig.clock.now += 600_000;
  line.pump.wake();
  await line.settled(2);
  await line.pump.stop();
  await startAgain(t, line, { deliver: async () => accepted });
  t.same(line.rig.standing(hook), ['sent']);
});

t.test('what changes while it is sent is sent afterwards', async (t) => {
  const first = Promise.withResolvers<Outcome>();
  const line = start(t, [first.promise]);
  const tale = new Tale();
  tell(line, tale.died(['a']));
  await new Promise(setImmediate);
  tell(line, [tale.wait(90_000).back('a')], tale.died(['b']));
  first.resolve(accepted);
  await line.settled(3);
  t.same(
    line.cards.map(({ sessions, status }) => `${sessions} ${status}`),
    ['a firing', 'b firing', 'a resolved'],
  );
});

t.test('no faster than it may', async (t) => {
  const line = start(t, [], { paceMs: 1000 });
  const tale = new Tale();
  tell(line, tale.died(['a']), tale.died(['b']));
  await line.settled(1);
  await untilSecond(t, line, 1000);
});

t.test('too old, and too many', async (t) => {
  const line = start(t, [], { name: phone.name, audience: 'people' });
  const tale = new Tale();
  line.rig.desk.take(tale.died(['old']));
  line.rig.clock.now = tale.wait(8 * 86_400_000).now;
  for (let i = 0; i < 5; i += 1) line.rig.desk.take(tale.died([`s${i}`], {}, `srv${i}`));
  line.pump.wake();
  await line.settled(3);
  t.same(line.said, ['expired 1', 'folded 3']);
  t.same(
    line.cards.map(({ kind }) => kind),
    ['session-died', 'session-died', 'storm'],
  );
});

t.test('a clock that is set back by days makes nothing wait', async (t) => {
  const line = start(t, [accepted, later({ waitMs: 3000 })], { paceMs: 1000 });
  const tale = new Tale();
  tell(line, tale.died(['a']));
  await line.settled(1);
  line.rig.clock.now += 1000;
  tell(line, tale.died(['b']), tale.died(['c']));
  await line.settled(2);
  line.rig.clock.now -= 5 * 86_400_000;
  for (let i = 0; line.cards.length < 4 && i < 20; i += 1) {
    line.pump.wake();
    await new Promise(setImmediate);
    line.rig.clock.now += 1000;
  }
  await line.settled(4);
  t.same(
    line.cards.map(({ sessions }) => sessions[0]),
    ['a', 'b', 'b', 'c'],
  );
});

t.test('a start with a clock behind that of the last run', async (t) => {
  const line = start(t);
  const tale = new Tale();
  tell(line, tale.died(['a']));
  await line.settled(1);
  await line.pump.stop();
  line.rig.desk.take(tale.died(['b']));
  line.rig.clock.now -= 5 * 86_400_000;
  await startAgain(t, line);
  t.equal(line.cards.length, 2);
});

t.test('such a start where the last run told nobody anything', async (t) => {
  const line = start(t, [later({ everything: true })]);
  line.rig.clock.now += 86_400_000;
  const tale = new Tale();
  tell(line, tale.wait(86_400_000).died(['a']));
  await line.settled(1);
  await line.pump.stop();
  line.rig.clock.now -= 86_400_000 - 60_000;
  const told = startAgain(t, line);
  const passing = setInterval(() => {
    line.rig.clock.now += 100;
  }, 10);
  await told;
  clearInterval(passing);
  t.equal(line.cards.length, 2);
});

t.test('a stop waits for what is under way, and keeps what was accepted', async (t) => {
  const first = Promise.withResolvers<Outcome>();
  const line = start(t, [first.promise]);
  tell(line, new Tale().died(['a']));
  await new Promise(setImmediate);
  const stopped = line.pump.stop();
  first.resolve(accepted);
  await stopped;
  t.same(line.rig.standing(hook), ['sent']);
});

t.test('a stop keeps what was not accepted', async (t) => {
  const first = Promise.withResolvers<Outcome>();
  const line = start(t, [first.promise]);
  tell(line, new Tale().died(['a']));
  await new Promise(setImmediate);
  const stopped = line.pump.stop();
  first.resolve(later());
  await stopped;
  t.same(line.rig.standing(hook), ['queued']);
  t.equal(line.cards.length, 1);
});

t.test('a disk that takes nothing is no end of what ails the channel', async (t) => {
  const line = start(t, [later(), accepted]);
  const { outbox } = line.rig;
  const { delayed } = outbox;
  let refusals = 1;
  outbox.delayed = (...args) => {
    refusals -= 1;
    if (refusals >= 0) throw new Error('database or disk is full');
    delayed(...args);
  };
  line.rig.desk.take(new Tale().died(['a']));
  for (let i = 0; i < 50 && line.said.length < 3; i += 1) {
    line.pump.wake();
    await new Promise(setImmediate);
  }
  t.same(line.said, ['trouble 503', 'disk outbox', 'disk over']);
  line.rig.clock.now += 1000;
  line.pump.wake();
  await line.settled(2);
  t.equal(line.said.at(-1), 'over');
});

t.test('a disk that takes nothing: it is not told again, and said once', async (t) => {
  const line = start(t);
  const tale = new Tale();
  line.rig.desk.take(tale.died(['a']));
  const { outbox } = line.rig;
  const { accepted: take } = outbox;
  let refusals = 2;
  outbox.accepted = (...args) => {
    refusals -= 1;
    if (refusals >= 0) throw new Error('database or disk is full');
    take(...args);
  };
  line.pump.wake();
  for (let i = 0; i < 50 && line.rig.standing(hook)[0] !== 'sent'; i += 1) {
    line.pump.wake();
    await new Promise(setImmediate);
  }
  t.equal(line.cards.length, 1);
  t.same(line.said, ['disk outbox', 'disk over']);
  t.same(line.rig.standing(hook), ['sent']);
});
