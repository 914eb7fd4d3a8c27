import t from 'tap';
import { RequestFailure } from '../../../../../agent/model/failure.ts';
import type { LiveScreen } from '../../../../../agent/protocol/notifier.ts';
import { deathOf, reportOf } from '../../../../agent/cli/sample.ts';
import { shown } from '../../../../telegram/ledger.ts';
import { pngOf } from '../png.ts';
import { openScene } from '../scene.ts';

t.test('a screen is a picture, and text where that is asked for', async (t) => {
  const pictured: LiveScreen[] = [];
  const picture = async (screen: LiveScreen) => {
    pictured.push(screen);
    return pngOf(640, 400);
  };
  const scene = await openScene(t, { picture });
  const phone = await scene.owner();
  const photo = shown(await phone.ask('/screen bo'));
  t.match(photo.media, { kind: 'photo', width: 640, height: 400, name: 'bot.png' });
  t.match(photo.text, /^bot at \d\d:\d\d:\d\d UTC$/);
  t.match(pictured, [{ session: 'bot', columns: 20, rows: 2 }]);
  const text = shown(await phone.ask('/screen bot text'));
  t.match(text.text, /^bot at .*\nred line\nsecond$/);
  t.ok(text.entities.some(({ type }) => type === 'pre'));
  t.equal(pictured.length, 1);
});

t.test('a large picture is a file', async (t) => {
  const scene = await openScene(t, { picture: async () => pngOf(4000, 300) });
  const phone = await scene.owner();
  t.match(shown(await phone.ask('/screen bot')).media, { kind: 'document', name: 'bot.png' });
});

t.test('a picture that Telegram does not take, or nobody can make', async (t) => {
  let png: () => Promise<Uint8Array> = async () => pngOf(640, 400);
  const scene = await openScene(t, { picture: () => png() });
  const phone = await scene.owner();
  scene.api.faults.next('sendPhoto', {
    ...{ kind: 'error', code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' },
  });
  t.match(shown(await phone.ask('/screen bot')).media, { kind: 'document' });
  png = () => Promise.reject(new Error('no memory'));
  t.match(
    shown(await phone.ask('/screen bot')).text,
    /^bot at .*\nThe picture could not be made.*\nred line/,
  );
  t.match(scene.said, [{ message: 'no picture of a screen', fields: { error: 'no memory' } }]);
});

t.test('a hostile screen is text, in parts', async (t) => {
  const scene = await openScene(t);
  const line = '</pre><a href="https://evil.example">/stop @all</a> \u202e\x07';
  scene.answers['screen.capture'] = ({ session }: { session: string }) => ({
    ...{ session, text: `${line}\n`.repeat(200), columns: 80, rows: 200, takenAt: Date.now() },
  });
  const phone = await scene.owner();
  await phone.ask('/screen bot text');
  await scene.until('all parts', () => phone.messages().length >= 4);
  const parts = phone.messages().slice(1).map(shown);
  t.equal(
    parts
      .map(({ text }) => text)
      .join('')
      .split('/stop @all').length,
    201,
  );
  for (const { entities, text } of parts) {
    t.same(
      [...new Set(entities.map(({ type }) => type))].filter(
        (type) => !['pre', 'code'].includes(type),
      ),
      [],
    );
    t.notMatch(text, /[\u202e\x07]/);
  }
});

t.test('what is dead shows its last screen', async (t) => {
  const pictured: LiveScreen[] = [];
  const scene = await openScene(t, {
    picture: async (screen) => {
      pictured.push(screen);
      return pngOf(640, 400);
    },
  });
  const phone = await scene.owner();
  const why = await phone.ask('/why');
  phone.press(why, 'Screen');
  const photo = await phone.until('the picture', (message) => shown(message).media !== undefined);
  t.match(shown(photo).text, /^Last screen of bot, 20 Nov 14:03:19 UTC$/);
  t.match(pictured, [{ session: 'bot', text: 'last words\n$ ', rows: 2, columns: 20 }]);
  scene.answers['screen.capture'] = () => {
    throw new RequestFailure('not-running', '"bot" is not running');
  };
  t.match(shown(await phone.ask('/screen bot')).text, /^Last screen of bot/);
  delete scene.answers['screen.read'];
  t.match(
    shown(await phone.ask('/screen bot text')).text,
    /uploading 7 of 12/,
    'its tail stands in',
  );
  scene.answers.incident = () => reportOf([deathOf('bot', { screens: [] })]);
  phone.press(why, 'Screen');
  await phone.until('none', /^No screen of bot was kept/);
  scene.answers.incident = () => reportOf([deathOf('bot'), deathOf('web')]);
  phone.press(why, 'Screen');
  const which = await phone.until('which', /^Which one/);
  phone.press(which, 'web');
  await scene.until('the other', () => pictured.at(-1)?.session === 'web');
  t.equal(pictured.at(-1)?.text, 'deploying…\nuploading 7 of 12');
});

t.test('where screens are off', async (t) => {
  const scene = await openScene(t, { settings: { screens: false } });
  const phone = await scene.owner();
  t.match(shown(await phone.ask('/screen bot')).text, /^Screens are turned off/);
  const why = await phone.ask('/why');
  t.notOk(
    shown(why)
      .keyboard?.inline_keyboard.flat()
      .some(({ text }) => text === 'Screen'),
  );
  t.notOk(scene.calls.some(({ method }) => method.startsWith('screen.')));
});

t.test('a picture keeps nobody waiting, and each has one at a time', async (t) => {
  const waiting: ((png: Uint8Array) => void)[] = [];
  const picture = () => new Promise<Uint8Array>((resolve) => waiting.push(resolve));
  const scene = await openScene(t, { picture });
  const phone = await scene.owner();
  const other = await scene.owner();
  for (let i = 0; i < 12; i += 1) phone.send('/screen bot');
  other.send('/screen bot');
  t.match(shown(await other.ask('/help')).text, /\/status/, 'commands are answered');
  const texts = () => phone.messages().filter((one) => /still being made/.test(shown(one).text));
  await scene.until('the texts', () => texts().length === 11);
  t.equal(waiting.length, 2, 'one for each of them');
  for (const make of waiting) make(pngOf(640, 400));
  for (const one of [phone, other])
    await one.until('the picture', (message) => shown(message).media !== undefined);
});
