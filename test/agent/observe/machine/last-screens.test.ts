import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { emptySamples, type Samples, type ScreenSample } from '../../../../agent/model/samples.ts';
import { keepListing } from '../../../../agent/observe/machine/keep-samples.ts';
import { readLastScreens } from '../../../../agent/observe/machine/last-screens/read-last-screens.ts';
import { createLastScreens } from '../../../../agent/observe/machine/last-screens.ts';
import { after, birth, bootId, bot, running, started, work } from '../../model/sample.ts';
import { ended } from '../../model/sample-events.ts';
import { listing, session } from '../sample-world.ts';

const fileOf = (t: Test): string => {
  const directory = mkdtempSync(join(tmpdir(), 'hf-screens-'));
  t.teardown(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'screens.json');
};

const screen = (text: string): ScreenSample => ({
  text,
  shown: Number.POSITIVE_INFINITY,
  takenAt: 5,
});

const showing = (...texts: string[]): Samples => {
  const samples = emptySamples();
  keepListing(samples, bootId, listing([session(1, 'bot'), session(2, 'work')]), () => '');
  for (const [n, text] of texts.entries()) {
    const pane = samples.lives.get([bot, work][n]?.life ?? '')?.panes.get(`%${n + 1}`);
    if (pane) pane.screen = screen(text);
  }
  return samples;
};

const redact = (text: string): string => text.replaceAll('hunter2', '*');
const deadline = Number.POSITIVE_INFINITY;
const minute = 60_000;

/** A keeper by a clock that moves only when it is told to, or when a text is redacted that says how long that takes. */
const timedKeeper = (path: string, samples: Samples, state = () => running) => {
  let clock = 0;
  const looked: string[] = [];
  const keeper = createLastScreens({
    ...{ path, samples, state, elapsed: () => clock },
    redact: (text) => {
      looked.push(text);
      clock += Number(/(\d+) ms/.exec(text)?.[1] ?? 0);
      return redact(text);
    },
  });
  return {
    ...keeper,
    looked,
    pass: (ms: number) => {
      clock += ms;
    },
  };
};
const show = (
  samples: Samples,
  { life }: typeof bot,
  id: string,
  text: string,
  takenAt: number,
) => {
  const pane = samples.lives.get(life)?.panes.get(id);
  if (pane) pane.screen = { ...screen(text), takenAt };
};
/** The texts on disk, in no order. */
const textsIn = async (path: string, state = running): Promise<string[]> =>
  [...(await readLastScreens(path, state)).values()]
    .flatMap((panes) => [...panes.values()].map(({ text }) => text))
    .toSorted();
const keeperOf = (path: string, samples: Samples, hide = redact) =>
  createLastScreens({ path, samples, state: () => running, redact: hide });
const writeLastScreens = (file: string, samples: Samples): Promise<void> =>
  keeperOf(file, samples).close(deadline);
const shownBy = (life: typeof bot, pane: string, text: string) =>
  new Map([[life.life, new Map([[pane, screen(text)]])]]);

t.test('the next agent has what was shown last, once and redacted', async (t) => {
  const file = fileOf(t);
  await writeLastScreens(file, showing('hunter2 one', 'two'));
  t.equal(statSync(file).mode & 0o777, 0o600);
  const { [work.life]: _, ...lives } = running.lives;
  const taken = await readLastScreens(file, { ...running, lives });
  t.strictSame(taken, shownBy(bot, '%1', '* one'), 'of lives that are known');
  t.equal(
    (await readLastScreens(file, running)).size,
    2,
    'and the one after it, should that end at once',
  );
});

t.test('what is shown is kept as it changes, for an end that nobody announces', async (t) => {
  const file = fileOf(t);
  const samples = showing('one', 'two');
  const keeper = keeperOf(file, samples);
  await Promise.all([keeper.keep(), keeper.keep()]);
  const first = statSync(file).ino;
  t.equal((await readLastScreens(file, running)).size, 2);
  await keeper.keep();
  t.equal(statSync(file).ino, first, 'not again while nothing is new');
  const pane = samples.lives.get(bot.life)?.panes.get('%1');
  if (pane) pane.screen = { ...screen('newer'), takenAt: 9 };
  await keeper.keep();
  t.match(
    await readLastScreens(file, running),
    new Map([[bot.life, new Map([['%1', { text: 'newer' }]])]]),
  );
  await keeper.close(deadline);
  rmSync(file);
  await keeper.keep();
  t.notOk(existsSync(file), 'nothing after the last');
});

