import t from 'tap';
import { arrived } from '../../../../agent/decide/health/canary-progress.ts';
import type { BotSample, Traffic } from '../../../../agent/model/samples.ts';

const sentAt = 1_000_000;

const bot = (received: Traffic | null, sent: Traffic | null = null, startedAt = 1): BotSample => ({
  ...{ heardAt: 1, pid: 1, startedAt, connection: 'ready', why: '', in: received, out: sent },
  ...{ reconnects: null, errors: null, login: null, counters: {}, timings: {} },
});

const messages = (count: number, lastAt: number | null = null): Traffic => ({ count, lastAt });

const way = (
  before: BotSample | null,
  now: BotSample | null,
  expect: 'received' | 'answered' = 'received',
) =>
  arrived(new Map(before ? [['', before]] : []), new Map(now ? [['', now]] : []), sentAt, expect);

t.test('more than before has arrived', async (t) => {
  t.equal(way(bot(messages(3)), bot(messages(3))), 'nowhere');
  t.equal(way(bot(messages(3)), bot(messages(4))), 'received');
  t.equal(way(bot(null), bot(messages(1))), 'received');
  t.equal(way(bot(messages(3)), bot(null)), 'nowhere');
  t.equal(way(bot(messages(3)), null), 'nowhere');
});

t.test('what came before it was sent, and is told after, is not it', async (t) => {
  t.equal(way(bot(messages(3)), bot(messages(4, sentAt - 5000))), 'nowhere');
  t.equal(way(bot(messages(3)), bot(messages(4, sentAt + 1))), 'received');
  t.equal(way(bot(messages(3)), bot(messages(4, sentAt - 999))), 'received', 'whole seconds');
});

t.test('a bot that began anew counts from nothing; one nobody knew says nothing', async (t) => {
  t.equal(way(bot(messages(9)), bot(messages(0), null, 2)), 'nowhere');
  t.equal(way(bot(messages(9)), bot(messages(1), null, 2)), 'received');
  t.equal(way(null, bot(messages(1))), 'nowhere');
});

t.test('answered: it also sent one', async (t) => {
  const before = bot(messages(3), messages(3));
  t.equal(way(before, bot(messages(4), messages(3)), 'answered'), 'received');
  t.equal(way(before, bot(messages(3), messages(4)), 'answered'), 'nowhere');
  t.equal(way(before, bot(messages(4), messages(4)), 'answered'), 'answered');
  t.equal(way(before, bot(messages(4), messages(4))), 'received');
});
