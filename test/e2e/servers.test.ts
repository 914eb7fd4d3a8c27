import t from 'tap';
import type { EventOf } from '../../agent/model/event.ts';
import { type Rig, startRig } from './rig.ts';
import { eventually } from './sampled.ts';
import { tmuxOn } from './tmux.ts';
import { untilIdle } from './under-way.ts';

const config = `
recovery: {maxRestarts: 3, window: 600s, firstWait: 10ms, longestWait: 10ms}
servers: {main: {}, polite: {}, stopped: {}, orphan: {}}
sessions:
  one: {command: sleep 10001}
  two: {command: sleep 10002}
  civil: {server: polite, command: sleep 10003}
  frozen: {server: stopped, command: sleep 10004}
  alone: {server: orphan, command: sleep 10005}
`;

const rig = await startRig(t, { config });
await rig.up('one', 'two', 'civil', 'frozen', 'alone');

const deathsOn = (rig: Rig, server: string): EventOf<'session.died'>[] =>
  rig.of('session.died').filter(({ data }) => data.server === server);

/** Resolves when the last server that was found on `name` is another than `pid`; its pid. */
const untilAnother = (rig: Rig, name: string, pid: number | null): Promise<number> =>
  rig.until(`another server ${name}`, () => {
    const found = rig.of('server.found').findLast(({ data }) => data.server === name);
    return found && found.data.instance.pid !== pid ? found.data.instance.pid : undefined;
  });

/** Those of this server: where a machine is slow enough, any may seem to hang for a moment. */
const eventsOn = <T extends 'server.hung' | 'server.resumed'>(type: T, server: string) =>
  rig.of(type).filter(({ data }) => data.server === server);

/** Stops it, and resolves when that was noticed. */
const stopServer = async (server: string, pid: number | null) => {
  await eventually('it answers', async () =>
    (await rig.server(server)).status === 'alive' ? true : undefined,
  );
  process.kill(pid ?? 0, 'SIGSTOP');
  const before = eventsOn('server.hung', server).length;
  return rig.until('hung', () => eventsOn('server.hung', server)[before]);
};

const untilVerdict = (rig: Rig, incident: string) =>
  rig.until(`verdict on incident ${incident}`, () =>
    rig.of('verdict.reached').find(({ data }) => data.incident === incident),
  );

const killServer = async (rig: Rig, name: string): Promise<number> => {
  const { pid } = await rig.server(name);
  if (pid === null) throw new Error(`no server ${name}`);
  process.kill(pid, 'SIGKILL');
  return pid;
};

t.test('a killed server: one incident, server and sessions back', async (t) => {
  const killed = await killServer(rig, 'main');
  const next = await untilAnother(rig, 'main', killed);
  await rig.up('one', 'two');
  const [died] = rig.of('server.died');
  t.match(died?.data, { server: 'main', how: 'killed', lives: 2, instance: { pid: killed } });

  const deaths = deathsOn(rig, 'main');
  t.strictSame(deaths.map(({ data }) => data.session).sort(), ['one', 'two']);
  t.equal(new Set(deaths.map(({ data }) => data.incident)).size, 1, 'one incident');
  t.match(deaths[0]?.data, { serverState: 'dead', others: [deaths[1]?.data.session] });
  const { data } = await untilVerdict(rig, deaths[0]?.data.incident ?? '');
  t.match(data.verdict, { cause: 'signal', scope: 'server', confidence: 'possible' });
  t.match(data.verdict.missing.join(), /which signal/);
  t.equal((await rig.server()).pid, next);
  t.equal((await rig.server()).sessions, 2);
});

t.test('after three restarts in a minute it stays down, and that is said once', async (t) => {
  for (let restart = 2; restart <= 3; restart += 1) {
    await untilAnother(rig, 'main', await killServer(rig, 'main'));
    await rig.up('one', 'two');
  }
  await killServer(rig, 'main');
  const suspended = await rig.until('suspension', () =>
    rig.of('decision.made').find(({ data }) => data.decision === 'suspend'),
  );
  t.match(suspended.data, {
    reason: 'too-many-restarts',
    target: { server: 'main', session: null },
  });
  t.equal(rig.of('server.died').filter(({ data }) => data.server === 'main').length, 4);
  t.equal((await rig.server()).status, 'dead');
});

