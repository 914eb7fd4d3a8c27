import t from 'tap';
import { createAttention } from '../../../agent/act/attention.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import { maxSilences, maxSilencesOfOne } from '../../../agent/model/silence.ts';
import { after, birth, born, bot, running, started, work } from '../model/sample.ts';
import { ended, opened } from '../model/sample-events.ts';
import { handsUpon, now } from './sample-hands.ts';

const by = {
  ...{ uid: 998, pid: 9, session: null },
  remote: { channel: 'telegram', user: '7', name: 'Ada' } as const,
};
const hour = 3_600_000;
const free = (): boolean => true;
const bound = (): boolean => false;

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
  const silence = attention.silence(
    { session: 'main:work', forMs: hour, reason: 'sleep' },
    by,
    free,
  );
  t.strictSame(silence, {
    ...{ silence: `s${running.seq + 1}`, session: 'work', server: 'main' },
    ...{ at: now, until: now + hour },
    ...{ reason: 'sleep', by },
  });
  t.match(events, [{ at: now, type: 'alert.silenced' }]);
  t.strictSame(state().silences, { [silence.silence]: silence });
  const all = attention.silence({ session: null, forMs: hour, reason: '' }, by, free);
  t.equal(all.session, null);
  t.equal(Object.keys(state().silences ?? {}).length, 2);
});

t.test('what is said last about a session holds', async (t) => {
  const { attention, state } = attending();
  attention.silence({ session: 'bot', forMs: hour, reason: '' }, by, free);
  const second = attention.silence({ session: 'bot', forMs: hour / 2, reason: '' }, by, free);
  t.strictSame(Object.values(state().silences ?? {}), [second]);
});

t.test('sessions that ended can be silenced, and others not', async (t) => {
  const gone = after(running, ended(bot), ended(work), sessionsIn('i1', ['work']));
  const { attention } = attending(gone);
  for (const session of ['bot', 'work']) {
    t.match(attention.silence({ session, forMs: hour, reason: '' }, by, free), { session });
  }
  for (const session of ['nobody', 'constructor']) {
    t.throws(() => attention.silence({ session, forMs: hour, reason: '' }, by, free), {
      code: 'unknown-session',
    });
  }
});

t.test('a silence is of one server, so that nobody silences the namesake of another', async (t) => {
  const namesake = birth('bot', 2, { server: 'mine', life: 'boot0001/9-9/$2', declared: false });
  const { attention } = attending(after(running, started(namesake)));
  const wish = (session: string) => ({ session, forMs: hour, reason: '' });
  const mine = attention.silence(wish('mine:bot'), by, bound);
  t.match(mine, { session: 'bot', server: 'mine' });
  t.match(attention.silence(wish('bot'), by, bound), { session: 'bot', server: 'main' });
  t.match(attention.silence(wish('bot'), by, free), { session: 'bot', server: null });
  t.match(attention.silence(wish('work'), by, free), { session: 'work', server: 'main' });
  t.equal(attention.unsilence('mine:bot', by).silence, mine.silence);
});

t.test('there are so many silences of one user, and no more of all', async (t) => {
  const names = Array.from({ length: maxSilences + 1 }, (_, i) => `s-${i}`);
  const { attention, hands } = attending(after(running, sessionsIn('i1', names)));
  const wish = (i: number) => ({ session: names[i] ?? '', forMs: hour, reason: '' });
  const refusal = { code: 'too-many-silences' };
  const say = (i: number, uid: number) => attention.silence(wish(i), { ...by, uid }, bound);
  for (let i = 0; i < maxSilences; i += 1) say(i, 1000 + Math.floor(i / maxSilencesOfOne));
  t.throws(() => say(maxSilences, 1000), { ...refusal, message: /^you have 20 / });
  t.throws(() => say(maxSilences, 2000), { ...refusal, message: /^there are 100 / });
  t.ok(say(1, 1000), 'one that takes the place of another');
  const later = createAttention({ ...hands, now: () => now + hour + 1 });
  t.ok(later.silence(wish(maxSilences), by, bound), 'one that ran out makes room');
});

t.test('owners keep no operator from silencing: the oldest of theirs goes', async (t) => {
  const names = Array.from({ length: maxSilences }, (_, i) => `s-${i}`);
  const { attention, events, state } = attending(after(running, sessionsIn('i1', names)));
  const isRoot = (uid: number): boolean => uid === 0;
  const root = { uid: 0, pid: 1, session: null };
  const say = (session: string | null, uid: number) =>
    attention.silence({ session, forMs: hour, reason: '' }, { ...root, uid }, isRoot);
  const [own, theirs] = names.map((name, i) => say(name, i === 0 ? 0 : 1000 + (i % 6)));
  const everything = say(null, 0);
  const { silences = {} } = state();
  t.equal(Object.keys(silences).length, maxSilences);
  t.ok(own && own.silence in silences, 'what an operator said stays');
  t.ok(everything.silence in silences);
  t.notOk(theirs && theirs.silence in silences);
  t.match(events.at(-2), { type: 'alert.unsilenced', data: { by: root } });
  for (const name of names) say(name, 0);
  t.ok(say('work', 0), 'nor do operators each other');
  t.equal(Object.keys(state().silences ?? {}).length, maxSilences);
  t.strictSame(state().counts.rejected, {});
});

t.test('a silence is ended by its id or its session, and one that ran out is none', async (t) => {
  const { attention, hands, events, state } = attending();
  const first = attention.silence({ session: 'bot', forMs: hour, reason: '' }, by, free);
  t.strictSame(attention.unsilence('bot', by), first);
  t.match(events.at(-1), { type: 'alert.unsilenced', data: { silence: first.silence, by } });
  t.strictSame(state().silences, {});
  const second = attention.silence({ session: null, forMs: hour, reason: '' }, by, free);
  t.strictSame(attention.unsilence(second.silence, by), second);
  t.throws(() => attention.unsilence('bot', by), { code: 'unknown-silence' });
  const third = attention.silence({ session: 'bot', forMs: hour, reason: '' }, by, free);
  const later = createAttention({ ...hands, now: () => third.until });
  t.throws(() => later.unsilence('bot', by), { code: 'unknown-silence' });
});
