import { InlineKeyboard } from 'grammy';
import t, { type Test } from 'tap';
import { createPhone } from './phone.ts';
import { refusal } from './refusal.ts';
import { startForTest } from './start-for-test.ts';

const hour = 3600 * 1000;

const start = async (t: Test) => {
  let now = Date.UTC(2026, 10, 1);
  const { api, bot } = await startForTest(t, { now: () => now });
  const phone = createPhone(api, { id: 4711, name: 'Ada' });
  phone.send('/start');
  const html = { parse_mode: 'HTML' } as const;
  const send = (text: string, other: object = {}) => bot.api.sendMessage(4711, text, other);
  const said = async (call: Promise<unknown>) => (await refusal(call)).description;
  const pass = (ms: number): void => {
    now += ms;
  };
  return { api, bot, phone, html, send, said, pass };
};

t.test('texts that are refused', async (t) => {
  const { send, said, html, phone } = await start(t);
  t.equal(await said(send('')), 'Bad Request: message text is empty');
  t.equal(await said(send(' \n ')), 'Bad Request: text must be non-empty');
  t.equal(await said(send('<b> </b>', html)), 'Bad Request: text must be non-empty');
  t.equal(await said(send('x'.repeat(4097))), 'Bad Request: message is too long');
  t.equal(
    await said(send('<x>', html)),
    `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 0`,
  );
  t.equal(phone.messages().length, 0);
  await send(`<b>${'x'.repeat(4096)}</b>`, html);
  t.equal(phone.messages().length, 1, 'the limit holds after parsing');
});

t.test('buttons that are refused', async (t) => {
  const { send, said } = await start(t);
  const keyboard = (...buttons: object[]) => ({ reply_markup: { inline_keyboard: [buttons] } });
  const invalid = 'Bad Request: BUTTON_DATA_INVALID';
  await send('x', keyboard({ text: 'a', callback_data: 'x'.repeat(64) }));
  t.equal(await said(send('x', keyboard({ text: 'a', callback_data: 'x'.repeat(65) }))), invalid);
  t.equal(await said(send('x', keyboard({ text: 'a', callback_data: 'ä'.repeat(33) }))), invalid);
  t.match(
    await said(send('x', keyboard({ text: 'a', callback_data: '' }))),
    /Text buttons are unallowed in the inline keyboard$/,
  );
  t.equal(
    await said(send('x', keyboard({ text: 'a', url: 'http://localhost/' }))),
    "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL",
  );
  t.match(await said(send('x', { reply_markup: { inline_keyboard: [{}] } })), /Array of Arrays/);
});

t.test('edits', async (t) => {
  const { bot, phone, send, said, pass } = await start(t);
  const reply_markup = new InlineKeyboard().text('Why', 'why');
  const { message_id, date } = await send('a', { reply_markup });
  pass(5000);
  const same = bot.api.editMessageText(4711, message_id, 'a', { reply_markup });
  t.match(await said(same), /^Bad Request: message is not modified: specified new message content/);
  const edited = await bot.api.editMessageText(4711, message_id, 'b', { reply_markup });
  t.match(edited, { text: 'b', date, edit_date: date + 5, reply_markup });
  t.match(await bot.api.editMessageReplyMarkup(4711, message_id), { text: 'b' });
  const long = bot.api.editMessageText(4711, message_id, 'x'.repeat(4097));
  t.equal(await said(long), 'Bad Request: MESSAGE_TOO_LONG');
  const missing = bot.api.editMessageText(4711, 999, 'x');
  t.equal(await said(missing), 'Bad Request: message to edit not found');
  const own = phone.send('mine').message_id;
  t.equal(
    await said(bot.api.editMessageText(4711, own, 'x')),
    "Bad Request: message can't be edited",
  );
  t.same(
    phone.messages()[0]?.versions.map(({ text, keyboard }) => [text, keyboard !== undefined]),
    [
      ['a', true],
      ['b', true],
      ['b', false],
    ],
  );
});

t.test('deletes, replies and pins', async (t) => {
  const { api, bot, phone, send, said, pass } = await start(t);
  const first = await send('first');
  const answer = await send('second', { reply_parameters: { message_id: first.message_id } });
  t.match(answer.reply_to_message, { text: 'first', message_id: first.message_id });
  await bot.api.pinChatMessage(4711, first.message_id);
  t.match(await bot.api.getChat(4711), { type: 'private', pinned_message: { text: 'first' } });
  await bot.api.deleteMessage(4711, first.message_id);
  t.equal(phone.messages().length, 1);
  t.equal(
    await said(bot.api.deleteMessage(4711, first.message_id)),
    'Bad Request: message to delete not found',
  );
  const reply = { reply_parameters: { message_id: first.message_id } };
  t.equal(await said(send('x', reply)), 'Bad Request: message to be replied not found');
  pass(49 * hour);
  t.match(await said(bot.api.deleteMessage(4711, answer.message_id)), /message can't be deleted/);
  t.same(
    api.ledger.timeline.map(({ kind, order }) => `${order} ${kind}`),
    ['1 sent', '2 sent', '3 deleted'],
  );
});

t.test('ids rise in each chat by themselves', async (t) => {
  const { api, bot, phone, send } = await start(t);
  const other = createPhone(api, { id: 4712, name: 'Bob' });
  other.send('/start');
  t.equal((await send('a')).message_id, 2, 'what people write takes one too');
  t.equal((await bot.api.sendMessage(4712, 'a')).message_id, 2);
  t.equal((await send('b')).message_id, 3);
  t.equal(phone.messages().length, 2);
});

t.test('answers to buttons', async (t) => {
  const { api, bot, phone, send, said } = await start(t);
  await send('a', { reply_markup: new InlineKeyboard().text('Why', 'why') });
  const [message] = phone.messages();
  if (message === undefined) throw new Error('no message');
  const id = phone.press(message, 'Why');
  t.match((await bot.api.getUpdates()).at(-1), {
    callback_query: { id, data: 'why', from: { id: 4711 }, message: { text: 'a' } },
  });
  phone.forge(message, 'restart:everything');
  t.match((await bot.api.getUpdates()).at(-1), { callback_query: { data: 'restart:everything' } });
  await bot.api.answerCallbackQuery(id, { text: 'because', show_alert: true });
  t.match(await phone.answerTo(id), { text: 'because', alert: true });
  t.match(await said(bot.api.answerCallbackQuery(id)), /query is too old/);
  t.equal(api.ledger.answers.length, 1);
});

t.test('the rate of a chat, shared by messages and edits', async (t) => {
  const { api, bot, send, pass } = await start(t);
  api.rate.switchOn();
  const { message_id } = await send('a');
  await bot.api.editMessageText(4711, message_id, 'b');
  await send('c');
  t.match(await refusal(bot.api.editMessageText(4711, message_id, 'd')), {
    error_code: 429,
    parameters: { retry_after: 3 },
  });
  pass(3000);
  await bot.api.editMessageText(4711, message_id, 'd');
  t.equal(api.rate.refused(), 1);
});
