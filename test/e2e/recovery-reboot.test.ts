import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import t from 'tap';
import { startRig } from './rig.ts';
import { eventually, untilSampled } from './sampled.ts';

/* What was up before the machine was started again comes back as it is declared. */

/** Each program says when it began, and how it was started. */
const told = (name: string, how: string): string =>
  `{command: "echo ${name} ${how} >>HOME/marks; exec sleep 12100"`;

const config = `
recovery: {maxRestarts: 50, firstWait: 100ms, longestWait: 100ms}
sessions:
  web: ${told('web', 'anew')}, resumeCommand: "echo web goes-on >>HOME/marks; exec sleep 12101", after: [db]}
  db: ${told('db', 'anew')}, after: [cache]}
  cache: ${told('cache', 'anew').replace('echo', 'echo shown before; echo')}}
  asked: ${told('asked', 'anew')}}
  cli:
    command: echo cli anew >>HOME/marks; exec sleep 12102
    resumeCommand: echo cli goes-on >>HOME/marks; echo no conversation; exit 1
`;

const names = ['web', 'db', 'cache', 'asked', 'cli'];

const rig = await startRig(t, { config });
const marks = (): string[] => {
  const file = join(rig.home, 'marks');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

const untilBegun = (count: number): Promise<string[]> =>
  eventually('the programs', () => (marks().length >= count ? marks() : undefined));

const serverPid = async (): Promise<number> =>
  Number(await rig.tmux('display-message', '-p', '#{pid}'));

/** Another boot wrote what is stored, by what it says of itself. */
const asOfAnotherBoot = (): void => {
  const real = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const other = `${real.slice(0, 8)}-0000-4000-8000-000000000000`;
  const db = new DatabaseSync(rig.paths.eventsDb);
  db.prepare('UPDATE events SET body = replace(body, ?, ?)').run(real, other);
  db.prepare('UPDATE snapshots SET state = replace(state, ?, ?)').run(real, other);
  db.close();
};

t.test('after a reboot they come back, in the order they are declared to', async (t) => {
  await rig.up(...names);
  t.strictSame((await untilBegun(5)).toSorted(), names.map((name) => `${name} anew`).toSorted());
  await untilSampled(rig);
  await rig.client.call('session.stop', { session: 'asked' });
  const pid = await serverPid();
  await Promise.all([rig.agent.kill('SIGTERM'), rig.link.kill('SIGKILL')]);
  process.kill(pid, 'SIGKILL');
  asOfAnotherBoot();
  const before = rig.received.length;
  await rig.startAgent();
  await rig.startLink();
  await untilBegun(10);
  await rig.up('web', 'db', 'cache', 'cli');
  const since = rig.received.slice(before).map(({ event }) => event);
  const begun = since.flatMap(({ type, data }) =>
    type === 'supervision.started' ? [data.session] : [],
  );
  const order = begun.filter((name) => ['cache', 'db', 'web'].includes(name));
  t.strictSame(order, ['cache', 'db', 'web']);
  t.notOk(begun.includes('asked'), 'what a person stopped stays so');
  const [end] = rig.of('server.died');
  t.match(end?.data.text, /the machine has started again/);
  const screen = await eventually('the screen', async () => {
    const text = await rig.tmux('capture-pane', '-p', '-t', '=cache:');
    return text.includes('back') ? text : undefined;
  });
  t.match(screen, /^shown before\n-- Holdfast: ended /, 'with what it showed before');
});

t.test('what has something to go on with goes on, and what has not begins anew', async (t) => {
  const later = marks().slice(5);
  t.strictSame(
    later.filter((line) => line.startsWith('web')),
    ['web goes-on'],
  );
  t.strictSame(
    later.filter((line) => line.startsWith('cli')),
    ['cli goes-on', 'cli anew'],
  );
  const requested = rig
    .of('action.requested')
    .filter(({ data }) => data.target.session === 'cli')
    .map(({ data: { reason, resumes = false } }) => [reason, resumes]);
  t.strictSame(requested, [
    ['declared', false],
    ['died', true],
    ['resume-failed', false],
  ]);
});

t.test('what a person starts again goes on too', async (t) => {
  const begun = marks().length;
  await rig.client.call('session.restart', { session: 'web' });
  await rig.client.call('session.start', { session: 'asked' });
  const later = (await untilBegun(begun + 2)).slice(begun);
  t.strictSame(later.toSorted(), ['asked anew', 'web goes-on'], 'whichever is the quicker one');
});
