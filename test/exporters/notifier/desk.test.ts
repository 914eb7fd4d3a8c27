import t from 'tap';
import { noon, settings, Tale } from './classify/sample-events.ts';
import { hook, phone, rigFor } from './sample-desk.ts';

const hour = 3_600_000;
const day = 24 * hour;
const minute = 60_000;

t.test('a death is told once there is a verdict, and changed in place', async (t) => {
  const { desk, drain, toldTo, clock, told, standing } = rigFor(t);
  const tale = new Tale();
  const { incident, events } = tale.opened(['web']);
  desk.take(events);
  drain();
  t.same(told, []);
  t.same(standing(phone), ['held']);
  clock.now += 200;
  desk.take([tale.wait(200).verdict(incident)]);
  t.same(standing(phone), ['queued']);
  drain();
  desk.take([tale.wait(2000).back('web')]);
  drain();
  for (const to of [phone, hook]) {
    t.same(toldTo(to), ['new session-died firing error', 'edit session-died resolved error']);
  }
  t.match(told[0]?.card.headline, 'web died: killed by SIGKILL');
  t.same(standing(phone), ['sent']);
  const revisions = told
    .filter(({ channel }) => channel === hook.name)
    .map((one) => one.card.revision);
  t.ok((revisions[0] ?? 0) < (revisions[1] ?? 0));
});

t.test('without a verdict it is told when it took too long', async (t) => {
  const { desk, drain, toldTo, clock, outbox } = rigFor(t);
  desk.take(new Tale().opened(['web']).events);
  t.equal(outbox.nextHeld(), noon + 1500);
  clock.now = noon + 1499;
  desk.tick();
  drain(hook);
  t.same(toldTo(hook), []);
  clock.now = noon + 1500;
  desk.tick();
  drain(hook);
  t.same(toldTo(hook), ['new session-died firing warning']);
});

t.test('over before anybody was told: told once, as over', async (t) => {
  const { desk, drain, toldTo } = rigFor(t);
  const tale = new Tale();
  desk.take([...tale.died(['web']), tale.back('web')]);
  drain();
  t.same(toldTo(phone), ['new session-died resolved error']);
});

t.test('mended in time: nobody is told, then or later, and it is counted', async (t) => {
  const { desk, drain, told, clock, standing } = rigFor(t);
  const tale = new Tale();
  desk.take([tale.serverDied(0)]);
  t.same(standing(phone), ['held']);
  clock.now += 2000;
  desk.take([tale.wait(2000).serverFound()]);
  for (const ms of [0, 10_000, minute, day]) {
    clock.now += ms;
    desk.tick();
    drain();
  }
  t.same(told, []);
  t.same(standing(phone), ['mended-in-time']);
  t.same(desk.counts(), { held: 2, 'mended-in-time': 2 });
});

t.test('the same again is one message with a count, changed without a sound', async (t) => {
  const { desk, drain, toldTo, clock, told } = rigFor(t);
  const tale = new Tale();
  for (const _ of [1, 2]) {
    const { incident, events } = tale.opened(['web']);
    desk.take(events);
    drain();
    clock.now = tale.wait(200).now;
    desk.take([tale.verdict(incident)]);
    drain();
    desk.take([tale.back('web')]);
    drain();
    clock.now = tale.wait(minute).now;
  }
  const line = 'session-died';
  t.same(toldTo(hook), [
    ...[`new ${line} firing error`, `edit ${line} resolved error`],
    ...[`edit ${line} firing error`, `edit ${line} resolved error`],
  ]);
  t.match(told.at(-1)?.card, { count: 2, details: [] });
  t.ok(told.at(-1)?.card.details.some(({ text }) => text === '2 times so far'));
});