t.test('until an operator starts a session of it', async (t) => {
  // A start of before may still be on its way to fail.
  await untilIdle(rig);
  t.match(await rig.client.call('session.start', { session: 'one' }), { outcome: 'done' });
  await rig.up('one');
  t.equal((await rig.server()).status, 'alive');
  const ones = await rig.tmux('list-sessions', '-f', '#{==:#{session_name},one}');
  t.equal(ones.split('\n').length, 1);
  const suspensions = rig
    .of('decision.made')
    .filter(({ data }) => data.decision === 'suspend' && data.target.session === null);
  t.equal(suspensions.length, 1, 'said once');
});

t.test('kill-server is an orderly end', async (t) => {
  const { pid } = await rig.server('polite');
  await tmuxOn(rig.socket('polite'), 'kill-server');
  await untilAnother(rig, 'polite', pid);
  await rig.up('civil');
  const died = rig.of('server.died').find(({ data }) => data.server === 'polite');
  t.match(died?.data, { how: 'exited' });
  const deaths = deathsOn(rig, 'polite');
  t.equal(deaths.length, 1);
  const { data } = await untilVerdict(rig, deaths[0]?.data.incident ?? '');
  t.match(data.verdict, { cause: 'unknown', scope: 'server', summary: /orderly/ });
});

t.test('a stopped server is reported hung, nothing is killed, and it goes on', async (t) => {
  const { pid } = await rig.server('stopped');
  const hung = await stopServer('stopped', pid);
  t.match(hung.data, { processState: 'T', instance: { pid } });
  t.equal((await rig.server('stopped')).status, 'hung');
  await rig.client.call('session.send', { session: 'one', text: 'x', enter: false });
  t.pass('another server can be worked with meanwhile');

  const resumed = eventsOn('server.resumed', 'stopped').length;
  process.kill(pid ?? 0, 'SIGCONT');
  await rig.until('resumed', () => eventsOn('server.resumed', 'stopped')[resumed]);
  t.equal((await rig.server('stopped')).pid, pid, 'the same server');
  t.strictSame(deathsOn(rig, 'stopped'), []);
});

t.test('a server that is killed while it hangs', async (t) => {
  const { pid } = await rig.server('stopped');
  await stopServer('stopped', pid);
  process.kill(pid ?? 0, 'SIGKILL');
  await untilAnother(rig, 'stopped', pid);
  await rig.up('frozen');
  t.equal(deathsOn(rig, 'stopped').length, 1);
});

t.test('server and link killed together: both come back', async (t) => {
  await Promise.all([rig.link.kill('SIGKILL'), killServer(rig, 'orphan')]);
  await rig.until('death without a link', () =>
    rig.of('server.died').find(({ data }) => data.server === 'orphan'),
  );
  await rig.startLink();
  await rig.up('alone');
  const [death] = deathsOn(rig, 'orphan');
  t.match(death?.data, { session: 'alone', watched: 'link-down' });
  const failed = rig.of('action.failed').filter(({ data }) => data.code === 'no-link');
  t.strictSame(failed, [], 'nothing was tried without a link');
  const suspended = rig.of('decision.made').filter(({ data }) => data.target.server === 'orphan');
  t.strictSame(
    suspended.filter(({ data }) => data.decision === 'suspend'),
    [],
  );
});

t.test('each session has one end for each of its lives', async (t) => {
  const ended = [...rig.of('session.died'), ...rig.of('session.ended')].map(
    ({ data }) => data.life,
  );
  t.equal(new Set(ended).size, ended.length);
  const { sessions, totals } = await rig.client.call('status', {});
  t.equal(
    rig.of('supervision.started').length,
    ended.length + sessions.filter((s) => s.life).length,
  );
  t.strictSame(totals.rejected, {}, 'no impossible event');
});
