import t from 'tap';
import { emptySamples } from '../../../../agent/model/samples.ts';
import {
  forgetEnded,
  keepListing,
  keepScreens,
} from '../../../../agent/observe/machine/keep-samples.ts';
import { after, birth, bootId, bot, pane, running, started, work } from '../../model/sample.ts';
import { ended } from '../../model/sample-events.ts';
import { listing, now, paneRow, session } from '../sample-world.ts';

const commandOf = (pid: number): string => `program ${pid}`;
const both = [session(1, 'bot'), session(2, 'work')];

const kept = () => {
  const samples = emptySamples();
  keepListing(samples, bootId, listing(both), commandOf);
  return samples;
};

t.test('a listing keeps when each life was seen, and what of it was measured', async (t) => {
  const samples = kept();
  t.strictSame([...samples.lives.keys()], [bot.life, work.life]);
  t.match(samples.lives.get(bot.life), {
    ...{ resyncs: 1, lastSeen: now, lastActivityAt: now - 5000, foreground: null, usage: null },
    panes: new Map([['%1', { command: 'program 1001', historyLines: 12, screen: null }]]),
  });
  t.strictSame(samples.servers.get('main'), { resyncs: 1, processes: 0, rssBytes: 0 });
});

t.test('the next one keeps what the last one knew', async (t) => {
  const samples = kept();
  const sample = samples.lives.get(bot.life);
  if (sample) sample.foreground = 'vim';
  keepScreens(samples, running, {
    server: 'main',
    screens: [{ pane: '%1', text: 'x', takenAt: 5 }],
  });
  samples.servers.set('main', { resyncs: 1, processes: 4, rssBytes: 9 });
  const panes = [paneRow('$1', pane(1)), { ...paneRow('$1', pane(3)), activityAt: now - 1 }];
  keepListing(
    samples,
    bootId,
    listing(both.slice(0, 1), { panes, at: now + 9 }),
    (pid) => `another ${pid}`,
  );
  t.match(samples.lives.get(bot.life), {
    ...{ resyncs: 2, lastSeen: now + 9, lastActivityAt: now - 1, foreground: 'vim' },
    panes: new Map([
      ['%1', { command: 'program 1001', screen: { text: 'x' } }],
      ['%3', { command: 'another 1003', screen: null }],
    ]),
  });
  t.match(samples.lives.get(work.life), { resyncs: 1, lastSeen: now }, 'it was not in the list');
  t.match(samples.servers.get('main'), { resyncs: 2, processes: 4 });
});

t.test('screens of one server have so much room together', async (t) => {
  const samples = kept();
  const tell = (pane: string, characters: number) =>
    keepScreens(samples, running, {
      server: 'main',
      screens: [{ pane, text: 'x'.repeat(characters), takenAt: 5 }],
    });
  const kepts = () =>
    [...samples.lives.values()].flatMap(({ panes }) =>
      [...panes.values()].map(({ screen }) => screen?.text.length ?? null),
    );
  const half = 1024 * 1024;
  tell('%1', half);
  tell('%2', half + 1);
  t.strictSame(kepts(), [half, null]);
  tell('%2', half);
  tell('%1', half);
  t.strictSame(kepts(), [half, half], 'one takes the place of the one before');
});

t.test('a screen has no escape sequences, whatever a link sends', async (t) => {
  const samples = kept();
  const text = '\x1b[31mred\x1b[m \x1b]8;;there\x07link\x1b\x1b[[m\nnext';
  keepScreens(samples, running, { server: 'main', screens: [{ pane: '%1', text, takenAt: 5 }] });
  t.equal(samples.lives.get(bot.life)?.panes.get('%1')?.screen?.text, 'red linkm\nnext');
});

t.test('a command that could not be read is read again', async (t) => {
  const samples = emptySamples();
  keepListing(samples, bootId, listing(both), () => '');
  keepListing(samples, bootId, listing(both), commandOf);
  t.equal(samples.lives.get(bot.life)?.panes.get('%1')?.command, 'program 1001');
});

t.test('a pane that another program was begun in has the command of that', async (t) => {
  const samples = kept();
  const respawned = { ...paneRow('$1', pane(1)), pid: 4711 };
  keepListing(samples, bootId, listing(both, { panes: [respawned] }), commandOf);
  const command = () => samples.lives.get(bot.life)?.panes.get('%1')?.command;
  t.equal(command(), 'program 4711');
  respawned.pid = 4712;
  keepListing(samples, bootId, listing(both, { panes: [respawned] }), () => '');
  t.equal(command(), '', 'it could not be read yet');
});

t.test('a pane whose program has not begun has no command yet', async (t) => {
  const samples = emptySamples();
  keepListing(samples, bootId, listing(both), () => 'tmux -S socket start-server');
  t.equal(samples.lives.get(bot.life)?.panes.get('%1')?.command, '');
});

t.test('a screen is kept for every session that shares its pane, on its own server', async (t) => {
  const mate = birth('mate', 5, { panes: [pane(1)], group: 'grouped' });
  const elsewhere = birth('bot', 6, { server: 'mine' });
  const state = after(running, started(mate), started(elsewhere));
  const samples = kept();
  keepListing(
    samples,
    bootId,
    listing([session(5, 'mate')], { panes: [paneRow('$5', pane(1))] }),
    commandOf,
  );
  keepListing(
    samples,
    bootId,
    listing([session(6, 'x')], { panes: [paneRow('$6', pane(1))] }),
    commandOf,
  );
  const screen = { text: 'hello', shown: 1, takenAt: now };
  keepScreens(samples, state, {
    server: 'main',
    screens: [
      { pane: '%1', ...screen },
      { pane: '%77', ...screen },
    ],
  });
  const screenOf = (life: string) => samples.lives.get(life)?.panes.get('%1')?.screen;
  t.strictSame([screenOf(bot.life), screenOf(mate.life)], [screen, screen]);
  t.equal(screenOf(elsewhere.life), null);
  keepScreens(samples, state, { server: 'main', screens: [] });
  t.strictSame(screenOf(bot.life), screen, 'until a newer one comes');
  t.doesNotThrow(() => keepScreens(emptySamples(), state, { server: 'main', screens: [] }));
});

t.test('what ended is forgotten', async (t) => {
  const samples = kept();
  forgetEnded(samples, after(running, ended(bot)));
  t.strictSame([...samples.lives.keys()], [work.life]);
});

t.test('what the run before saw counts until something newer is seen, or it ended', async (t) => {
  const samples = kept();
  const old = () => new Map([['%1', { text: 'old', shown: 1, takenAt: 1 }]]);
  samples.screensBefore = new Map([
    [bot.life, old()],
    [work.life, old()],
    ['another', old()],
  ]);
  keepScreens(samples, running, {
    server: 'main',
    screens: [{ pane: '%1', text: 'new', takenAt: 5 }],
  });
  t.strictSame([...samples.screensBefore.keys()], [work.life, 'another']);
  forgetEnded(samples, running);
  t.strictSame([...samples.screensBefore.keys()], [work.life]);
});
