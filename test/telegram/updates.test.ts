import t from 'tap';
import { createPhone } from './phone.ts';
import { poll, startForTest } from './start-for-test.ts';
import { sampleMessages, sampleUpdates, updateTypes } from './updates.ts';

const stranger = { id: 666, name: 'Eve' };
const rare = ['chat_member', 'message_reaction', 'message_reaction_count'];

t.test('an update of every type reaches a bot that allows all', async (t) => {
  const { api, bot } = await startForTest(t);
  const { person } = createPhone(api, stranger);
  await bot.api.getUpdates({ allowed_updates: updateTypes });
  for (const [type, update] of Object.entries(sampleUpdates(person))) {
    t.type(api.queue.push({ [type]: update }), 'number', type);
  }
  const updates = await bot.api.getUpdates();
  t.same(
    updates.map((update) => Object.keys(update).filter((key) => key !== 'update_id')),
    updateTypes.map((type) => [type]),
  );
  t.equal(updateTypes.length, 27);
});

t.test('some types have to be asked for', async (t) => {
  const { api, bot } = await startForTest(t);
  const samples = Object.entries(sampleUpdates(createPhone(api, stranger).person));
  const refused = (): string[] =>
    samples.filter(([type, sample]) => !api.queue.push({ [type]: sample })).map(([type]) => type);
  t.same(refused().sort(), rare);
  await bot.api.getUpdates({ allowed_updates: ['message', 'callback_query'] });
  t.equal(refused().length, samples.length - 2);
  await bot.api.getUpdates();
  t.equal(refused().length, samples.length - 2, 'what is not said stays as it is');
  await bot.api.getUpdates({ allowed_updates: [] });
  t.same(refused().sort(), rare);
});

t.test('a bot lives through what has no sense', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, stranger);
  const texts: (string | undefined)[] = [];
  bot.on('message:text', (ctx) => {
    texts.push(ctx.message.text);
  });
  poll(t, bot);
  api.queue.inject({});
  api.queue.inject({ message: null });
  api.queue.inject({ message: { text: 7 } });
  for (const message of sampleMessages(phone.person)) api.queue.inject({ message });
  phone.send('last');
  await api.queue.untilTaken();
  t.equal(texts.at(-1), 'last');
  t.equal(api.queue.pending(), 0);
});

t.test('a bot is not told of others in a group', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, stranger);
  const group = api.chats.addGroup('operators', [phone.person]);
  const options = { chat: group };
  phone.send('hello', options);
  phone.send('/status@another_bot', options);
  phone.send('/status', options);
  phone.send(`/status@${api.me.username}`, options);
  const { message_id } = await bot.api.sendMessage(group.chat.id, 'x');
  const [message] = api.ledger.of(group.chat.id);
  t.equal(message?.messageId, message_id);
  phone.send('yes', { ...options, ...(message && { replyTo: message }) });
  const texts = (await bot.api.getUpdates()).map((update) => update.message?.text);
  t.same(texts, ['/status', `/status@${api.me.username}`, 'yes']);
});
