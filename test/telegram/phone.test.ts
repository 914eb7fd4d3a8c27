import t from 'tap';
import { shown } from './ledger.ts';
import { createPhone, lastOrder } from './phone.ts';
import { poll, startForTest } from './start-for-test.ts';

t.test('several people, of whom one is answered', async (t) => {
  const { api, bot } = await startForTest(t);
  const owner = createPhone(api, { id: 4711, name: 'Ada' });
  const stranger = createPhone(api, { id: 666, name: 'Eve', username: 'eve' });
  bot.command('status', async (ctx) => {
    if (ctx.from?.id === owner.person.id) await ctx.reply(`all is well, ${ctx.from.first_name}`);
  });
  poll(t, bot);
  stranger.send('/status');
  t.equal(shown(await owner.ask('/status')).text, 'all is well, Ada');
  await api.queue.untilTaken();
  t.same(stranger.messages(), [], 'the bot has taken what the stranger wrote, and said nothing');
});

t.test('only what comes after', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, { id: 4711, name: 'Ada' });
  phone.send('/start');
  const { message_id } = await bot.api.sendMessage(4711, 'down');
  const after = lastOrder(api);
  const resolved = phone.until('the end of it', /up|down/, { after });
  await bot.api.editMessageText(4711, message_id, 'up');
  t.match(await resolved, { messageId: message_id });
});

t.test('what does not come is said, with what did', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, { id: 4711, name: 'Ada' });
  phone.send('/start');
  await bot.api.sendMessage(4711, 'something else');
  await t.rejects(
    phone.until('a picture', ({ versions }) => versions[0].media !== undefined, { limitMs: 1 }),
    {
      message: /^a picture: not within 1 ms\. Seen:\n1 4711\/2 "something else"/,
    },
  );
});

t.test('who stops the bot, and starts it again', async (t) => {
  const { api, bot } = await startForTest(t);
  const phone = createPhone(api, { id: 4711, name: 'Ada' });
  phone.block();
  phone.unblock();
  t.match(await bot.api.getUpdates(), [
    { my_chat_member: { new_chat_member: { status: 'kicked' }, chat: { id: 4711 } } },
    { my_chat_member: { new_chat_member: { status: 'member' }, chat: { id: 4711 } } },
  ]);
});
