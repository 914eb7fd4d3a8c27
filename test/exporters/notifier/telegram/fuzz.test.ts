import { inspect } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import { readUpdate, updateId } from '../../../../exporters/notifier/telegram/polling/update.ts';
import { shown } from '../../../telegram/ledger.ts';
import { hostileText } from './format/hostile.ts';
import { openScene, type Scene } from './scene.ts';

/** Every field an Update may have (https://core.telegram.org/bots/api#update). */
const kinds = [
  ...['message', 'edited_message', 'channel_post', 'edited_channel_post', 'business_connection'],
  ...['business_message', 'edited_business_message', 'deleted_business_messages'],
  ...['message_reaction', 'message_reaction_count', 'inline_query', 'chosen_inline_result'],
  ...['callback_query', 'shipping_query', 'pre_checkout_query', 'purchased_paid_media', 'poll'],
  ...['poll_answer', 'my_chat_member', 'chat_member', 'chat_join_request', 'chat_boost'],
  ...['removed_chat_boost', 'no_such_kind'],
];

const id = fc.oneof(
  fc.constantFrom<unknown>(4712, 666, -100, 0, Number.NaN, 2 ** 60, '4712', null),
  fc.integer(),
);

const text = fc.oneof(
  hostileText(6),
  fc.constantFrom('/start', '/stop bot', '/restart bot', '/ack', '/silence all 1h', 'yes', '\0'),
  fc.constantFrom('/status '.repeat(5000), '/', '//', '/stop@x', '/SCREEN bot'),
);

const person = fc.record(
  { id, is_bot: fc.boolean(), first_name: text, last_name: text, username: text },
  { requiredKeys: ['id'] },
);

const chat = fc.record(
  { id, type: fc.constantFrom('private', 'group', 'supergroup', 'channel', 'x'), title: text },
  { requiredKeys: ['id'] },
);

const message = fc.record(
  {
    ...{ message_id: id, date: fc.integer(), from: person, chat, text, caption: text },
    ...{
      sender_chat: chat,
      via_bot: person,
      forward_origin: fc.anything(),
      entities: fc.anything(),
    },
    ...{ migrate_to_chat_id: id, new_chat_members: fc.array(person), photo: fc.anything() },
  },
  { requiredKeys: [] },
);

const query = fc.record(
  { id: text, from: person, message, inline_message_id: text, chat_instance: text, data: text },
  { requiredKeys: [] },
);

/** What really comes from the owner's phone, but for what he says. */
const from = { id: 4712, is_bot: false, first_name: 'Ada' };
const place = { id: 4712, type: 'private' };
const owned = fc.oneof(
  text.map((said) => ({ message: { message_id: 1, date: 1, from, chat: place, text: said } })),
  fc
    .oneof(text, fc.constantFrom('ack', 'why:7', 'restart:7', 'yes:x', 'silence:7'))
    .map((data) => ({
      callback_query: { id: '1', from, data, message: { message_id: 1, date: 0, chat: place } },
    })),
);

const content = fc.oneof(message, query, fc.anything());

const update = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...kinds), content)
      .map(([kind, value]) => ({ [kind]: value })),
  },
  { weight: 1, arbitrary: fc.anything() },
  { weight: 2, arbitrary: owned },
);

const acting = /^(session\.(start|stop|restart)|alert\.)/;

const isOurs = (value: unknown): boolean => value === 4712;

t.test('reading anything throws nothing, and invents nobody', async (t) => {
  fc.assert(
    fc.property(update, (value) => {
      updateId(value);
      const asked = readUpdate(value);
      if (asked === null) return;
      t.match(asked.remote.user, /^-?\d+$/);
      t.ok(asked.remote.name.length <= 100 && asked.remote.name !== '');
      t.notMatch(asked.remote.name, /[\p{Cc}\u202e]/u);
      const { message: m, callback_query: q } = value as Record<string, { from: { id: number } }>;
      t.equal(asked.remote.user, String((m ?? q)?.from.id));
    }),
    { numRuns: 3000 },
  );
});

/** Whatever is sent to `scene`, its loop goes on: a command at the end is answered. */
const survive = async (scene: Scene, updates: readonly unknown[]): Promise<void> => {
  const { queue } = scene.api;
  for (const value of updates) {
    const json = JSON.stringify(value);
    if (json !== undefined) queue.inject(JSON.parse(json));
  }
  await queue.untilTaken(60_000);
};

t.test('any update, from anybody, in any shape', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  t.equal(owner.person.id, 4712);
  const updates = fc.sample(update, { numRuns: 400, seed: 4711 });
  await survive(scene, updates);
  owner.send('/help');
  await owner.until('an answer at the end', /^\/status: How things are/, {
    after: scene.api.ledger.timeline.length,
  });
  const others = scene.api.ledger.messages.filter(({ chatId }) => !isOurs(chatId));
  t.same(
    others.map((one) => shown(one).text),
    [],
    'strangers get silence',
  );
  for (const { method, params } of scene.calls.filter((call) => acting.test(call.method)))
    t.match(params, { remote: { user: '4712' } }, method);
  t.notOk(
    scene.calls.some(({ method }) => method.startsWith('session.st')),
    'nothing unconfirmed',
  );
  t.equal(scene.telegram.pairing.list().length, 1);
});

t.test('the token is in no line, event or message, whatever happens', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  const [, secret = ''] = scene.api.token.split(':');
  scene.answers['screen.capture'] = () => {
    throw new Error(`https://api.telegram.org/bot${scene.api.token}/x`);
  };
  const { faults } = scene.api;
  faults.next('sendMessage', { kind: 'error', code: 404, description: scene.api.token });
  faults.next('getUpdates', { kind: 'error', code: 404, description: `/bot${scene.api.token}/` });
  faults.next('getUpdates', { kind: 'torn', moment: 'before' });
  owner.send('/status');
  owner.send('/screen bot');
  owner.send(`/why ${scene.api.token}`);
  await owner.until('an answer', /There is no session or unit \[redacted\]/);
  const all = inspect(
    [scene.said, scene.recorded, scene.telegram.status(), scene.api.ledger.messages],
    { depth: 20, maxArrayLength: null, maxStringLength: null },
  );
  t.notOk(all.includes(secret), all);
  t.ok(scene.said.length > 0);
});