t.test('what takes too long is left for the stop', async (t) => {
  const file = fileOf(t);
  const keeper = timedKeeper(file, showing('501 ms', 'two'));
  await keeper.keep();
  t.strictSame(await textsIn(file), ['501 ms'], 'the declared session');
  await keeper.close(500);
  t.strictSame(await textsIn(file), ['501 ms', 'two']);
  t.strictSame(keeper.looked, ['501 ms', 'two'], 'each once');
});

t.test('what there is no time for is left as it was', async (t) => {
  const file = fileOf(t);
  const samples = showing('one', 'two');
  const keeper = timedKeeper(file, samples);
  await keeper.keep();
  show(samples, bot, '%1', 'new one, 600 ms', 9);
  show(samples, work, '%2', 'new two', 9);
  await keeper.keep();
  t.strictSame(await textsIn(file), ['new one, 600 ms', 'two']);
  show(samples, bot, '%1', 'newest one', 10);
  await keeper.close(0);
  t.strictSame(await textsIn(file), ['new one, 600 ms', 'two'], 'also when it is stopped');
});

t.test('a stop counts its time when what is under way is over', async (t) => {
  const file = fileOf(t);
  const samples = showing('one', 'two');
  const keeper = timedKeeper(file, samples);
  const kept = keeper.keep();
  const closed = keeper.close(500);
  keeper.pass(5000);
  await Promise.all([kept, closed]);
  t.strictSame(await textsIn(file), ['one', 'two']);
});

t.test('one user does not take the time of the others', async (t) => {
  const file = fileOf(t);
  const hostile = [3, 4, 5, 6].map((n) => birth(`x${n}`, n, { server: 'mine' }));
  const others = [7, 8].map((n) => birth(`y${n}`, n));
  const all = [...hostile, ...others];
  const state = after(running, ...all.map((one) => started(one)));
  const samples = showing('one', 'two');
  const sessions = [session(1, 'bot'), session(2, 'work')];
  const rows = [3, 4, 5, 6, 7, 8].map((n) => session(n, `s${n}`));
  keepListing(samples, bootId, listing([...sessions, ...rows]), () => '');
  const tell = (one: typeof bot, text: string, takenAt: number) =>
    show(samples, one, one.panes[0]?.id ?? '', text, takenAt);
  for (const one of hostile) tell(one, `${one.session}: 300 ms`, 9);
  for (const one of others) tell(one, one.session, 5);
  const keeper = timedKeeper(file, samples, () => state);
  const slow = hostile.map(({ session }) => `${session}: 300 ms`);
  const plain = ['one', 'two', 'y7', 'y8'];
  const shown = (...texts: string[]) => [...texts, ...plain].toSorted();
  await keeper.keep();
  t.strictSame(await textsIn(file, state), shown(...slow.slice(0, 2)));
  for (const one of hostile.slice(0, 2)) tell(one, '300 ms', 10);
  await keeper.keep();
  t.strictSame(await textsIn(file, state), shown(...slow), 'who has waited longer is first');
});

t.test('a clock that is set back is no reason to keep nothing', async (t) => {
  const file = fileOf(t);
  const samples = showing('one');
  const keeper = timedKeeper(file, samples);
  await keeper.keep();
  show(samples, bot, '%1', 'after the jump', 4);
  await keeper.keep();
  t.strictSame(await textsIn(file), ['after the jump']);
});

t.test('what ended is not left on disk', async (t) => {
  const file = fileOf(t);
  let state = running;
  const keeper = timedKeeper(file, showing('one', 'two'), () => state);
  await keeper.keep();
  state = after(running, ended(bot));
  await keeper.keep();
  t.strictSame(await textsIn(file), ['two'], 'though nothing else is new');
});

