import t, { type Test } from 'tap';
import type { Outcome } from '../../../../../exporters/notifier/channel.ts';
import { createTelegramChannel } from '../../../../../exporters/notifier/telegram/alert/channel.ts';
import { openApi, type TelegramApi } from '../../../../../exporters/notifier/telegram/api/api.ts';
import { buttonData } from '../../../../../exporters/notifier/telegram/format/button-data.ts';
import type { Fault } from '../../../../telegram/faults.ts';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { createPhone } from '../../../../telegram/phone.ts';
import { startBotApi } from '../../../../telegram/server.ts';
import { upgradeGroup } from '../../../../telegram/upgrade-group.ts';
import { sampleCard } from '../../sample-card.ts';

const never = new AbortController().signal;

const startForTest = async (t: Test, { screens = true, chat = '4711' } = {}) => {
  const server = await startBotApi();
  const { token, root: apiRoot } = server;
  const api = openApi({ token, apiRoot, proxy: null, gapMs: 0 });
  t.teardown(async () => {
    await api.close();
    await server.close();
  });
  const phone = createPhone(server, { id: 4711, name: 'Ada' });
  phone.send('/start');
  const place = { chat };
  const moves: string[] = [];
  const channel = createTelegramChannel({
    ...{ name: `telegram:${chat}`, api, screens, chat: () => place.chat },
    moved: (to) => {
      place.chat = to;
      moves.push(to);
    },
  });
  const deliver = (changes = {}, receipt: string | null = null, signal = never) =>
    channel.deliver(sampleCard(changes), receipt, signal);
  return { server, phone, place, moves, channel, deliver };
};

const receiptOf = (outcome: Outcome): string => {
  if (outcome.kind !== 'accepted' || outcome.receipt === null)
    throw new Error(JSON.stringify(outcome));
  return outcome.receipt;
};

const textOf = (message: Accepted | undefined): string => (message ? shown(message).text : '');

t.test('what another bot sent is not changed: each numbers anew', async (t) => {
  const { phone, deliver } = await startForTest(t);
  const receipt = receiptOf(await deliver());
  const [bot, message] = receipt.split(':');
  t.match(
    await deliver({ revision: 2, loud: false, headline: 'more' }, `${Number(bot) + 1}:${message}`),
    {
      kind: 'accepted',
    },
  );
  t.equal(phone.messages().length, 2);
  await deliver({ revision: 2, loud: false, headline: 'more' }, message ?? '');
  t.equal(phone.messages().length, 2, 'receipts of older releases name no bot');
});

t.test('an alert is one message, changed in place', async (t) => {
  const { phone, channel, deliver } = await startForTest(t);
  t.match(channel, { name: 'telegram:4711', audience: 'people', paceMs: 1050 });
  const first = await deliver();
  t.match(first, { kind: 'accepted', detail: /^message \d+ to chat 4711$/ });
  const [message, ...none] = phone.messages();
  t.same(none, []);
  t.equal(message?.silent, false);
  t.match(
    textOf(message),
    /^🟠 Error · vps-1\nclaude-api died: pkill sent it SIGKILL\nCause: signal/,
  );
  t.match(textOf(message), /Last lines of claude-api:\n\$ npm test\nKilled$/);
  const buttons = message && shown(message).keyboard?.inline_keyboard.flat();
  t.same(
    buttons?.map(({ text }) => text),
    ['Why', 'Screen', 'Restart', 'Acknowledge', 'Silence 1 h'],
  );
  const quiet = { revision: 2, loud: false, status: 'resolved' as const, actions: [] };
  const again = await deliver(quiet, receiptOf(first));
  t.equal(receiptOf(again), receiptOf(first));
  t.equal(phone.messages().length, 1);
  t.match(textOf(message), /^🟢 Resolved · vps-1/);
  t.equal(message && shown(message).keyboard, undefined);
});

t.test('of a unit the buttons go by its name', async (t) => {
  const { phone, deliver } = await startForTest(t);
  const actions = ['login', 'why', 'restart', 'silence'] as const;
  const login = { server: 'systemd.system', session: 'gate', need: 'qr' } as const;
  const about = { incident: null, incidents: [], sessions: ['gate'], screen: null, login };
  await deliver({ ...about, kind: 'unit-failed', actions: [...actions] });
  const buttons = shown(phone.messages()[0] as Accepted).keyboard?.inline_keyboard.flat();
  t.same(
    buttons?.map((button) => 'callback_data' in button && [button.text, button.callback_data]),
    [
      ['Show QR', buttonData('login', { session: 'systemd.system:gate' })],
      ['Why', buttonData('why', { session: 'gate' })],
      ['Restart', buttonData('restart', { session: 'gate' })],
      ['Silence 1 h', buttonData('silence', { session: 'gate' })],
    ],
  );
});

