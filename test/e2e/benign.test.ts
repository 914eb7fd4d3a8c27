import t from 'tap';
import { type AttachedClient, attach, keys } from './attached-client.ts';
import { create, createGround, program } from './benign-ground.ts';
import { generator } from './random.ts';
import { startRig } from './rig.ts';

/** Benign ends in all, and how many of each of the seven kinds are under way at once. */
const total = Number(process.env['HOLDFAST_BENIGN'] ?? 140);
const kinds = 7;
const size = Math.min(100, Math.ceil(total / kinds));
const rounds = Math.ceil(total / kinds / size);

/** A real kill hides among so many benign ends; in a small run among those of each kind. */
const killEvery = Math.min(100, size);

const seed = Number(process.env['HOLDFAST_SEED'] ?? Date.now() % 1_000_000);
const random = generator(seed);
t.comment(`HOLDFAST_SEED=${seed}`);

const rig = await startRig(t, { config: 'servers: {main: {}}' });
await rig.until('the server', () => rig.of('server.found')[0]);
// Quicker to start than a shell that reads the files of its user.
await rig.tmux('set-option', '-g', 'default-shell', '/bin/sh');

const ground = createGround(rig, killEvery, random);
const { script, paneOf, victimAmong, prepare, hidden, untilEnded, untilKilled } = ground;

const numbered = (prefix: string, round: number): string[] =>
  Array.from({ length: size }, (_, n) => `${prefix}-${round}-${n}`);

/** Sessions that nothing of this is to end: renamed, split, attached to, and stopped in the end. */
const residents = async (round: number): Promise<void> => {
  const names = numbered('resident', round);
  await script(names.map((name) => create(name)));
  await rig.up(...names);
  await rename(names);
  await splitAndClose(names);
  await detach(names);
  await stop(names);
};

/** Back and forth, so that the next steps find them. */
const rename = async (names: readonly string[]): Promise<void> => {
  const victims = victimAmong('rename', names);
  await prepare(victims);
  const before = rig.of('session.renamed').length;
  const away = names.map((name) => `rename-session -t =${name} ${name}-renamed`);
  const kill = victims.flatMap((name) => [
    `rename-session -t =${name} ${name}-renamed`,
    `kill-session -t =${name}-renamed`,
  ]);
  await script(hidden(away, kill));
  await rig.until('renames', () =>
    rig.of('session.renamed').length >= before + names.length ? true : undefined,
  );
  await script(names.map((name) => `rename-session -t =${name}-renamed ${name}`));
  await untilKilled(victims);
};

/** The second pane ends by itself, or is closed; where the session is to die, the first one then too. */
const splitAndClose = async (names: readonly string[]): Promise<void> => {
  const victims = victimAmong('split and close', names);
  await prepare(victims);
  const split = (name: string, command: string) => `split-window -d -t =${name}: '${command}'`;
  await script([
    ...names.map((name, n) => split(name, n % 2 ? program : 'exit 3')),
    ...victims.map((name) => split(name, program)),
  ]);
  const pids = await Promise.all(victims.map(paneOf));
  const close = names.filter((_, n) => n % 2).map((name) => `kill-pane -t =${name}:.1`);
  await script(
    hidden(
      close,
      victims.map((name) => `kill-pane -t =${name}:.1`),
    ),
  );
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await untilKilled(victims);
};

/** By the key, by a command, and by a terminal that goes away. */
const waysToDetach = [
  (client: AttachedClient) => Promise.resolve(client.type(keys.detach)),
  (_: AttachedClient, name: string) => script([`detach-client -s =${name}`]),
  ({ pid }: AttachedClient) => Promise.resolve(void process.kill(pid, 'SIGKILL')),
];

const detach = async (names: readonly string[]): Promise<void> => {
  const victims = victimAmong('detach', names);
  await prepare(victims);
  const attached = await Promise.all(victims.map((name) => attach(rig.socket(), name)));
  for (let i = 0; i < names.length; i += 10) {
    await Promise.all(
      names.slice(i, i + 10).map(async (name, n) => {
        const client = await attach(rig.socket(), name);
        await waysToDetach[(i + n) % waysToDetach.length]?.(client, name);
        await client.gone;
      }),
    );
  }
  await script(victims.map((name) => `kill-session -t =${name}`));
  await Promise.all(attached.map(({ gone }) => gone));
  await untilKilled(victims);
};