t.test('told again every four hours, until somebody knows of it', async (t) => {
  const { desk, drain, toldTo, clock, turns } = rigFor(t);
  const tale = new Tale();
  desk.take(tale.died(['a']));
  drain();
  for (let i = 0; i < 9; i += 1) {
    clock.now += hour;
    desk.tick();
    drain();
  }
  t.same(toldTo(phone), [
    'new session-died firing error',
    'ring session-died firing error',
    'ring session-died firing error',
  ]);
  desk.take([tale.wait(9 * hour).acknowledged('1', 'Ann')]);
  drain();
  t.match(toldTo(phone).at(-1), 'edit');
  const before = turns();
  clock.now += day;
  desk.tick();
  drain();
  t.equal(toldTo(phone).length, 4);
  t.ok(turns() > before, 'the next tick is asked for');
});

t.test('a tick that changes nothing writes nothing', async (t) => {
  const { desk, drain, clock, database } = rigFor(t);
  desk.take(new Tale().died(['a']));
  drain();
  const written = () => database.prepare('select total_changes() as n').get()?.['n'];
  const before = written();
  clock.now += minute;
  desk.tick();
  t.equal(written(), before);
});

t.test('changes while a channel is down become one, and order is kept', async (t) => {
  const { desk, drain, told, toldTo, clock } = rigFor(t, { listeners: [hook] });
  const tale = new Tale();
  desk.take(tale.died(['old']));
  drain();
  desk.take([tale.wait(1000).decided('suspend', 'old'), tale.acknowledged('1'), tale.back('old')]);
  const names = Array.from({ length: 20 }, (_, i) => `s${i}`);
  for (const name of names) desk.take(tale.died([name]));
  for (const name of names.slice(0, 10)) desk.take([tale.back(name)]);
  clock.now = tale.now;
  drain();
  t.same(
    told.map(({ card }) => card.sessions.join()),
    ['old', ...names, 'old'],
    'new ones first, as they came',
  );
  t.equal(toldTo(hook).at(-1), 'ring session-died resolved critical');
});

t.test('what nobody needs to be told any more is not told, and counted', async (t) => {
  const { desk, drain, told, clock, standing, toldTo } = rigFor(t);
  const tale = new Tale();
  desk.take([...tale.died(['a'], { cause: 'unit-stop' }), ...tale.died(['b'])]);
  clock.now += 7 * day + 1;
  drain();
  t.same(told, []);
  t.same(standing(hook), ['expired', 'expired']);
  t.equal(desk.counts()['expired'], 3);
  tale.now = clock.now;
  desk.take([tale.decided('suspend', 'b')]);
  drain();
  t.same(toldTo(phone), ['new session-died firing critical'], 'what goes on and changes is news');
});

t.test('a channel that is added later is told what begins from then on', async (t) => {
  const { desk, drain, toldTo, listen } = rigFor(t, { listeners: [phone] });
  const tale = new Tale();
  desk.take(tale.died(['a']));
  drain();
  listen(hook);
  tale.wait(-day);
  desk.take([tale.back('a'), ...tale.died(['b'])]);
  drain();
  t.same(toldTo(hook), ['new session-died firing error'], 'though the clock was set back');
});

t.test('a log that numbers anew is told of like the old one', async (t) => {
  const { desk, drain, toldTo } = rigFor(t);
  const old = new Tale();
  for (let i = 0; i < 50; i += 1) old.event('agent.stopping', { reason: 'signal' });
  desk.take([old.event('agent.stopping', { reason: 'signal' })]);
  desk.take(old.died(['a']));
  drain(hook);
  const anew = new Tale();
  anew.now = noon + hour;
  const gap = { ...anew.event('events.gap', { from: 1, to: 54, reason: 'not-stored' }), seq: 0 };
  desk.take([gap, ...anew.died(['b'])]);
  drain(hook);
  t.equal(toldTo(hook).length, 2);
  desk.take(anew.died(['c']));
  drain(hook);
  t.equal(toldTo(hook).length, 3);
});

t.test('the run of the agent is kept with the number that holds in it', async (t) => {
  const { desk, outbox } = rigFor(t);
  desk.take(new Tale().died(['a']), 1000);
  t.match(outbox.load(), { run: 1000 });
  const anew = new Tale();
  const gap = { ...anew.event('events.gap', { from: 1, to: 4, reason: 'not-stored' }), seq: 0 };
  desk.take([gap], 2000);
  t.match(outbox.load(), { cursor: 0, run: 2000 });
  desk.tick();
  t.equal(desk.run, 2000);
});

