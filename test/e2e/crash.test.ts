import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import t from 'tap';
import type { Event } from '../../agent/model/event.ts';
import { isDeath, startLoad } from './load.ts';
import { generator } from './random.ts';
import { startRig } from './rig.ts';
import { numberedEvents, sameEvents } from './same-events.ts';

const crashes = Number(process.env['HOLDFAST_CRASHES'] ?? 12);
const seed = Number(process.env['HOLDFAST_SEED'] ?? Date.now() % 1_000_000);
const random = generator(seed);
t.comment(`HOLDFAST_SEED=${seed}`);

const declared = ['first', 'second', 'third'];
const config = JSON.stringify({
  recovery: { maxRestarts: 100, firstWait: '10ms', longestWait: '10ms' },
  sessions: Object.fromEntries(declared.map((name) => [name, { command: 'sleep 100000' }])),
});

const rig = await startRig(t, { config });
await rig.up(...declared);
await rig.tmux('set-option', '-g', 'default-shell', '/bin/sh');
const server = await rig.server();

const killAgent = async (): Promise<void> => {
  await rig.agent.kill('SIGKILL');
  // Now and then the next one too, somewhere in its start.
  if (random() < 0.25) {
    const next = rig.launchAgent();
    await wait(random() * 800);
    await next.kill('SIGKILL');
  }
  await rig.startAgent();
};

const killLink = async (): Promise<void> => {
  await rig.link.kill('SIGKILL');
  await rig.startLink();
};

const killBoth = async (): Promise<void> => {
  await Promise.all([rig.agent.kill('SIGKILL'), rig.link.kill('SIGKILL')]);
  await rig.startAgent();
  await rig.startLink();
};

/** Each once, and then at random. */
const ways = [killAgent, killLink, killBoth];

const load = startLoad(rig, 3, random);
for (let crash = 0; crash < crashes; crash += 1) {
  await wait(random() * 600);
  await ways[crash < ways.length ? crash : Math.floor(random() * ways.length)]?.();
  const session = declared[crash % declared.length];
  await rig.tmux('kill-session', '-t', `=${session}`).catch(() => undefined);
}
await load.stop();
// One that was made and killed after all of them: when that is known, so is what was before.
await rig.tmux('new-session', '-d', '-s', 'last', 'sleep 100000');
await rig.up('last');
await rig.tmux('kill-session', '-t', '=last');
await rig.until('the last death', () =>
  rig.of('session.died').find(({ data }) => data.session === 'last'),
);
await rig.up(...declared);

const ends = () => [...rig.of('session.died'), ...rig.of('session.ended')];

await rig.until('the end of every session of the load', () => {
  const ended = new Set(ends().map(({ data }) => data.life));
  const open = rig.of('supervision.started').filter(({ data }) => !ended.has(data.life));
  return open.every(({ data }) => data.declared) ? true : undefined;
});
await rig.until('every verdict', () => {
  const explained = new Set(rig.of('verdict.reached').map(({ data }) => data.incident));
  const open = rig.of('incident.opened').filter(({ data }) => !explained.has(data.incident));
  return open.length === 0 ? true : undefined;
});
const settled = (): string[] =>
  [...rig.of('action.done'), ...rig.of('action.failed'), ...rig.of('action.lost')].map(
    ({ data }) => data.action,
  );
await rig.until('the outcome of every action', () =>
  settled().length >= rig.of('action.requested').length ? true : undefined,
);
// Each that was killed is back by now.
await rig.up(...declared);
await rig.agent.kill('SIGTERM');
await rig.client.closed;

const stored = (): Event[] => {
  const db = new DatabaseSync(rig.paths.eventsDb, { readOnly: true });
  const rows = db.prepare('SELECT seq, body FROM events ORDER BY seq').all();
  db.close();
  return rows.map(({ seq, body }) => ({ ...JSON.parse(String(body)), seq: Number(seq) }));
};

t.test('no event is lost or doubled', (t) => {
  const events = stored();
  t.equal(numberedEvents(events), events.length, 'the log is without a hole');
  const followed = rig.received.map(({ event }) => event);
  t.equal(followed.length, new Set(followed.map(({ seq }) => seq)).size, 'nothing came twice');
  t.equal(sameEvents(followed, events), followed.length, 'a subscriber has seen the same');
  t.ok(events.length - followed.length <= 1, 'all of it, but for the last words');
  t.end();
});

t.test('every life has one end, and it is the right one', (t) => {
  const started = rig.of('supervision.started').map(({ data }) => data.life);
  t.equal(new Set(started).size, started.length, 'each life begins once');
  const ended = ends().map(({ data }) => data.life);
  t.equal(new Set(ended).size, ended.length, 'each life ends once');
  t.equal(started.length - ended.length, declared.length, 'all but the declared ones ended');

  const wrong = ends().filter(({ type, data: { life } }) => {
    const fate = load.made.get(life.slice(life.lastIndexOf('$')));
    return fate ? isDeath(fate) !== (type === 'session.died') : type !== 'session.died';
  });
  t.strictSame(wrong, [], 'no false death, and none missed');
  t.strictSame(rig.of('server.died'), [], 'the server lived all the time');
  t.equal(rig.of('server.found').length, 1);
  t.equal(server.pid, rig.of('server.found')[0]?.data.instance.pid);
  t.end();
});

t.test('every action is settled once', (t) => {
  const requested = rig.of('action.requested').map(({ data }) => data.action);
  t.strictSame(settled().sort(), requested.sort());
  t.end();
});

t.test('enough was going on for this to mean something', (t) => {
  const count = (type: Event['type']): number =>
    rig.received.filter(({ event }) => event.type === type).length;
  t.ok(count('agent.started') > 1 && count('link.lost') > 0);
  t.ok(count('session.died') > crashes && count('session.ended') > 0);
  t.comment(
    `${crashes} crashes, ${load.made.size} sessions, ${rig.received.length} events, ` +
      `${count('session.died')} deaths, ${count('session.ended')} ends that were meant, ` +
      `${count('action.done')} actions done, ${count('action.failed')} failed, ` +
      `${count('action.lost')} lost`,
  );
  t.end();
});
