import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { actorOf } from '../../../agent/explain/actor.ts';
import type { Evidence, KnownPane } from '../../../agent/explain/evidence.ts';
import { processName, quoted, summaryOf, whoIs } from '../../../agent/explain/naming.ts';
import { originOf } from '../../../agent/explain/origin.ts';
import { groupInUnit, isLogin, systemUnit, unitOf, unitPath } from '../../../agent/explain/unit.ts';
import { evidence } from './sample-death.ts';
import { processOf as anyProcess } from './witnessed/arbitrary.ts';
import { processOf, startTimeOf } from './witnessed/read-trace.ts';

const pane = (session: string, changes: Partial<KnownPane> = {}): KnownPane => ({
  ...{ session, pane: '%3', startTime: 0, tmuxId: '$1', owner: null },
  ...changes,
});

const knowing = (panes: Record<number, KnownPane>): Evidence =>
  evidence({ panes, users: { 1000: 'deploy' } });

const ofUser = '/user.slice/user-1000.slice/user@1000.service';
const managed = '/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@deploy.service';

t.test('the unit of a process is that of its manager, whatever is below is called', async (t) => {
  for (const [cgroup, unit] of [
    ['/system.slice/cron.service', 'cron.service'],
    ['/user.slice/user-1000.slice/session-3.scope', 'session-3.scope'],
    [`${ofUser}/app.slice/bot.service`, 'user@1000.service/bot.service'],
    [`${ofUser}/cron.service`, 'user@1000.service/cron.service'],
    [`${ofUser}/session-3.scope/x.service`, 'user@1000.service/session-3.scope'],
    [`${ofUser}/app.slice/a/cron.service`, 'user@1000.service'],
    [`${ofUser}/init.scope`, 'user@1000.service'],
    [`${ofUser}/init.scope/cron.service`, 'user@1000.service'],
    [`${managed}/session-1`, 'holdfast-tmux@deploy.service'],
    [`${managed}/server`, 'holdfast-tmux@deploy.service'],
    [`${managed}/.control`, 'holdfast-tmux@deploy.service'],
    [`${managed}/session-1/cron.service`, 'holdfast-tmux@deploy.service'],
    ['/user.slice/user-1000.slice/session-3.scope/cron.service', 'session-3.scope'],
    ['/made/up/cron.service', null],
    ['/init.scope', 'init.scope'],
    ['/', null],
    ['/.service', null],
    [null, null],
  ] as const) {
    t.equal(unitOf(cgroup), unit, `${cgroup}`);
  }
  t.equal(unitPath('/system.slice/a.service/b/c'), '/system.slice/a.service');
  t.equal(unitPath('/b/c'), null);
  t.equal(unitPath(`${ofUser}/app.slice/bot.service/x`), `${ofUser}/app.slice/bot.service`);
  t.equal(unitPath(`${ofUser}/init.scope`), ofUser);
  t.equal(systemUnit(`${ofUser}/app.slice/bot.service`), 'user@1000.service');
  t.equal(groupInUnit(`${managed}/session-1/session-2`), 'session-1');
  t.equal(groupInUnit(managed), null);
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
  t.equal(originOf(process, knowing({ 1: pane('all') })), null, 'the first process is no pane');
});

t.test('one that left its pane is known by the cgroup of its session', async (t) => {
  const cgroup = `${managed}/session-12/job`;
  const process = processOf(50, 'node', { cgroups: { 50: cgroup } });
  const mine = pane('web', { tmuxId: '$12', owner: 'deploy' });
  const given = knowing({ 30: mine, 31: mine, 32: pane('other', { tmuxId: '$12', owner: 'eve' }) });
  t.strictSame(originOf(process, given), { session: 'web', pane: null });
  t.equal(whoIs(process, given), 'pid 50 (node), from session "web"');
  const two = knowing({ 30: mine, 31: { ...mine, session: 'again' } });
  t.equal(originOf(process, two), null, 'which of two is not known');
  for (const elsewhere of [
    `${ofUser}/holdfast-tmux@deploy.service/session-12`,
    `/system.slice/evil@deploy.service/session-12`,
    `/holdfast.slice/holdfast-sessions.slice/holdfast-tmux@eve.service/x@deploy.service/session-12`,
    `${managed}/x/session-12`,
    `${managed}/server`,
    `${managed}/session-12x`,
  ]) {
    const other = processOf(50, 'node', { cgroups: { 50: elsewhere } });
    t.equal(originOf(other, given), null, elsewhere);
  }
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
  const namesake = processOf(7, 'cron', { cgroups: { 7: `${ofUser}/app.slice/cron.service` } });
  t.equal(whoIs(namesake, evidence()), 'pid 7 (cron) (user@1000.service/cron.service)');
  const child = processOf(8, 'sh', { ancestry: { 8: [7, 1] } });
  t.equal(whoIs(child, evidence()), 'pid 8 (sh), run by bash');
});
