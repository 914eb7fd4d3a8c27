import t from 'tap';
import { gather, type OomCounts } from '../../../agent/explain/gather.ts';
import type { NewEvent } from '../../../agent/model/event.ts';
import type { DeathRecord } from '../../../agent/model/events/death.ts';
import type { CgroupSample } from '../../../agent/model/events/measures.ts';
import { after, bootId, instance, running } from '../model/sample.ts';
import { at, death, hostWith, signal, status } from './sample-death.ts';

const none: OomCounts = { oomKills: 0, ownOoms: 0, unitOoms: 0 };

/** A session the kernel killed, as it was measured last. */
const measured = (
  counts: Partial<CgroupSample> = {},
  exit: DeathRecord['exit'] = signal(9),
): DeathRecord => {
  const memory = { memoryBytes: 60, anonBytes: 50, memoryMaxBytes: 64, tasks: 3 };
  const cgroup: CgroupSample = { ...memory, ...none, ...counts };
  return death({ exit, usage: { at, rssBytes: 50, cpu: 0, processes: 2, cgroup } });
};

const evidenceOf = (deaths: DeathRecord[], oomsOf?: (death: DeathRecord) => OomCounts | null) =>
  gather(
    'main',
    { deaths, serverEnd: null },
    { state: () => running, bootId, cleanStop: true, ...(oomsOf && { oomsOf }) },
  );

const oomsOf = (one: DeathRecord, now: Partial<OomCounts> | null) =>
  evidenceOf([one], () => now && { ...none, ...now }).ooms;

t.test('kills in the cgroup of a session that died, and whose limit it was', async (t) => {
  const kill = { session: 'bot', at, limitBytes: 64 };
  t.strictSame(oomsOf(measured(), { oomKills: 2, ownOoms: 1 }), [
    { ...kill, kills: 2, whose: 'session' },
  ]);
  t.strictSame(oomsOf(measured(), { oomKills: 1, unitOoms: 1 }), [
    { ...kill, kills: 1, whose: 'unit' },
  ]);
  t.strictSame(oomsOf(measured(), { oomKills: 1 }), [{ ...kill, kills: 1, whose: 'machine' }]);
  const both = { oomKills: 1, ownOoms: 1, unitOoms: 1 };
  t.match(oomsOf(measured(), both), [{ whose: 'session' }], 'its own is the nearer one');
});

t.test('only what was counted since the last measure', async (t) => {
  const before = { oomKills: 3, ownOoms: 2, unitOoms: 4 };
  t.strictSame(oomsOf(measured(before), before), []);
  t.match(oomsOf(measured(before), { ...before, oomKills: 5 }), [{ kills: 2, whose: 'machine' }]);
  t.strictSame(oomsOf(measured(before), none), [], 'a cgroup that was made anew');
});

t.test('one that was never measured began with nothing, but its unit did not', async (t) => {
  const young = death({ exit: signal(9) });
  t.match(oomsOf(young, { oomKills: 1, ownOoms: 1, unitOoms: 7 }), [
    { kills: 1, whose: 'session', limitBytes: null },
  ]);
  t.match(oomsOf(young, { oomKills: 1, unitOoms: 7 }), [{ whose: 'unknown' }], 'then, or before');
  t.match(oomsOf(young, { oomKills: 1 }), [{ whose: 'machine' }], 'it never counted one');
});

t.test(
  'a session lives on without what the kernel killed in it, and then ends otherwise',
  async (t) => {
    const now = { oomKills: 1, ownOoms: 1 };
    t.equal(oomsOf(measured({}, status(137)), now)?.length, 1, 'a shell that tells of a kill');
    t.strictSame(oomsOf(measured({}, status(1)), now), []);
    t.strictSame(oomsOf(measured({}, status(0)), now), []);
    t.strictSame(oomsOf(measured({}, signal(15)), now), []);
    t.equal(oomsOf(death(), now)?.length, 1, 'nobody knows how it ended');
  },
);

t.test('where nobody can look, nothing is said', async (t) => {
  t.strictSame(oomsOf(measured(), null), []);
  t.strictSame(evidenceOf([measured()]).ooms, []);
  const other = { ...measured(), session: 'api', tmuxId: '$7' };
  const seen = evidenceOf([measured(), other], ({ tmuxId }) =>
    tmuxId === '$7' ? { ...none, oomKills: 1 } : null,
  );
  t.match(seen.ooms, [{ session: 'api' }]);
  t.equal(seen.ooms?.length, 1);
});

t.test('kills of whomever, counted around the deaths', async (t) => {
  const deaths = [death({ exit: signal(9), host: hostWith() })];
  const background = { state: () => running, bootId, cleanStop: true };
  const gathered = (memory?: { at: number; kills: number } | null) =>
    gather(
      'main',
      { deaths, serverEnd: null, ...(memory === undefined ? {} : { memory }) },
      background,
    ).memoryKills;
  t.strictSame(gathered({ at, kills: 6 }), { since: at - 2000, until: at, kills: 2 });
  t.equal(gathered(null), null);
  t.equal(gathered(), null);
});

t.test('what the witness said, and what it takes to read it', async (t) => {
  const testimony = {
    ...{ since: 0, lost: [], signals: [], ooms: [], clients: [], method: 'probe' as const },
  };
  const connected: NewEvent = {
    ...{ at, type: 'link.connected' },
    data: { owner: 'deploy', uid: 1000, pid: 77, tmux: '3.5a' },
  };
  const state = after(running, connected);
  const background = { state: () => state, bootId, cleanStop: true };
  const dead = death({
    panes: [{ id: '%9', pid: 900, startTime: 9, command: '', exit: null, historyLines: 0 }],
  });
  const given = { deaths: [dead], serverEnd: null };
  const told = gather('main', given, { ...background, testimony, userNames: { 1000: 'deploy' } });
  t.match(told, {
    server: { instance: dead.instance, socket: '/run/tmux/main.sock', managed: true },
    ...{ testimony, ours: [77], users: { 1000: 'deploy' } },
    panes: {
      900: { session: 'bot', pane: '%9', startTime: 9, tmuxId: '$1' },
      1002: { session: 'work', pane: '%2', startTime: 90_002, tmuxId: '$2' },
    },
  });
  t.notOk('untold' in told);
  const untold = gather('main', given, { ...background, untold: 'a container' });
  t.match(untold, { testimony: null, untold: 'a container', users: {} });
  const none = { deaths: [], serverEnd: null };
  t.strictSame(gather('main', none, background).server.instance, instance);
  t.match(gather('nobody', none, background).server, { instance: null, managed: false });
});