t.test('a write that fails leaves nothing, and is tried again in ten minutes', async (t) => {
  const file = fileOf(t);
  const samples = showing('one');
  const keeper = timedKeeper(file, samples);
  mkdirSync(file);
  await keeper.keep();
  t.strictSame(readdirSync(join(file, '..')), ['screens.json']);
  rmdirSync(file);
  keeper.pass(9 * minute);
  await keeper.keep();
  t.notOk(existsSync(file));
  keeper.pass(minute);
  await keeper.keep();
  t.strictSame(await textsIn(file), ['one']);
});

t.test('much is written less often', async (t) => {
  const file = fileOf(t);
  const samples = showing('x'.repeat(3 * 1024 * 1024), 'two');
  const keeper = timedKeeper(file, samples);
  await keeper.keep();
  show(samples, bot, '%1', 'new', 9);
  keeper.pass(2 * minute);
  await keeper.keep();
  t.notMatch(await textsIn(file), ['new']);
  keeper.pass(minute);
  await keeper.keep();
  t.strictSame(await textsIn(file), ['new', 'two']);
});

t.test('one that is being written when the agent is stopped is broken off', async (t) => {
  const file = fileOf(t);
  const looked: string[] = [];
  const keeper = keeperOf(file, showing('one', 'two'), (text) => {
    looked.push(text);
    return text;
  });
  const kept = keeper.keep();
  await Promise.all([keeper.close(deadline), kept]);
  t.ok(looked.length < 4, 'not all of it twice');
  t.equal((await readLastScreens(file, running)).size, 2);
  t.strictSame(readdirSync(join(file, '..')), ['screens.json']);
});

t.test('what nothing newer is known of is handed on', async (t) => {
  const file = fileOf(t);
  const samples = { ...showing('one'), screensBefore: shownBy(work, '%2', 'older') };
  await writeLastScreens(file, samples);
  const taken = await readLastScreens(file, running);
  t.strictSame(taken, new Map([...shownBy(bot, '%1', 'one'), ...shownBy(work, '%2', 'older')]));
  samples.screensBefore = shownBy(bot, '%1', 'older');
  await writeLastScreens(file, samples);
  t.strictSame(await readLastScreens(file, running), shownBy(bot, '%1', 'one'));
});

t.test('it has so much room', async (t) => {
  const file = fileOf(t);
  await writeLastScreens(file, showing('x'.repeat(9 * 1024 * 1024), 'two'));
  t.strictSame(await readLastScreens(file, running), shownBy(work, '%2', 'two'));
});

t.test('what is too long is not looked at, and after its time nothing is', async (t) => {
  const file = fileOf(t);
  const looked: string[] = [];
  const write = (samples: Samples, until: number): Promise<void> =>
    keeperOf(file, samples, (text) => {
      looked.push(text.slice(0, 9));
      return text;
    }).close(until);
  await write(showing('x'.repeat(9 * 1024 * 1024), 'two'), deadline);
  t.strictSame(looked.splice(0), ['two']);
  await write(showing('one', 'two'), Number.NEGATIVE_INFINITY);
  t.strictSame(looked, []);
  t.strictSame(await readLastScreens(file, running), new Map());
});

t.test('what the run before redacted is not looked at again', async (t) => {
  const file = fileOf(t);
  const screensBefore = shownBy(work, '%2', 'older');
  const keeper = timedKeeper(file, { ...showing('one'), screensBefore });
  await keeper.close(deadline);
  t.strictSame(keeper.looked, ['one']);
  t.strictSame(await textsIn(file), ['older', 'one'].toSorted());
});

t.test('a file that is none, or of another, is nothing', async (t) => {
  const file = fileOf(t);
  const odd = [[bot.life], [bot.life, 1, screen('x')], [bot.life, '%1', { text: 1 }], null, 'x'];
  const texts = [
    '',
    '{',
    'null',
    '{}',
    JSON.stringify(odd),
    JSON.stringify([['__proto__', '%1', screen('')]]),
  ];
  for (const text of texts) {
    writeFileSync(file, text);
    t.strictSame(await readLastScreens(file, running), new Map(), text);
  }
  await writeLastScreens(join(file, 'nowhere/screens.json'), showing('one'));
  t.notOk(existsSync(join(file, 'nowhere')));
});