t.test('a change that people should hear of rings once', async (t) => {
  const { phone, deliver } = await startForTest(t);
  const receipt = receiptOf(await deliver());
  await deliver({ revision: 2, loud: true, headline: 'claude-api died again' }, receipt);
  const [first, ring, ...none] = phone.messages();
  t.same(none, []);
  t.equal(textOf(ring), '🟠 Error: claude-api died again');
  t.equal(ring?.replyTo?.message_id, first?.messageId);
  t.equal(ring?.silent, false);
});

t.test('what nobody needs to hear makes no sound', async (t) => {
  const { phone, deliver } = await startForTest(t);
  await deliver({ loud: false });
  t.equal(phone.messages()[0]?.silent, true);
});

t.test('what is told already is told', async (t) => {
  const { phone, deliver } = await startForTest(t);
  const receipt = receiptOf(await deliver());
  t.match(await deliver({ loud: false }, receipt), { kind: 'accepted', receipt });
  t.equal(phone.messages().length, 1, 'not modified is no failure');
});

t.test('a message somebody deleted is sent anew', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  const receipt = receiptOf(await deliver());
  server.faults.next('editMessageText', {
    ...{ kind: 'error', code: 400, description: 'Bad Request: message to edit not found' },
  });
  const next = receiptOf(await deliver({ revision: 2, headline: 'more' }, receipt));
  t.not(next, receipt);
  t.equal(phone.messages().length, 2, 'and it rings by itself');
  t.match(await deliver({ revision: 3 }, 'no receipt of ours'), { kind: 'accepted' });
});

t.test('markup that is not taken goes as text, and nothing is lost', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  const fault: Fault = {
    ...{ kind: 'error', code: 400 },
    description: "Bad Request: can't parse entities: unsupported start tag at byte offset 7",
  };
  server.faults.next('sendMessage', fault);
  const headline = 'a<b>.example.com died: see /stop & @all';
  const receipt = receiptOf(await deliver({ headline }));
  const [message] = phone.messages();
  t.ok(textOf(message).includes(headline));
  t.match(textOf(message), /Killed$/);
  const entities = (message && shown(message).entities) ?? [];
  t.ok(
    entities.every(({ type }) => type === 'code' || type === 'pre'),
    JSON.stringify(entities),
  );
  server.faults.next('editMessageText', fault, 2);
  t.match(await deliver({ headline: 'other', loud: false }, receipt), { kind: 'accepted' });
  t.match(textOf(message), /other/);
});

t.test('a long one is several, which change together', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  const details = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ label: `L${i}`, text: 'word '.repeat(100) }));
  const receipt = receiptOf(await deliver({ details: details(12) }));
  t.match(receipt, /^\d+:\d+,\d+$/);
  t.equal(phone.messages().length, 2);
  t.notOk(shown(phone.messages()[0] as Accepted).keyboard, 'the buttons are below the last one');
  const shorter = receiptOf(await deliver({ details: [], loud: false }, receipt));
  t.match(shorter, /^\d+:\d+$/);
  t.equal(phone.messages().length, 1, 'what is too much is taken away');
  server.faults.next('sendMessage', { kind: 'error', code: 500 });
  const longer = { details: details(12), loud: false };
  t.match(await deliver(longer, shorter), { kind: 'later' });
  receiptOf(await deliver(longer, shorter));
  t.equal(phone.messages().length, 2);
});

t.test('a part that was sent is not sent again', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  const details = Array.from({ length: 12 }, (_, i) => ({
    ...{ label: `L${i}`, text: 'word '.repeat(100) },
  }));
  let sent = 0;
  server.ledger.follow(() => {
    sent += 1;
    if (sent === 1) server.faults.next('sendMessage', { kind: 'error', code: 503 });
  });
  t.match(await deliver({ details }), { kind: 'later', code: '503' });
  t.match(await deliver({ details }), { kind: 'accepted', receipt: /^\d+:\d+,\d+$/ });
  t.equal(phone.messages().length, 2);
});

t.test('torn before and after', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  server.faults.next('sendMessage', { kind: 'torn', moment: 'before' });
  t.match(await deliver(), { kind: 'later', everything: true });
  t.equal(phone.messages().length, 0);
  server.faults.next('sendMessage', { kind: 'torn', moment: 'after' });
  t.match(await deliver(), { kind: 'later', everything: true });
  const receipt = receiptOf(await deliver());
  t.equal(phone.messages().length, 2, 'one duplicate, because nobody can know');
  server.faults.next('editMessageText', { kind: 'torn', moment: 'after' });
  t.match(await deliver({ headline: 'x', loud: false }, receipt), { kind: 'later' });
  t.match(await deliver({ headline: 'x', loud: false }, receipt), { kind: 'accepted' });
  t.equal(phone.messages().length, 2, 'an edit has no duplicate');
});

