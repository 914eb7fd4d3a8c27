import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { type EventOf, maxEventBytes } from '../../agent/model/event.ts';
import type { Verdict } from '../../agent/model/events/incident.ts';
import { startRig } from './rig.ts';
import { eventually, untilSampled } from './sampled.ts';
import { startServer, tmuxOn } from './tmux.ts';

const secret = `sk-${'a1B2c3D4'.repeat(5)}`;

/** A server each: deaths of one server within two seconds would be one incident. */
const config = `
servers:
  killed: {}
  exits: {}
  crashes: {}
  signalled: {}
  friend: {adopt: friend}
sessions:
  killed:
    server: killed
    restart: false
    command: |-
      seq 300; echo "last words, key ${secret}"; exec sh -c 'sleep 10001; true' bot --token=${secret}
  bystander: {server: killed, command: sleep 10002}
  exits: {server: exits, restart: false, command: read -r line; exit 7}
  crashes: {server: crashes, restart: false, command: sleep 10003}
  signalled: {server: signalled, restart: false, command: sleep 10004}
`;

const rig = await startRig(t, {
  config,
  prepare: (home) =>
    void startServer(join(home, `own/tmux-${process.getuid?.()}`, 'friend'), 'pal'),
});
await rig.up('killed', 'bystander', 'exits', 'crashes', 'signalled', 'pal');
// Its session is there before its program says anything.
await eventually('what it shows', async () => {
  const screen = await tmuxOn(rig.socket('killed'), 'capture-pane', '-p', '-t', 'killed:');
  return screen.includes('last words') || undefined;
});
await untilSampled(rig);

type Death = EventOf<'session.died'>;

const deathOf = (session: string): Promise<Death> =>
  rig.until(`death of ${session}`, () =>
    rig.of('session.died').find(({ data }) => data.session === session),
  );

const verdictOn = async ({ data: { incident } }: Death): Promise<Verdict> => {
  const reached = await rig.until(`verdict on incident ${incident}`, () =>
    rig.of('verdict.reached').find(({ data }) => data.incident === incident),
  );
  return reached.data.verdict;
};

const paneOf = async (server: string): Promise<number> =>
  Number(await tmuxOn(rig.socket(server), 'list-panes', '-aF', '#{pane_pid}'));

