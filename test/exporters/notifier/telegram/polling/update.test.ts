import t from 'tap';
import { readUpdate } from '../../../../../exporters/notifier/telegram/polling/update.ts';
import { shown } from '../../../../telegram/ledger.ts';
import { openScene } from '../scene.ts';

const from = { id: 7, is_bot: false, first_name: 'Ada', last_name: 'L\u202e', username: 'ada' };
const chat = { id: 7, type: 'private' };

t.test('who asks, where and for what', async (t) => {
  t.same(readUpdate({ message: { from, chat, text: '/ack' } }), {
    remote: { channel: 'telegram', user: '7', name: 'Ada L @ada' },
    ...{ chat: '7', isPrivate: true, isForwarded: false, text: '/ack', button: null },
  });
  const message = { message_id: 3, date: 0, chat };
  t.match(readUpdate({ callback_query: { id: '9', from, message, data: 'why:7' } }), {
    ...{ chat: '7', isPrivate: true, text: null },
    button: { query: '9', data: 'why:7', message: 3 },
  });
  t.match(readUpdate({ callback_query: { id: '9', from, inline_message_id: 'x', data: 'y' } }), {
    ...{ chat: null, isPrivate: false },
    button: { message: null },
  });
});

t.test('what is not as it should be', async (t) => {
  const asked = (message: object) => readUpdate({ message: { from, chat, text: 'x', ...message } });
  t.equal(asked({ chat: { id: 8, type: 'private' } })?.isPrivate, false, 'the chat of another');
  t.equal(asked({ chat: { id: -7, type: 'group' } })?.isPrivate, false);
  t.equal(asked({ chat: { id: 7, type: 'group' } })?.isPrivate, false);
  t.equal(asked({ from: { ...from, is_bot: true } }), null, 'a program');
  t.equal(asked({ from: undefined }), null, 'a channel');
  t.equal(asked({ from: { id: '7' } }), null);
  t.equal(asked({ sender_chat: chat })?.isForwarded, true);
  t.equal(asked({ via_bot: from })?.isForwarded, true);
  t.equal(asked({ text: ['x'] })?.text, null);
  t.equal(asked({ text: 'x'.repeat(5000) })?.text?.length, 1000);
  for (const nothing of [null, 7, 'x', [], {}, { message: 7 }, { callback_query: { from } }])
    t.equal(readUpdate(nothing), null);
});

t.test('somebody who is paired is answered nowhere but in his own chat', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  const group = scene.api.chats.addGroup('team', [owner.person]);
  owner.send('/status', { chat: group });
  scene.api.queue.inject({
    message: {
      message_id: 5,
      date: 1,
      from: owner.person,
      chat: { id: 99, type: 'private' },
      text: '/ack',
    },
  });
  const own = await owner.ask('/help');
  const query = { id: 'q1', from: owner.person, data: 'ack' };
  scene.api.queue.inject({
    callback_query: {
      ...query,
      message: { message_id: 5, date: 0, chat: { id: 99, type: 'private' } },
    },
  });
  await scene.api.queue.untilTaken();
  t.match(shown(own).text, /\/status/);
  t.same(scene.calls, []);
  t.notOk(scene.api.ledger.messages.some(({ chatId }) => chatId !== owner.person.id));
  t.ok(
    scene.api.ledger.calls('sendMessage').every(({ parameters }) => parameters['chat_id'] !== '99'),
  );
});

t.test('a picture, or word of a change, is not answered', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  const { length } = owner.messages();
  const service = { message_id: 6, date: 1, from: owner.person, chat: owner.chat.chat };
  scene.api.queue.inject({ message: { ...service, pinned_message: {} } });
  scene.api.queue.inject({ message: { ...service, caption: '/ack', photo: [] } });
  await owner.ask('/help');
  t.equal(owner.messages().length, length + 1);
});
