import t from 'tap';
import { emptySamples, type Samples } from '../../../../../agent/model/samples.ts';
import { keepListing } from '../../../../../agent/observe/machine/keep-samples.ts';
import { createRedactedScreens } from '../../../../../agent/observe/machine/last-screens/redacted-screens.ts';
import { bootId, bot, running, work } from '../../../model/sample.ts';
import { listing, session } from '../../sample-world.ts';

const mebi = 1024 * 1024;

const kept = (): Samples => {
  const samples = emptySamples();
  keepListing(samples, bootId, listing([session(1, 'bot'), session(2, 'work')]), () => '');
  return samples;
};
const show = (samples: Samples, { life }: typeof bot, id: string, text: string, takenAt = 5) => {
  const pane = samples.lives.get(life)?.panes.get(id);
  if (pane) pane.screen = { text, shown: 1, takenAt };
  return pane?.screen;
};
const redactedOf = (samples: Samples, redact: (text: string) => string) =>
  createRedactedScreens({ samples, redact, state: () => running, elapsed: () => 0 });

t.test('a screen without secrets is no second one in memory', async (t) => {
  const samples = kept();
  const screen = show(samples, bot, '%1', 'one');
  show(samples, work, '%2', 'hunter2');
  const screens = redactedOf(samples, (text) => text.replaceAll('hunter2', '*'));
  await screens.refresh(() => false);
  t.equal(screens.kept.get(bot.life, '%1')?.screen, screen);
  t.equal(screens.kept.get(work.life, '%2')?.screen.text, '*');
  t.equal(screens.kept.length(), 4);
});

t.test('marks do not make it longer than it may be', async (t) => {
  const samples = kept();
  show(samples, bot, '%1', 'x'.repeat(3 * mebi));
  show(samples, work, '%2', 'short');
  const screens = redactedOf(samples, (text) => text.repeat(3));
  await screens.refresh(() => false);
  t.strictSame(
    screens.kept.all().map(({ life }) => life),
    [work.life],
  );
});

t.test('one that became too long is left as it was', async (t) => {
  const samples = kept();
  show(samples, bot, '%1', 'before');
  const screens = redactedOf(samples, (text) => text);
  await screens.refresh(() => false);
  show(samples, bot, '%1', 'x'.repeat(9 * mebi), 6);
  await screens.refresh(() => false);
  t.equal(screens.kept.get(bot.life, '%1')?.screen.text, 'before');
});

t.test('of a pane that is gone nothing is kept', async (t) => {
  const samples = kept();
  show(samples, bot, '%1', 'one');
  const screens = redactedOf(samples, (text) => text);
  await screens.refresh(() => false);
  samples.lives.get(bot.life)?.panes.delete('%1');
  await screens.refresh(() => false);
  t.strictSame([screens.kept.all(), screens.kept.length()], [[], 0]);
});
