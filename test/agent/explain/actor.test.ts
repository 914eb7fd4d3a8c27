import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { actorOf } from '../../../agent/explain/actor.ts';
import type { Evidence, KnownPane } from '../../../agent/explain/evidence.ts';
import { processName, quoted, summaryOf, whoIs } from '../../../agent/explain/naming.ts';
import { originOf } from '../../../agent/explain/origin.ts';
import { isLogin, managesUnits, unitOf, unitPath } from '../../../agent/explain/unit.ts';
import { evidence } from './sample-death.ts';
import { processOf as anyProcess } from './trace/arbitrary.ts';
import { processOf, startTimeOf } from './trace/read-trace.ts';

const pane = (session: string, changes: Partial<KnownPane> = {}): KnownPane => ({
  ...{ session, pane: '%3', startTime: 0, tmuxId: '$1', owner: null },
  ...changes,
});

const knowing = (panes: Record<number, KnownPane>): Evidence =>
  evidence({ panes, users: { 1000: 'deploy' } });

t.test('the unit of a process is the last service or scope of its cgroup', async (t) => {
  for (const [cgroup, unit] of [
    ['/system.slice/cron.service', 'cron.service'],
    ['/user.slice/user-1000.slice/session-3.scope', 'session-3.scope'],
    ['/user.slice/user-1000.slice/user@1000.service/app.slice/bot.service', 'bot.service'],
    ['/user.slice/user-1000.slice/user@1000.service/init.scope', 'user@1000.service'],
    ['/system.slice/holdfast-tmux@deploy.service/session-1', 'holdfast-tmux@deploy.service'],
    ['/init.scope', 'init.scope'],
    ['/', null],
    ['/.service', null],
    [null, null],
  ] as const) {
    t.equal(unitOf(cgroup), unit, `${cgroup}`);
  }
  t.equal(unitPath('/system.slice/a.service/b/c'), '/system.slice/a.service');
  t.equal(unitPath('/b/c'), null);
  t.ok(managesUnits({ pid: 1, cgroup: null }));
  t.ok(managesUnits({ pid: 9, cgroup: '/user@1.service/init.scope' }));
  t.notOk(managesUnits({ pid: 9, cgroup: '/cron.service' }));
  t.notOk(managesUnits({ pid: 9, cgroup: null }));
  t.ok(isLogin('session-c2.scope'));
  t.notOk(isLogin('web.service'));
});

t.test('a process comes from the nearest pane above it', async (t) => {
  const process = processOf(50, 'node', { ancestry: { 50: [40, 30, 20, 1] } });
  const given = knowing({ 30: pane('web'), 20: pane('outer') });
  t.strictSame(originOf(process, given), { session: 'web', pane: '%3' });
  t.match(whoIs(process, given), 'pid 50 (node), in pane %3 of session "web"');
  const again = knowing({ 30: pane('web', { startTime: 7 }) });
  t.equal(originOf(process, again), null, 'another process had that pid');
  t.match(originOf(process, knowing({ 50: pane('own', { startTime: startTimeOf(50) }) })), {
    session: 'own',
  });
  t.equal(originOf(process, evidence()), null);
});

t.test('one that left its pane is known by the cgroup, which it cannot leave', async (t) => {
  const cgroup = '/system.slice/holdfast-tmux@deploy.service/session-12';
  const process = processOf(50, 'node', { cgroups: { 50: cgroup } });
  const mine = pane('web', { tmuxId: '$12', owner: 'deploy' });
  const given = knowing({ 30: mine, 31: mine, 32: pane('other', { tmuxId: '$12', owner: 'eve' }) });
  t.strictSame(originOf(process, given), { session: 'web', pane: null });
  t.equal(whoIs(process, given), 'pid 50 (node), from session "web"');
  const two = knowing({ 30: mine, 31: { ...mine, session: 'again' } });
  t.equal(originOf(process, two), null, 'which of two is not known');
});

t.test('an actor has all that was seen of it', async (t) => {
  const process = processOf(50, 'kill', {
    ...{ cmdlines: { 50: 'kill -9 7', 40: 'sh -c x' }, uids: { 50: 1000 } },
    ...{ ancestry: { 50: [40, 1] }, comms: { 40: 'sh', 1: 'systemd' } },
    cgroups: { 50: '/system.slice/x.service' },
  });
  t.strictSame(actorOf(process, knowing({ 40: pane('web') })), {
    ...{ pid: 50, comm: 'kill', cmdline: 'kill -9 7', uid: 1000, user: 'deploy' },
    ...{ unit: 'x.service', session: 'web' },
    ancestry: [
      { pid: 40, comm: 'sh', cmdline: 'sh -c x' },
      { pid: 1, comm: 'systemd', cmdline: null },
    ],
  });
  const unknown = actorOf(processOf(50, 'kill', { uids: { 50: 7 } }), evidence());
  t.match(unknown, { uid: 7, user: null, unit: null, session: null, cmdline: null });
  t.equal(actorOf(processOf(50, 'kill'), evidence()).user, null);
});

t.test('however it calls itself, an actor leaves room for the rest of a verdict', async () => {
  fc.assert(
    fc.property(anyProcess(fc.nat(4_000_000)), (process) => {
      const bytes = Buffer.byteLength(JSON.stringify(actorOf(process, evidence())));
      assert.ok(bytes < 2600, `${bytes} bytes`);
      const words = whoIs(process, evidence());
      assert.ok(words.length < 230, words);
      assert.ok(!/[\u0000-\u001f\u007f-\u009f\u202e]/.test(words), 'safe for a terminal');
    }),
  );
});

t.test('words for people', async (t) => {
  t.equal(quoted('a\u001b[2Jb\nc'), '"ab c"');
  t.equal(quoted('x'.repeat(60)).length, 52);
  t.equal(quoted('\u{1f4e6}'.repeat(60), 4), '"\u{1f4e6}…"', 'no half of a character');
  t.equal(summaryOf('x'.repeat(400)).length, 300);
  t.equal(processName({ pid: 4, comm: 'x', cmdline: '' }), 'pid 4 (x)');
  t.equal(processName({ pid: 4, comm: '', cmdline: null }), 'pid 4');
  const alone = processOf(7, 'cron', { cgroups: { 7: '/system.slice/cron.service' } });
  t.equal(whoIs(alone, evidence()), 'pid 7 (cron) (cron.service)');
  const child = processOf(8, 'sh', { ancestry: { 8: [7, 1] } });
  t.equal(whoIs(child, evidence()), 'pid 8 (sh), run by bash');
});
