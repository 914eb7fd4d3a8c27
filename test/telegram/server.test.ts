import { Bot, InlineKeyboard } from 'grammy';
import t from 'tap';
import { shown } from './ledger.ts';
import { createPhone, startWith } from './phone.ts';
import { refusal } from './refusal.ts';
import { poll, startForTest } from './start-for-test.ts';
import { upgradeGroup } from './upgrade-group.ts';

const owner = { id: 4711, name: 'Ada', username: 'ada' };

t.test('a message, an edit and a press of a button', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, owner);
  bot.command('start', (ctx) =>
    ctx.reply(`hello <b>${ctx.match}</b>`, {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Why', 'why:1'),
    }),
  );
  bot.callbackQuery('why:1', async (ctx) => {
    await ctx.answerCallbackQuery('looking');
    await ctx.editMessageText('because');
  });
  poll(t, bot);
  const hello = await phone.ask(startWith('code'));
  t.match(shown(hello), { text: 'hello code', entities: [{ type: 'bold', offset: 6, length: 4 }] });
  const query = phone.press(hello, 'Why');
  t.match(await phone.answerTo(query), { text: 'looking', alert: false });
  t.equal(await phone.until('the edit', /because/), hello);
  t.same(
    hello.versions.map(({ text, method }) => [text, method]),
    [
      ['hello code', 'sendMessage'],
      ['because', 'editMessageText'],
    ],
  );
  t.equal(shown(hello).keyboard, undefined, 'an edit without a keyboard takes it away');
  t.throws(() => phone.press(hello, 'Why'), /no button Why/);
});

t.test('who cannot be written to', async (t) => {
  const { api, bot } = await startForTest(t);
  t.match(await refusal(bot.api.sendMessage(4711, 'x')), {
    error_code: 400,
    description: 'Bad Request: chat not found',
  });
  const phone = createPhone(api, owner);
  phone.send('/start');
  await bot.api.sendMessage(4711, 'x');
  phone.block();
  t.match(await refusal(bot.api.sendMessage(4711, 'x')), {
    error_code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
  phone.unblock();
  await bot.api.sendMessage(4711, 'x');
  const group = api.chats.addGroup('operators', [phone.person]);
  await bot.api.sendMessage(group.chat.id, 'x');
  const supergroup = upgradeGroup(api.state, group.chat.id);
  t.match(await refusal(bot.api.sendMessage(group.chat.id, 'x')), {
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: supergroup.chat.id },
  });
  await bot.api.sendMessage(supergroup.chat.id, 'x');
});

t.test('two bots with one token', async (t) => {
  const { api, bot } = await startForTest(t);
  const first = bot.api.getUpdates({ timeout: 30 });
  await api.queue.untilTaken();
  const second = new Bot(api.token, { client: { apiRoot: api.root } }).api.getUpdates({
    timeout: 30,
  });
  t.match(await refusal(first), {
    error_code: 409,
    description: /terminated by other getUpdates request/,
  });
  createPhone(api, owner).send('hi');
  t.match(await second, [{ message: { text: 'hi' } }]);
});

t.test("a poll of a client that went away is in nobody's way", async (t) => {
  const { api, bot } = await startForTest(t);
  const died = new AbortController();
  const poll = bot.api.getUpdates({ timeout: 30 }, died.signal as never);
  await api.queue.untilTaken();
  died.abort();
  await t.rejects(poll);
  const [first] = api.ledger.calls('getUpdates');
  await api.ledger.until('its end', () => first?.outcome);
  createPhone(api, owner).send('hi');
  t.match(await bot.api.getUpdates({ timeout: 30 }), [{ message: { text: 'hi' } }]);
});

t.test('an offset confirms what is before it', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, owner);
  for (const text of ['a', 'b', 'c']) phone.send(text);
  const texts = async (options: { offset?: number; limit?: number }) =>
    (await bot.api.getUpdates(options)).map(({ message }) => message?.text);
  t.same(await texts({ limit: 2 }), ['a', 'b']);
  t.same(await texts({}), ['a', 'b', 'c'], 'nothing is confirmed yet');
  const [first] = await bot.api.getUpdates();
  t.same(await texts({ offset: (first?.update_id ?? 0) + 1 }), ['b', 'c']);
  t.same(await texts({ offset: -1 }), ['c']);
  t.equal(api.queue.pending(), 1);
  await bot.api.deleteWebhook({ drop_pending_updates: true });
  t.equal(api.queue.pending(), 0);
});

t.test('the menu of commands', async (t) => {
  const { bot } = await startForTest(t);
  const commands = [{ command: 'status', description: 'how it is' }];
  await bot.api.setMyCommands(commands);
  await bot.api.setMyCommands([], { scope: { type: 'chat', chat_id: 4711 } });
  t.same(await bot.api.getMyCommands(), commands);
  t.same(await bot.api.getMyCommands({ scope: { type: 'chat', chat_id: 4711 } }), []);
  const refused = await refusal(bot.api.setMyCommands([{ command: 'Bad', description: 'x' }]));
  t.equal(refused.description, 'Bad Request: BOT_COMMAND_INVALID');
});

t.test('a webhook and polling exclude each other', async (t) => {
  const { bot } = await startForTest(t);
  t.match(await bot.api.getWebhookInfo(), { url: '' });
  await bot.api.setWebhook('https://example.org/hook');
  t.match(await refusal(bot.api.getUpdates()), {
    error_code: 409,
    description: /can't use getUpdates method while webhook is active/,
  });
  await bot.api.deleteWebhook();
  t.same(await bot.api.getUpdates(), []);
});