t.test('a group that became a supergroup is followed', async (t) => {
  const { server, phone, place, moves, channel, deliver } = await startForTest(t);
  const group = server.chats.addGroup('night', [phone.person]);
  place.chat = String(group.chat.id);
  t.equal(channel.paceMs, 3100);
  const receipt = receiptOf(await deliver());
  const next = upgradeGroup(server.state, group.chat.id);
  const moved = await deliver({ revision: 2, headline: 'moved' }, receipt);
  t.match(moved, { kind: 'accepted', detail: new RegExp(`to chat ${next.chat.id}$`) });
  t.same(moves, [String(next.chat.id)]);
  t.equal(server.ledger.of(next.chat.id).length, 1);
  t.equal(channel.name, 'telegram:4711', 'it is the same channel');
});

t.test('blocked, silenced by Telegram, given up', async (t) => {
  const { server, phone, deliver } = await startForTest(t);
  phone.block();
  t.match(await deliver(), { kind: 'unusable', code: '403' });
  phone.unblock();
  server.faults.next('sendMessage', { kind: 'error', code: 429, retryAfter: 77 });
  t.match(await deliver(), { kind: 'later', waitMs: 77_000, everything: true });
  t.match(await deliver({}, null, AbortSignal.abort()), { kind: 'later', code: 'aborted' });
  server.faults.next('sendMessage', { kind: 'silence', moment: 'before' });
  const soon = new AbortController();
  const { length } = server.ledger.calls('sendMessage');
  const outcome = deliver({}, null, soon.signal);
  await server.ledger.until('asked', (ledger) => ledger.calls('sendMessage')[length]);
  soon.abort();
  t.match(await outcome, { kind: 'later', code: 'aborted' });
});

t.test('screens stay on the machine where they are to', async (t) => {
  const { phone, deliver } = await startForTest(t, { screens: false });
  await deliver();
  const [message] = phone.messages();
  t.notMatch(textOf(message), /Killed|Last lines/);
  const names =
    message &&
    shown(message)
      .keyboard?.inline_keyboard.flat()
      .map(({ text }) => text);
  t.same(names, ['Why', 'Restart', 'Acknowledge', 'Silence 1 h']);
});

t.test('what is no answer to a message is tried again, and never told as one', async (t) => {
  const answers = [
    undefined,
    null,
    true,
    {},
    { message_id: 1.5 },
    { message_id: '7' },
    { message_id: 2 ** 60 },
  ];
  for (const answer of answers) {
    const api = { call: async () => answer, scrub: String } as unknown as TelegramApi;
    const options = { name: 'telegram:1', api, screens: true, chat: () => '1', moved: () => {} };
    const outcome = await createTelegramChannel(options).deliver(sampleCard(), null, never);
    t.match(outcome, { kind: 'later', code: 'no-message' }, String(answer));
  }
});

t.test('a mistake of ours is no reason to lose an alert', async (t) => {
  const call = async () => {
    throw new TypeError('x is not a function');
  };
  const api = { call, scrub: String } as unknown as TelegramApi;
  const options = { name: 'telegram:1', api, screens: true, chat: () => '1', moved: () => {} };
  const outcome = await createTelegramChannel(options).deliver(sampleCard(), null, never);
  t.match(outcome, { kind: 'later', code: 'internal', everything: false });
});

t.test(
  'a bot that needs somebody has a button for that, by the whole name of its session',
  async (t) => {
    const { phone, deliver } = await startForTest(t);
    const needs = (need: 'qr' | 'code' | 'login' | null) =>
      deliver({
        ...{ kind: 'bot-needs-login', incident: null, incidents: [], actions: ['login'] },
        login: { server: 'main', session: 'wa', need },
      });
    for (const need of ['qr', 'code', 'login', null] as const) await needs(need);
    await deliver({ actions: ['login', 'why'], login: null });
    const buttons = phone
      .messages()
      .flatMap((one) => shown(one).keyboard?.inline_keyboard.flat() ?? [])
      .map((button) => [button.text, 'callback_data' in button ? button.callback_data : null]);
    const data = buttonData('login', { session: 'main:wa' });
    t.strictSame(buttons, [
      ...['Show QR', 'Show code', 'Log in', 'Log in'].map((text) => [text, data]),
      ['Why', 'why:incident-1'],
    ]);
  },
);