t.test('events that come a second time change nothing', async (t) => {
  const { desk, drain, told } = rigFor(t);
  const events = new Tale().died(['a']);
  desk.take(events);
  drain();
  const before = told.length;
  desk.take(events);
  drain();
  t.equal(told.length, before);
  t.equal(desk.list(5)[0]?.count, 1);
});

t.test('the agent that is gone, and back', async (t) => {
  const { desk, drain, toldTo, clock, standing } = rigFor(t, { listeners: [phone] });
  desk.agentGone(noon);
  t.same(standing(phone), ['held']);
  clock.now = noon + minute;
  desk.tick();
  drain();
  desk.agentBack(noon + 2 * minute);
  drain();
  t.same(toldTo(phone), [
    'new agent-silent firing critical',
    'ring agent-silent resolved critical',
  ]);
});

t.test('what has lapsed has ended for programs, and people are told nothing', async (t) => {
  const { desk, drain, toldTo, told, clock } = rigFor(t);
  desk.take([new Tale().event('log.quarantined', { file: '', reason: 'torn', salvaged: 1 })]);
  drain();
  clock.now += 11 * minute;
  desk.tick();
  drain();
  t.same(toldTo(phone), ['new log-damaged firing error']);
  t.same(toldTo(hook), ['new log-damaged firing error', 'edit log-damaged resolved error']);
  t.match(told.at(-1)?.card, { lapsed: true });
  t.match(desk.list(1), [{ status: 'resolved', lapsed: true }]);
});

t.test('a death of what nobody declared is not firing for ever', async (t) => {
  const { desk, drain, toldTo, clock } = rigFor(t);
  desk.take(new Tale().died(['mine']));
  drain();
  t.match(desk.firing(), { error: 1 });
  clock.now += 61 * minute;
  desk.tick();
  drain();
  t.match(desk.firing(), { error: 0 });
  t.same(toldTo(phone), ['new session-died firing error']);
  t.equal(toldTo(hook).at(-1), 'edit session-died resolved error');
});

t.test('what is firing, and the list', async (t) => {
  const { desk } = rigFor(t);
  const tale = new Tale();
  desk.take([
    ...tale.died(['a']),
    tale.hung(),
    tale.event('log.quarantined', {
      ...{ file: '', reason: 'torn', salvaged: 1 },
    }),
  ]);
  t.same(desk.firing(), { info: 0, notice: 0, warning: 0, error: 1, critical: 1 });
  t.same(
    desk.list(2).map(({ kind }) => kind),
    ['server-hung', 'log-damaged'],
  );
  t.match(desk.list(9)[0], {
    ...{ kind: 'session-died', sessions: ['a'], incident: '1', count: 1, acknowledgedAt: null },
    channels: { [phone.name]: 'queued', [hook.name]: 'queued' },
  });
});

t.test('a clock that is set back or forward by days stops nothing', async (t) => {
  for (const jump of [-30 * day, -day, 20 * hour]) {
    const { desk, drain, toldTo, clock } = rigFor(t, { settings });
    const tale = new Tale();
    desk.take([...tale.opened(['held']).events, ...tale.died(['a'])]);
    drain();
    clock.now += jump;
    tale.now = clock.now;
    desk.tick();
    desk.take(tale.died(['b']));
    drain();
    const told = toldTo(hook).filter((line) => line.startsWith('new'));
    t.equal(told.length, 3, `${jump}`);
  }
});

t.test('what is held for a channel that is gone is not due for ever', async (t) => {
  const { desk, clock, current, outbox, drain, toldTo } = rigFor(t);
  desk.take(new Tale().opened(['a']).events);
  current.listeners = [phone];
  clock.now += 1500;
  t.equal(outbox.nextHeld(), clock.now);
  desk.tick();
  t.equal(outbox.nextHeld(), null);
  current.listeners = [phone, hook];
  clock.now += minute;
  desk.tick();
  drain();
  t.equal(toldTo(hook).length, 1, 'and is told when it is back');
});
