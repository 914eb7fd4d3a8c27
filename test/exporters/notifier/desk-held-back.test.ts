import { join } from 'node:path';
import t from 'tap';
import { noon, settingsWith, Tale } from './classify/sample-events.ts';
import { directory, hook, openRig, phone, type Rig, rigFor } from './sample-desk.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

t.test('what is part of another is told when that is over, if it still is', async (t) => {
  const { desk, drain, toldTo, clock, standing } = rigFor(t);
  const tale = new Tale();
  desk.take([tale.hung(), tale.socketLost(), tale.hung('other'), tale.socketLost('other')]);
  clock.now = tale.wait(20_000).now;
  desk.tick();
  t.same(standing(hook), ['queued', 'inhibited', 'queued', 'inhibited']);
  desk.take([tale.socketRestored('other'), tale.resumed('other')]);
  desk.take([tale.resumed()]);
  drain(hook);
  t.same(toldTo(hook).toSorted(), [
    'new server-hung resolved critical',
    'new server-hung resolved critical',
    'new socket-lost firing warning',
  ]);
  t.equal(standing(hook)[3], 'inhibited');
});

t.test('a silence: nothing is told, and afterwards what still is', async (t) => {
  const { desk, drain, toldTo, clock, standing, outbox } = rigFor(t);
  const tale = new Tale();
  desk.take([tale.silenced('a', hour, '1'), tale.silenced('b', hour, '2')]);
  desk.take([...tale.died(['a']), ...tale.died(['b'])]);
  t.same(standing(phone), ['silenced', 'silenced']);
  t.equal(outbox.nextHeld(), noon + hour);
  desk.take([tale.wait(1000).back('b')]);
  drain();
  t.same(toldTo(phone), []);
  clock.now = noon + hour;
  desk.tick();
  drain();
  t.same(toldTo(phone), ['new session-died firing error'], 'what was over is not told afterwards');
  t.same(standing(phone), ['sent', 'silenced']);
  t.equal(desk.counts()['silenced'], 4);
});

t.test('what lapsed in a silence is told afterwards: nothing became well', async (t) => {
  const { desk, drain, toldTo, clock } = rigFor(t);
  const tale = new Tale();
  desk.take([tale.silenced(null, hour)]);
  desk.take([tale.event('log.quarantined', { file: '', reason: 'torn', salvaged: 1 })]);
  clock.now += 20 * minute;
  desk.tick();
  drain();
  t.same([...toldTo(phone), ...toldTo(hook)], []);
  clock.now += hour;
  desk.tick();
  drain();
  t.same(toldTo(phone), ['new log-damaged firing error']);
  t.same(toldTo(hook), ['new log-damaged resolved error']);
});

t.test('a link that went as the machine went down is no alert while it comes up', async (t) => {
  const tale = new Tale();
  const lost = tale.event('link.lost', { owner: 'deploy', pid: 1, reason: 'closed' });
  const back = { owner: 'deploy', uid: 1, pid: 1, tmux: '' };
  const reboot = (then: (rig: Rig) => void): string[] => {
    const file = join(directory(t), 'outbox.db');
    const before = openRig({ file });
    before.desk.take([lost]);
    before.close();
    const rig = openRig({ file, clock: { now: tale.now + hour } });
    rig.desk.tick();
    then(rig);
    rig.drain();
    rig.close();
    return rig.toldTo(phone);
  };
  const comes = (rig: Rig): void => {
    rig.clock.now += 20_000;
    const at = rig.clock.now;
    rig.desk.take([{ ...tale.event('link.connected', back), at }]);
  };
  t.same(reboot(comes), []);
  const stays = (rig: Rig): void => {
    rig.clock.now += 30_000;
    rig.desk.tick();
  };
  t.same(reboot(stays), ['new link-lost firing error']);
});

t.test('a silence that is taken back lets go at once', async (t) => {
  const { desk, drain, toldTo } = rigFor(t);
  const tale = new Tale();
  desk.take([tale.silenced(null, hour), ...tale.died(['a'])]);
  drain();
  t.same(toldTo(phone), []);
  desk.take([tale.unsilenced()]);
  drain();
  t.same(toldTo(phone), ['new session-died firing error']);
});

t.test('a message that is there changes in a silence, and the phone does not ring', async (t) => {
  const { desk, drain, toldTo, clock } = rigFor(t);
  const tale = new Tale();
  desk.take(tale.died(['a']));
  drain();
  desk.take([tale.wait(1000).silenced('a', day), tale.decided('suspend', 'a')]);
  drain();
  clock.now = noon + 4 * hour + minute;
  desk.tick();
  drain();
  t.same(toldTo(phone), ['new session-died firing error', 'edit session-died firing critical']);
  t.equal(desk.counts()['silenced'], 4, 'the rise and the repetition, at two channels');
  desk.take([tale.unsilenced(), tale.acknowledged('1')]);
  drain();
  t.match(toldTo(phone).at(-1), 'edit', 'and not afterwards for what was kept quiet');
});

t.test('quiet hours: people wait for the morning, programs do not', async (t) => {
  const quietHours = { from: 23 * 60, to: 7 * 60, timezone: 'UTC' };
  const clock = { now: Date.UTC(2026, 0, 31, 23, 30) };
  const { desk, drain, toldTo, outbox } = rigFor(t, {
    clock,
    settings: settingsWith({ alerts: { quietHours } }),
  });
  const tale = new Tale();
  tale.now = clock.now;
  desk.take([...tale.died(['a']), ...tale.died(['b']), tale.back('b'), tale.hung()]);
  drain(phone, hook);
  t.same(toldTo(phone), ['new server-hung firing critical']);
  t.equal(toldTo(hook).length, 3);
  t.equal(outbox.nextHeld(), Date.UTC(2026, 1, 1, 7));
  clock.now = Date.UTC(2026, 1, 1, 7);
  desk.take([tale.resumed()]);
  desk.tick();
  drain(phone);
  t.same(
    toldTo(phone)
      .slice(1)
      .filter((line) => !line.includes('hung')),
    ['new session-died firing error', 'new session-died resolved error'],
  );
});

t.test('what waited into the night waits for the morning', async (t) => {
  const quietHours = { from: 23 * 60, to: 7 * 60, timezone: 'UTC' };
  const { desk, drain, toldTo, clock, standing } = rigFor(t, {
    settings: settingsWith({ alerts: { quietHours } }),
  });
  const tale = new Tale();
  desk.take([...tale.died(['a']), ...tale.died(['b'])]);
  clock.now = noon + 12 * hour;
  desk.tick();
  t.same(standing(phone), ['quiet-hours', 'quiet-hours']);
  drain(phone);
  t.same(toldTo(phone), []);
  t.same(standing(hook), ['queued', 'queued']);
  clock.now = noon + 20 * hour;
  desk.tick();
  drain(phone);
  t.equal(toldTo(phone).length, 2);
});

t.test('a threshold, and what rises above it', async (t) => {
  const { desk, drain, toldTo, standing } = rigFor(t);
  const tale = new Tale();
  desk.take(tale.died(['a'], { cause: 'program-exit', exitStatus: 0 }));
  drain();
  t.same(standing(phone), ['below-threshold']);
  t.same(standing(hook), ['sent']);
  desk.take([tale.wait(10).decided('suspend', 'a')]);
  drain();
  t.same(toldTo(phone), ['new session-died firing error']);
  t.same(toldTo(hook), ['new session-died firing notice', 'ring session-died firing error']);
});
