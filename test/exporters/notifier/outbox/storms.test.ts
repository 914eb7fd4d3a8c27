import t, { type Test } from 'tap';
import { settings as plain, settingsWith, Tale } from '../classify/sample-events.ts';
import { hook, phone, rigFor } from '../sample-desk.ts';

const minute = 60_000;
const hour = 60 * minute;

t.test('a thousand at once: three messages for people, all of them for programs', async (t) => {
  const tale = new Tale();
  const opened = Array.from({ length: 1000 }, (_, i) => tale.opened([`s${i}`], `srv${i}`));
  const { desk, drain, told, clock, toldTo } = rigFor(t);
  desk.take(opened.flatMap(({ events }) => events));
  clock.now += 200;
  desk.take(opened.map(({ incident }) => tale.wait(0).verdict(incident)));
  clock.now += 1500;
  desk.tick();
  drain();
  const fresh = told.filter(({ channel, isNew }) => channel === phone.name && isNew);
  t.equal(fresh.length, 3);
  t.match(fresh[2]?.card, { kind: 'storm', count: 998, loud: true });
  const hooked = told.filter(({ channel }) => channel === hook.name);
  t.equal(new Set(hooked.map(({ card }) => card.alert)).size, 1000);
  t.equal(hooked.length, 1000, 'each of them once');
  t.equal(toldTo(phone).length, 3);
  t.equal(desk.counts()['folded'], 998);
});

t.test('what a storm has folded changes its message, until all of it is over', async (t) => {
  const { desk, drain, told, clock, standing } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  for (let i = 0; i < 12; i += 1) desk.take(tale.died([`s${i}`], {}, `srv${i}`));
  drain();
  t.same(standing(phone).slice(1, 4), ['sent', 'folded', 'folded']);
  const storm = () => told.filter(({ card }) => card.kind === 'storm').at(-1);
  t.match(storm(), { isNew: true, card: { headline: '10 more alerts in a short time' } });
  for (let i = 2; i < 5; i += 1) desk.take([tale.wait(1000).back(`s${i}`)]);
  clock.now += 10_000;
  drain();
  t.match(storm(), { isNew: false, card: { loud: false, status: 'firing' } });
  t.match(storm()?.card.headline, '3 of them over');
  desk.take(tale.died(['late'], { cause: 'oom-system' }, 'late'));
  drain();
  clock.now += 3000;
  drain();
  t.match(storm()?.card, { severity: 'critical', loud: true, count: 11 }, 'a critical one rings');
  clock.now += 11 * minute;
  for (let i = 0; i < 12; i += 1) desk.take([tale.wait(minute).back(`s${i}`)]);
  drain();
  t.match(storm()?.card, { loud: false, status: 'firing' }, 'the end of one does not');
  desk.take([tale.back('late')]);
  clock.now += minute;
  drain();
  t.match(storm()?.card, { status: 'resolved', loud: true }, 'the end of all does');
});

t.test('an older storm ends too', async (t) => {
  const { desk, drain, told, clock } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  const burst = (name: string) => {
    for (let i = 0; i < 4; i += 1) desk.take(tale.died([`${name}${i}`], {}, `${name}${i}`));
    drain();
  };
  burst('a');
  clock.now = tale.wait(6 * minute).now;
  burst('b');
  const storms = () => told.filter(({ card }) => card.kind === 'storm');
  t.same(
    storms().map(({ card }) => card.alert),
    ['storm-1', 'storm-2'],
  );
  for (let i = 0; i < 4; i += 1) desk.take([tale.back(`a${i}`)]);
  clock.now += minute;
  drain();
  t.match(storms().at(-1)?.card, { alert: 'storm-1', status: 'resolved' });
});

t.test('a storm that goes on is told again', async (t) => {
  const { desk, drain, told, clock } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  for (let i = 0; i < 5; i += 1) desk.take(tale.died([`s${i}`], {}, `srv${i}`));
  drain();
  clock.now += 4 * hour + minute;
  desk.tick();
  clock.now += 5000;
  drain();
  t.match(told.findLast(({ card }) => card.kind === 'storm')?.card, { loud: true, revision: 3 });
});

t.test('whoever makes a storm does not hide what happens on another server', async (t) => {
  const { desk, drain, told, clock } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  for (let i = 0; i < 200; i += 1) {
    clock.now = tale.wait(1000).now;
    desk.take(tale.died([`noise${i}`], { cause: 'oom-system' }, 'bob'));
    drain();
  }
  const before = told.length;
  desk.take(tale.died(['payroll'], { cause: 'oom-system' }, 'ada'));
  clock.now = tale.wait(5000).now;
  drain();
  const named = told.slice(before).find(({ card }) => JSON.stringify(card).includes('payroll'));
  t.match(named, { card: { loud: true } }, 'it is named, and rings');
});

/** The third within a minute, as the phone is told of it; then `minutes` later its session is back. */
const aloneInStorm = (t: Test, minutes: number, settings = plain) => {
  const rig = rigFor(t, { listeners: [phone], settings });
  const tale = new Tale();
  for (const name of ['a', 'b', 'c']) rig.desk.take(tale.died([name], {}, name));
  rig.drain();
  rig.clock.now = tale.wait(minutes * minute).now;
  rig.desk.take([tale.back('c')]);
  rig.drain();
  return rig.told.filter(({ card }) => card.kind === 'storm').map(({ card }) => card);
};

t.test('a storm of one is told whole, and rings as that one would', async (t) => {
  const [first, end] = aloneInStorm(t, 2);
  t.match(first, { headline: /^c died: /, loud: true, status: 'firing', incident: '3' });
  t.match(first, { actions: ['why', 'screen', 'restart', 'acknowledge', 'silence'] });
  t.match(end, { headline: /^c died: /, loud: true, status: 'resolved' }, 'it took a while');
  t.match(aloneInStorm(t, 0.5).at(-1), { loud: false, status: 'resolved' }, 'it was short');
});

t.test('but not in quiet hours', async (t) => {
  const from = 12 * 60 + 1;
  const quietHours = { from, to: from + 60, timezone: 'UTC' };
  const quiet = settingsWith({ alerts: { quietHours } });
  t.match(aloneInStorm(t, 2, quiet).at(-1), { loud: false, status: 'resolved' });
});

t.test('what was told by a clock that was ahead is not counted as told just now', async (t) => {
  const { desk, drain, told, clock } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  for (const name of ['a', 'b']) desk.take(tale.died([name], {}, name));
  drain();
  clock.now -= 24 * hour;
  tale.now -= 24 * hour;
  desk.take(tale.died(['c'], {}, 'c'));
  drain();
  t.match(told.at(-1)?.card, { kind: 'session-died', sessions: ['c'], loud: true });
});
