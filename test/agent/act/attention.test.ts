import t from 'tap';
import { createAttention } from '../../../agent/act/attention.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { maxSilences } from '../../../agent/model/state.ts';
import { after, born, bot, running, work } from '../model/sample.ts';
import { ended, opened } from '../model/sample-events.ts';
import { handsUpon, now } from './sample-hands.ts';

const by = {
  ...{ uid: 998, pid: 9, session: null },
  remote: { channel: 'telegram', user: '7', name: 'Ada' } as const,
};
const hour = 3_600_000;

const attending = (from = running) => {
  const upon = handsUpon(from);
  return { ...upon, attention: createAttention(upon.hands) };
};

const sessionsIn = (incident: string, sessions: string[]): NewEvent => ({
  ...{ at: born, type: 'incident.opened' },
  data: { incident, server: 'main', lives: [], sessions },
});

t.test('an incident is acknowledged once, and whoever asks again is told the same', async (t) => {
  const { attention, events, state } = attending(after(running, opened('i1'), opened('i2', ['l'])));
  t.strictSame(attention.acknowledge(undefined, by), { incident: 'i2', sessions: ['l'] });
  const data = { incident: 'i2', by };
  const trace = state().incidents['i2']?.trace;
  t.strictSame(events, [{ trace, at: now, type: 'alert.acknowledged', data }]);
  t.strictSame(state().incidents['i2']?.acknowledged, { at: now, by });
  const other = { ...by, uid: 1 };
  t.strictSame(attention.acknowledge('i2', other), { incident: 'i2', sessions: ['l'] });
  t.equal(events.length, 1);
  t.throws(() => attention.acknowledge('i9', by), { code: 'unknown-incident' });
  t.throws(() => attending().attention.acknowledge(undefined, by), { code: 'unknown-incident' });
});

t.test('a session is silenced by the name that alerts carry', async (t) => {
  const { attention, events, state } = attending();
  const silence = attention.silence({ session: 'main:work', forMs: hour, reason: 'sleep' }, by);
  t.strictSame(silence, {
    ...{ silence: `s${running.seq + 1}`, session: 'work', at: now, until: now + hour },
    ...{ reason: 'sleep', by },
  });
  t.match(events, [{ at: now, type: 'alert.silenced' }]);
  t.strictSame(state().silences, { [silence.silence]: silence });
  const all = attention.silence({ session: null, forMs: hour, reason: '' }, by);
  t.equal(all.session, null);
  t.equal(Object.keys(state().silences ?? {}).length, 2);
});

t.test('what is said last about a session holds', async (t) => {
  const { attention, state } = attending();
  attention.silence({ session: 'bot', forMs: hour, reason: '' }, by);
  const second = attention.silence({ session: 'bot', forMs: hour / 2, reason: '' }, by);
  t.strictSame(Object.values(state().silences ?? {}), [second]);
});

t.test('sessions that ended can be silenced, and others not', async (t) => {
  const gone = after(running, ended(bot), ended(work), sessionsIn('i1', ['work']));
  const { attention } = attending(gone);
  for (const session of ['bot', 'work']) {
    t.match(attention.silence({ session, forMs: hour, reason: '' }, by), { session });
  }
  for (const session of ['nobody', 'constructor']) {
    t.throws(() => attention.silence({ session, forMs: hour, reason: '' }, by), {
      code: 'unknown-session',
    });
  }
});

t.test('there are so many silences and no more', async (t) => {
  const names = Array.from({ length: maxSilences + 1 }, (_, i) => `s-${i}`);
  const { attention, hands } = attending(after(running, sessionsIn('i1', names)));
  const wish = (session: string | undefined) => ({
    session: session ?? '',
    forMs: hour,
    reason: '',
  });
  for (const name of names.slice(1)) attention.silence(wish(name), by);
  t.throws(() => attention.silence(wish(names[0]), by), { code: 'too-many-silences' });
  t.ok(attention.silence(wish(names[1]), by), 'one that takes the place of another');
  const later = createAttention({ ...hands, now: () => now + hour + 1 });
  t.ok(later.silence(wish(names[0]), by), 'one that ran out makes room');
});

t.test('a silence is ended by its id or its session, and one that ran out is none', async (t) => {
  const { attention, hands, events, state } = attending();
  const first = attention.silence({ session: 'bot', forMs: hour, reason: '' }, by);
  t.strictSame(attention.unsilence('bot', by), first);
  t.match(events.at(-1), { type: 'alert.unsilenced', data: { silence: first.silence, by } });
  t.strictSame(state().silences, {});
  const second = attention.silence({ session: null, forMs: hour, reason: '' }, by);
  t.strictSame(attention.unsilence(second.silence, by), second);
  t.throws(() => attention.unsilence('bot', by), { code: 'unknown-silence' });
  const third = attention.silence({ session: 'bot', forMs: hour, reason: '' }, by);
  const later = createAttention({ ...hands, now: () => third.until });
  t.throws(() => later.unsilence('bot', by), { code: 'unknown-silence' });
});
