import { InputFile, InputMediaBuilder } from 'grammy';
import t, { type Test } from 'tap';
import { type Accepted, shown, type Version } from './ledger.ts';
import { createPhone } from './phone.ts';
import { refusal } from './refusal.ts';
import { blackPicture, samplePicture } from './sample-picture.ts';
import { startForTest } from './start-for-test.ts';

const start = async (t: Test) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, { id: 4711, name: 'Ada' });
  phone.send('/start');
  return { api, bot, phone };
};

const look = (message: Accepted | undefined): Partial<Version> =>
  message === undefined ? {} : shown(message);

const picture = (bytes = samplePicture): InputFile => new InputFile(bytes, 'screen.png');

t.test('a picture arrives as it was sent, and can be fetched', async (t) => {
  const { api, bot, phone } = await start(t);
  const sent = await bot.api.sendPhoto(4711, picture(), {
    caption: '<b>web</b>',
    parse_mode: 'HTML',
    disable_notification: true,
  });
  const [message] = phone.messages();
  t.match(message, { messageId: sent.message_id, silent: true });
  const { text, entities, media } = look(message);
  t.match({ text, entities }, { text: 'web', entities: [{ type: 'bold' }] });
  t.match(media, { kind: 'photo', name: 'screen.png', width: 320, height: 200 });
  t.same(media?.bytes, samplePicture);
  const largest = sent.photo.at(-1);
  t.match(largest, { width: 320, height: 200, file_size: samplePicture.length });
  const { file_path } = await bot.api.getFile(largest?.file_id ?? '');
  const fetched = await fetch(`${api.root}/file/bot${api.token}/${file_path}`);
  t.same(Buffer.from(await fetched.arrayBuffer()), samplePicture);
  t.equal((await fetch(`${api.root}/file/bot1:x/${file_path}`)).status, 401);
  await bot.api.sendPhoto(4711, largest?.file_id ?? '');
  t.equal(phone.messages().length, 2, 'a file that was sent can be sent again');
});

t.test('a picture in place of another', async (t) => {
  const { bot, phone } = await start(t);
  const { message_id } = await bot.api.sendPhoto(4711, picture(), { caption: 'a' });
  const next = blackPicture(64, 64);
  const media = InputMediaBuilder.photo(picture(next), { caption: 'b' });
  await bot.api.editMessageMedia(4711, message_id, media);
  await bot.api.editMessageCaption(4711, message_id, { caption: 'c' });
  const [message] = phone.messages();
  t.match(
    message?.versions.map(({ text, media }) => [text, media?.width]),
    [
      ['a', 320],
      ['b', 64],
      ['c', 64],
    ],
  );
  t.match(
    (await refusal(bot.api.editMessageText(4711, message_id, 'x'))).description,
    'there is no text in the message to edit',
  );
});

t.test('a document', async (t) => {
  const { bot, phone } = await start(t);
  const bytes = Buffer.from('line\r\n--\r\nline');
  await bot.api.sendDocument(4711, new InputFile(bytes, 'screen.txt'), { caption: 'all of it' });
  const [message] = phone.messages();
  const { text, media } = look(message);
  t.equal(text, 'all of it');
  t.match(media, { kind: 'document', name: 'screen.txt' });
  t.same(media?.bytes, bytes);
});

t.test('pictures that are refused', async (t) => {
  const { bot } = await start(t);
  const refused = async (bytes: Buffer, caption = '') =>
    (await refusal(bot.api.sendPhoto(4711, picture(bytes), { caption }))).description;
  t.equal(await refused(Buffer.from('no picture')), 'Bad Request: IMAGE_PROCESS_FAILED');
  t.equal(await refused(blackPicture(9000, 1001)), 'Bad Request: PHOTO_INVALID_DIMENSIONS');
  t.equal(await refused(blackPicture(10, 201)), 'Bad Request: PHOTO_INVALID_DIMENSIONS');
  t.match(
    await refused(Buffer.concat([samplePicture, Buffer.alloc(10 * 1024 * 1024)])),
    /is too big for a photo/,
  );
  t.equal(
    await refused(samplePicture, 'x'.repeat(1025)),
    'Bad Request: message caption is too long',
  );
});