t.test('a killed session leaves one record with all that is known of it', async (t) => {
  const before = await rig.server('killed');
  const pane = await tmuxOn(
    rig.socket('killed'),
    ...['display-message', '-pt', 'killed:', '#{pane_id} #{pane_pid} #{history_size}'],
  );
  const [id, pid, history] = pane.split(' ');
  await tmuxOn(rig.socket('killed'), 'kill-session', '-t', 'killed');
  const death = await deathOf('killed');
  const { data } = death;

  t.match(data, { session: 'killed', server: 'killed', declared: true, tmuxName: 'killed' });
  t.equal(data.instance.pid, before.pid);
  t.match(data.life, `${data.instance.pid}-${data.instance.startTime}/${data.tmuxId}`);
  t.ok(data.ageMs >= data.supervisedMs && data.supervisedMs > 0, 'age and supervision');
  t.ok(data.resyncs > 1, 'number of resyncs');
  t.ok(data.lastSeen <= data.found, 'an interval');
  t.match(data.panes, [{ id, pid: Number(pid), exit: null, historyLines: Number(history) }]);
  t.ok(Number(history) > 200, 'the history is longer than the screen');
  // Seen early it is still the shell that is about to become it.
  t.match(data.panes[0]?.command, /sleep 10001; true'? bot --token=\[redacted\]$/);
  t.match(data.lastCommand, { source: 'foreground', text: /sleep 10001/ });
  t.equal(data.exit, null, 'no program ended before it');
  t.equal(data.watched, 'live');
  t.equal(data.alive, 5);
  t.strictSame(data.others, []);
  t.ok((data.usage?.rssBytes ?? 0) > 0 && (data.usage?.processes ?? 0) >= 2, 'memory of it');
  t.equal(data.serverState, 'alive');
  t.ok(Buffer.byteLength(JSON.stringify(death)) <= maxEventBytes, 'at most 8 KiB');

  const verdict = await verdictOn(death);
  t.match(verdict, { cause: 'tmux-command', scope: 'session', confidence: 'likely' });
  t.ok(verdict.missing.length > 0, 'says what it does not know');
  t.equal(rig.of('session.died').length, 1, 'exactly one death');
  t.equal(rig.of('incident.opened').length, 1, 'exactly one incident');
});

t.test('the record holds the machine as it was', async (t) => {
  const { host } = (await deathOf('killed')).data;
  t.ok(host && host.memoryAvailableBytes > 0 && host.memoryTotalBytes > 0);
  t.equal(host?.load.length, 3);
  t.type(host?.cpuBusy, 'number');
  if (readdirSync('/proc').includes('pressure')) t.type(host?.pressure?.memory, 'number');
  t.equal(host?.processes.length, 20, 'the top 20 processes');
  const sizes = host?.processes.map(({ rssBytes }) => rssBytes) ?? [];
  t.strictSame(
    sizes,
    [...sizes].sort((a, b) => b - a),
    'by memory',
  );
});

t.test('the minute before is kept with it, measured like the rest', async (t) => {
  const { data } = await deathOf('killed');
  const [opening] = rig.of('incident.opened').filter((one) => one.data.incident === data.incident);
  const machine = opening?.data.machineBefore ?? [];
  const { usageBefore = [], usage, host } = data;
  t.match(usageBefore.at(-1), { at: usage?.at, rssBytes: usage?.rssBytes });
  t.match(machine.at(-1), { at: host?.at, memoryAvailableBytes: host?.memoryAvailableBytes });
  const isNear = ({ at }: { at: number }): boolean => at <= data.found && at >= data.found - 60_000;
  t.ok([...usageBefore, ...machine].every(isNear));
});

t.test('the last screen is kept, without its secrets', async (t) => {
  const { screens } = (await deathOf('killed')).data;
  const [screen] = screens;
  t.equal(screens.length, 1);
  t.match(screen?.tail, 'last words, key [redacted]');
  const { text } = await rig.client.call('screen.read', { blob: screen?.blob ?? '' });
  t.equal(text.split('\n').length, screen?.lines);
  t.equal(screen?.lines, 200, 'at most 200 lines');
  t.equal(Buffer.byteLength(text), screen?.bytes);
  t.ok(text.endsWith('\n300\nlast words, key [redacted]'));
});

t.test('a program that exits', async (t) => {
  await tmuxOn(rig.socket('exits'), 'send-keys', '-t', 'exits:', 'Enter');
  const death = await deathOf('exits');
  t.match(death.data.exit, { status: 7, signal: null });
  t.match(death.data.panes, [{ exit: { status: 7, signal: null } }]);
  const verdict = await verdictOn(death);
  t.match(verdict, { cause: 'program-exit', exitStatus: 7 });
  t.not(verdict.confidence, 'certain', 'a signal that it handled would look the same');
});

t.test('a program that crashes', async (t) => {
  process.kill(await paneOf('crashes'), 'SIGSEGV');
  const death = await deathOf('crashes');
  t.match(death.data.exit, { status: null, signal: 11 });
  const verdict = await verdictOn(death);
  t.match(verdict, { cause: 'program-crash', signal: { name: 'SIGSEGV', number: 11 } });
});

t.test('a program that is killed', async (t) => {
  process.kill(await paneOf('signalled'), 'SIGKILL');
  const death = await deathOf('signalled');
  t.match(death.data.exit, { status: null, signal: 9 });
  const verdict = await verdictOn(death);
  t.match(verdict, { cause: 'signal', signal: { name: 'SIGKILL', number: 9 } });
  t.match(verdict.missing.join(), /who sent it/);
});

t.test('a session of an adopted server: unknown, with the reason', async (t) => {
  await tmuxOn(rig.ownSocket('friend'), 'kill-session', '-t', 'pal');
  const death = await deathOf('pal');
  t.match(death.data, { declared: false, exit: null, server: 'friend' });
  const verdict = await verdictOn(death);
  t.match(verdict.cause, 'unknown');
  t.ok(verdict.missing.length > 0, 'says why');
});

t.test('what is written keeps no secret', async (t) => {
  const died = rig.of('session.died').length;
  t.equal(died, 5, 'one death each');
  const events = JSON.stringify(await rig.events());
  t.notMatch(events, secret);
  for (const file of [rig.paths.lifecycleLog, rig.paths.stateFile]) {
    t.notMatch(readFileSync(file, 'utf8'), secret, file);
  }
});
