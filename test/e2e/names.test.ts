import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { tmuxName } from '../../agent/model/tmux-name.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const names = [
  'two  words',
  `it's "quoted"`,
  'a.b:c',
  'späte Grüße',
  '日本語',
  '🦊 fox 👩‍👩‍👧',
  '#(touch HOME/pwned)',
  '#{pane_pid}',
  '#[fg=red]',
  '#',
  '%H:%M',
  '-rf',
  '--',
  '$HOME `id` $(id)',
  'back\\slash\\',
  'semi;colon;',
  '{last}',
  '=exact',
  '%0',
  '@0',
  'true',
  'x'.repeat(200),
  '🦊'.repeat(200),
];

/** Typed into a program that sees every byte of it: what tmux, a shell or a terminal might act on. */
const hostile = [
  'Enter',
  'C-c',
  '-t other: -l',
  '; kill-server',
  '\'"\\',
  '#{pane_pid} #(id) $(id) `id` $HOME ~',
  'a\nb\tc\x03\x04\x1a\x1b[A',
  'ünï 🦊',
  '\\',
  ';',
  'x'.repeat(4000),
].join('|');

const listen = (n: number): string => `stty raw -echo; exec cat >> HOME/typed/${n}`;

/** Working directory and environment hold what tmux or a shell might act on, too. */
const strange = '#{pane_pid} #(id) $(id) `id` "quoted" \'too\' ; 🦊';
const witness = {
  command: 'pwd > HOME/place; printenv STRANGE > HOME/value; exec sleep 100000',
  cwd: `HOME/${strange.replaceAll('"', '')}`,
  env: { STRANGE: `${strange} \\ \n second line` },
};

const config = JSON.stringify({
  recovery: { maxRestarts: 50, firstWait: '10ms', longestWait: '10ms' },
  servers: { main: {}, witness: {} },
  sessions: {
    ...Object.fromEntries(names.map((name, n) => [name, { command: listen(n) }])),
    witness: { ...witness, server: 'witness' },
  },
});

const rig = await startRig(t, {
  config,
  prepare: (home) => {
    mkdirSync(join(home, 'typed'));
    mkdirSync(witness.cwd.replace('HOME', home));
  },
});
const sessions = names.map((name) => name.replace('HOME', rig.home));
const each = <T>(act: (session: string, n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(sessions.map(act));

/** Resolves when every session has had so many lives; the newest of each. */
const untilLives = (count: number): Promise<string[]> =>
  rig.until(`life ${count} of each`, () => {
    const born = Map.groupBy(rig.of('supervision.started'), ({ data }) => data.session);
    const lives = sessions.flatMap((name) => born.get(name)?.[count - 1]?.data.life ?? []);
    return lives.length === sessions.length ? lives : undefined;
  });

const tmuxNames = async (): Promise<string[]> =>
  (await rig.tmux('list-sessions', '-F', '#{session_name}')).split('\n').sort();

t.test('sessions of any name are created, with the name tmux can show', async (t) => {
  await untilLives(1);
  t.strictSame(await tmuxNames(), sessions.map(tmuxName).sort());
  await rig.until('the session of the other server', () =>
    rig.of('supervision.started').find(({ data }) => data.session === 'witness'),
  );
  const { sessions: told } = await rig.client.call('status', {});
  t.strictSame(told.map(({ session }) => session).sort(), [...sessions, 'witness'].sort());
  t.ok(told.every(({ declared, status }) => declared && status === 'up'));
});

t.test('with the working directory and the environment as declared', async (t) => {
  const written = (file: string): Promise<string> =>
    eventually(file, () => {
      const path = join(rig.home, file);
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return text.endsWith('\n') ? text.slice(0, -1) : undefined;
    });
  t.equal(await written('place'), witness.cwd.replace('HOME', rig.home));
  t.equal(await written('value'), witness.env.STRANGE);
});

t.test('keys arrive as they were typed', async (t) => {
  // A terminal that is not raw yet would act on them: the file is made after that.
  await eventually('all that listen', () => {
    const listening = readdirSync(join(rig.home, 'typed')).length;
    return listening === sessions.length ? true : undefined;
  });
  const outcomes = await each((session) =>
    rig.client.call('session.send', { session, text: hostile, enter: true }),
  );
  t.ok(outcomes.every(({ outcome }) => outcome === 'done'));
  for (const n of sessions.keys()) {
    const typed = await eventually('the keys', () => {
      const text = readFileSync(join(rig.home, 'typed', String(n)), 'utf8');
      return text.length >= hostile.length + 1 ? text : undefined;
    });
    t.equal(typed, `${hostile}\r`, `keys of ${sessions[n]}`);
  }
});

t.test('they are stopped and started by name', async (t) => {
  await each((session) => rig.client.call('session.stop', { session }));
  await rig.until('every end', () =>
    rig.of('session.ended').length >= sessions.length ? true : undefined,
  );
  const ends = rig.of('session.ended').map(({ data }) => `${data.reason} ${data.session}`);
  t.strictSame(ends.sort(), sessions.map((name) => `intended ${name}`).sort());
  await each((session) => rig.client.call('session.start', { session }));
  await untilLives(2);
  t.strictSame(await tmuxNames(), sessions.map(tmuxName).sort());
});

t.test('and restarted', async (t) => {
  await each((session) => rig.client.call('session.restart', { session }));
  await untilLives(3);
  t.strictSame(rig.of('session.died'), [], 'nothing of it is a death');
});

t.test('killed, they come back', async (t) => {
  const targets = await each((session) => rig.client.call('session.attach', { session }));
  for (const { target } of targets) await rig.tmux('kill-session', '-t', target);
  await untilLives(4);
  const died = rig.of('session.died').map(({ data }) => data.session);
  t.strictSame(died.sort(), [...sessions].sort(), 'one death each');
  t.strictSame(await tmuxNames(), sessions.map(tmuxName).sort());
});

t.test('renamed, they are still who they were', async (t) => {
  const lives = await untilLives(4);
  const targets = await each((session) => rig.client.call('session.attach', { session }));
  for (const [n, { target }] of targets.entries()) {
    await rig.tmux('rename-session', '-t', target, `other ${n}`);
  }
  await rig.until('every rename', () =>
    rig.of('session.renamed').length === sessions.length ? true : undefined,
  );
  t.strictSame(
    rig
      .of('session.renamed')
      .map(({ data }) => data.life)
      .sort(),
    [...lives].sort(),
  );
  await each((session) => rig.client.call('session.stop', { session }));
  t.equal(rig.of('session.died').length, sessions.length, 'no further death');
});

t.test('no name was taken for a command', async (t) => {
  t.notOk(existsSync(join(rig.home, 'pwned')));
  t.strictSame((await rig.client.call('status', {})).totals.rejected, {});
});
