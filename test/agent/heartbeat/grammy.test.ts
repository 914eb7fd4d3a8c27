import { Bot, BotError, GrammyError } from 'grammy';
import t, { type Test } from 'tap';
import { attachGrammy } from '../../../agent/heartbeat/attach/grammy.ts';
import { createPhone } from '../../telegram/phone.ts';
import { startBotApi } from '../../telegram/server.ts';
import { createSaid } from './said.ts';

const ada = { id: 7, is_bot: false, first_name: 'Ada' };

/** A bot as somebody writes one, and what its heartbeat would say. */
const attached = async (t: Test) => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  const bot = new Bot(api.token, { client: { apiRoot: api.root } });
  const said = createSaid();
  attachGrammy(bot, said.beat);
  return { api, bot, phone: createPhone(api, { id: ada.id, name: ada.first_name }), ...said };
};

t.test('what comes in and goes out is counted, and how long it takes', async (t) => {
  const { api, bot, phone, now, became } = await attached(t);
  bot.on('message:text', (context) => context.reply(`you said ${context.message.text}`));
  const done = bot.start();
  await became('ready');
  await phone.ask('hello');
  await phone.ask('again');
  await bot.api.sendChatAction(ada.id, 'typing');
  await bot.stop();
  await done;
  t.match(now(), {
    connection: 'ready',
    in: { count: 2 },
    out: { count: 2 },
    timings: { handling: { count: 2 }, 'Bot API': { count: Number } },
  });
  t.equal(now().errors, undefined);
  t.notOk(JSON.stringify(now()).includes(api.token));
});

t.test('updates that are no messages are counted by their kind', async (t) => {
  const { api, bot, now } = await attached(t);
  bot.botInfo = api.me as never;
  const press = { id: 'q', from: ada, chat_instance: 'c', data: 'x' };
  await bot.handleUpdate({ update_id: 1, callback_query: press });
  t.match(now(), { counters: { callback_query: 1 }, in: { count: 0 } });
});

t.test('an error of a handler is told, and goes where it went before', async (t) => {
  const { api, bot, now } = await attached(t);
  bot.botInfo = api.me as never;
  bot.on('message', () => {
    throw new RangeError('no such city');
  });
  const chat = { id: 7, type: 'private' as const, first_name: 'Ada' };
  const update = { update_id: 1, message: { message_id: 1, date: 1, from: ada, chat, text: 'x' } };
  await t.rejects(bot.handleUpdate(update), BotError);
  t.match(now().errors, { count: 1, last: { name: 'RangeError', message: 'no such city' } });
});

t.test('another program that polls is a lost connection, until it is gone', async (t) => {
  const { api, bot, now, became } = await attached(t);
  api.faults.next('getUpdates', { kind: 'error', code: 409 });
  await t.rejects(bot.start(), GrammyError);
  await became('disconnected');
  t.match(now().why, /^Conflict: terminated by other getUpdates/);
  await bot.api.getMe();
  t.equal(now().connection, 'disconnected', 'other calls say nothing of that');
  const done = bot.start();
  // What comes ends the wait of a poll, which says that it works.
  createPhone(api, { id: ada.id, name: ada.first_name }).send('hello');
  await became('ready');
  await bot.stop();
  await done;
});

t.test('a token that is refused is logged out', async (t) => {
  const { api, bot, now } = await attached(t);
  api.revokeToken();
  await t.rejects(bot.api.getMe());
  t.match(now(), { connection: 'logged-out', why: 'Unauthorized' });
});

t.test('no way to Telegram is a lost connection; a refused message is none', async (t) => {
  const { api, bot, now } = await attached(t);
  await t.rejects(bot.api.sendMessage(404, 'to nobody'));
  t.match(now(), { connection: 'ready', counters: { 'refused calls': 1 }, out: { count: 0 } });
  await api.goDown();
  await t.rejects(bot.api.getMe());
  t.match(now(), { connection: 'disconnected', counters: { 'failed calls': 1 } });
  await api.comeUp();
  await bot.api.getMe();
  t.match(now(), { connection: 'ready', reconnects: 1 });
});

t.test('who stops the bot loses no connection by it', async (t) => {
  const { bot, phone, states } = await attached(t);
  bot.on('message', (context) => context.reply('yes'));
  const done = bot.start();
  await phone.ask('are you there?');
  await bot.stop();
  await done;
  t.same(states, ['connecting', 'ready']);
});

t.test('a token in the address of a failed call is not told', async (t) => {
  const { api, bot, now } = await attached(t);
  bot.botInfo = api.me as never;
  bot.on('message', async (context) => {
    await api.goDown();
    await context.reply('to nobody');
  });
  const chat = { id: 7, type: 'private' as const, first_name: 'Ada' };
  const update = { update_id: 1, message: { message_id: 1, date: 1, from: ada, chat, text: 'x' } };
  await t.rejects(bot.handleUpdate(update), BotError);
  t.match(now().errors?.last, { name: 'HttpError', message: /^Network request/ });
  t.notOk(JSON.stringify(now()).includes(api.token));
});