const stop = async (names: readonly string[]): Promise<void> => {
  const victims = victimAmong('operator stop', names);
  await prepare(victims);
  for (let i = 0; i < names.length; i += 10) {
    const some = names.slice(i, i + 10);
    const stops = some.map((session) => rig.client.call('session.stop', { session }));
    if (i === 0) await script(victims.map((name) => `kill-session -t =${name}`));
    await Promise.all(stops);
  }
  await untilEnded(names, 'intended');
  await untilKilled(victims);
};

/** Into another session, or linked there and closed here. */
const moveWindows = async (round: number): Promise<void> => {
  const names = numbered('mover', round);
  const keeper = `keeper-${round}`;
  const victims = victimAmong('window move', names);
  await script([keeper, ...names, ...victims].map((name) => create(name)));
  await rig.up(keeper, ...names, ...victims);
  const moves = names.map((name, n) =>
    n % 2
      ? `move-window -d -s =${name}: -t =${keeper}:`
      : `link-window -d -s =${name}: -t =${keeper}: ; kill-session -t =${name}`,
  );
  await script(
    hidden(
      moves,
      victims.map((name) => `kill-window -t =${name}:`),
    ),
  );
  await untilEnded(names, 'panes-live-on');
  await untilKilled(victims);
  await rig.client.call('session.stop', { session: keeper });
};

const leaveShells = async (round: number): Promise<void> => {
  const names = numbered('shell', round);
  const victims = victimAmong('Ctrl-D in a shell', names);
  await script([...names, ...victims].map((name) => create(name, '')));
  await rig.up(...names, ...victims);
  const pids = await Promise.all(victims.map(paneOf));
  const leave = names.map((name, n) =>
    n % 2 ? `send-keys -t =${name}: C-d` : `send-keys -t =${name}: 'exit 3' Enter`,
  );
  const left = script(leave);
  for (const pid of pids) process.kill(pid, 'SIGKILL');
  await left;
  await untilEnded(names, 'shell-exit');
  await untilKilled(victims);
};

/** Views of a group are closed; the last three end with the shell they show. */
const closeGroups = async (round: number): Promise<void> => {
  const base = `base-${round}`;
  const views = numbered('view', round).slice(1);
  const victims = victimAmong('grouped session', [base, ...views]);
  await script([create(base, ''), ...views.map((name) => `new-session -d -t =${base} -s ${name}`)]);
  await prepare(victims);
  await rig.up(base, ...views);
  const close = views.slice(3).map((name) => `kill-session -t =${name}`);
  await script(
    hidden(
      close,
      victims.map((name) => `kill-session -t =${name}`),
    ),
  );
  await untilEnded(views.slice(3), 'panes-live-on');
  await script([`send-keys -t =${base}: C-d`]);
  await untilEnded([base, ...views.slice(0, 3)], 'shell-exit');
  await untilKilled(victims);
};

for (let round = 0; round < rounds; round += 1) {
  await residents(round);
  await moveWindows(round);
  await leaveShells(round);
  await closeGroups(round);
}

t.test('no benign end is taken for a death, and each real one is reported', async (t) => {
  await script([create('last')]);
  await rig.up('last');
  const died = rig.of('session.died').map(({ data }) => data.session);
  t.strictSame(
    died.filter((name) => !ground.victims.has(name)),
    [],
    'no unexpected death',
  );
  t.strictSame(died.sort(), [...ground.victims].sort(), 'each real kill once');
  t.equal(Object.keys(ground.done).length, kinds);
  const { totals } = await rig.client.call('status', {});
  t.strictSame(totals.rejected, {}, 'no impossible event');
  const count = Object.values(ground.done).reduce((sum, n) => sum + n, 0);
  t.comment(
    `${count} benign ends (${JSON.stringify(ground.done)}), ${ground.victims.size} real kills reported`,
  );
});
