import t from 'tap';
import { RequestFailure } from '../../../../../agent/model/failure.ts';
import { qrPicture } from '../../../../../exporters/notifier/picture/qr.ts';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { lastOrder, type Phone } from '../../../../telegram/phone.ts';
import { needOf, openAsking, secret, standingOf } from './asking-bot.ts';

const pngOf = async (text: string): Promise<Buffer> => Buffer.from((await qrPicture(text)) ?? []);

const isPicture = (message: Accepted): boolean => shown(message).media !== undefined;

const pictures = (phone: Phone): Accepted[] => phone.messages().filter(isPicture);

t.test(
  'a QR code is a picture that changes in place, and goes when the bot is ready',
  async (t) => {
    const scene = await openAsking(t);
    const phone = await scene.owner();
    const message = await scene.look(phone);
    const first = shown(message);
    t.match(first.media, { kind: 'photo', name: 'login.png' });
    t.same(first.media?.bytes, await pngOf(secret), 'the code of what the bot needs');
    t.match(
      first.text,
      /^Needs you: wa: scan a QR code\nScan it with .*taken away at \d\d:\d\d:\d\d/s,
    );
    t.ok(message.protected, 'it cannot be forwarded');
    const again = await phone.ask('/login wa');
    t.match(shown(again).text, /^It is shown above/);

    scene.asking.needs = [needOf({ text: 'the next one', life: 'boot/2' })];
    await scene.until('the next code', () => message.versions.length === 3);
    t.equal(shown(message).method, 'editMessageMedia');
    t.same(shown(message).media?.bytes, await pngOf('the next one'), 'also of its next life');

    scene.asking.needs = [];
    scene.asking.bots = [{ ...standingOf(needOf()), state: 'connecting' }];
    await scene.until('the end of it', () => message.deletedAt !== undefined);
    scene.ready();
    t.ok(await phone.until('the end', /^✅ wa is logged in\.$/));
    t.equal(pictures(phone).length, 0);
    t.notMatch(JSON.stringify(scene.said), secret, 'it is in no log');
    t.match(scene.said, [{ message: 'what a bot needs is shown to somebody' }]);
    const facts = scene.db.prepare('select value from facts').all();
    t.notMatch(
      JSON.stringify(facts),
      /secret|taken back [1-9]|\d\/\d/,
      'nor kept, nor where it was',
    );
  },
);

t.test('codes and addresses are text; only an address can be pressed', async (t) => {
  const scene = await openAsking(t, [needOf({ kind: 'code', text: 'ABCD-1234' })]);
  const phone = await scene.owner();
  const code = await scene.look(phone, '/login');
  t.match(shown(code).text, /^Needs you: wa: enter a pairing code\nABCD-1234\nEnter it in/);
  t.ok(code.protected);
  scene.asking.needs = [needOf({ kind: 'login', text: 'https://login.example/a?b=<c>' })];
  await scene.until('the address', () => /login\.example/.test(shown(code).text));
  const { text, entities } = shown(code);
  t.match(text, /\nhttps:\/\/login\.example\/a\?b=%3Cc%3E\nThe bot wrote this/);
  t.notOk(entities.some(({ type }) => type === 'text_link'));
  t.notOk(
    entities.some(
      ({ type, offset, length }) =>
        type === 'pre' && /http/.test(text.slice(offset, offset + length)),
    ),
  );
  for (const hidden of ['javascript:alert(1)', 'https://bank.example@evil.example/', 'tg://x y']) {
    scene.asking.needs = [needOf({ kind: 'login', text: hidden })];
    await scene.until(hidden, () => shown(code).text.includes(hidden));
    const now = shown(code);
    const pre = now.entities.find(({ type }) => type === 'pre');
    t.equal(pre && now.text.slice(pre.offset, pre.offset + pre.length), hidden, 'it is inert');
  }
  scene.asking.needs = [needOf({ text: 'a QR code after all' })];
  await scene.until('the picture instead', () => pictures(phone).length === 1);
  t.ok(code.deletedAt, 'text cannot become a picture');
  t.ok(pictures(phone)[0]?.silent, 'the phone rang once');
});

t.test('hostile texts of a bot', async (t) => {
  const bait = '</pre><a href="https://evil.example">x</a> /stop @all \u202e\x07\x1b[2J';
  const scene = await openAsking(t, [needOf({ kind: 'code', text: bait })]);
  const phone = await scene.owner();
  const message = await scene.look(phone);
  t.notMatch(shown(message).text, /[\u202e\x07\x1b]/);
  const styles = new Set(shown(message).entities.map(({ type }) => type));
  t.strictSame([...styles].sort(), ['bold', 'code', 'italic', 'pre']);
  const look = async (need: Parameters<typeof needOf>[0], what: RegExp) => {
    scene.asking.needs = [needOf(need)];
    await scene.until(String(what), () => what.test(shown(message).text));
  };
  await look({ kind: 'code', text: 'x'.repeat(8192) }, /xxx…\nIt is longer, and was cut/);
  await look({ kind: 'login', text: '\u200b\x07 ' }, /nothing that can be shown/);
  await look({ kind: 'qr', text: 'y'.repeat(4096) }, /has 4096 characters: no QR code holds that/);
  await look({ kind: 'qr', text: '' }, /nothing that can be shown/);
});

t.test('several bots, shortened names, and nobody who needs anything', async (t) => {
  const twin = needOf({ server: 'mine', life: 'mine/1', kind: 'code', text: 'twin' });
  const unit = needOf({
    session: 'unit',
    server: 'systemd',
    life: 'u',
    bot: 'b',
    kind: 'code',
    text: 'unit',
  });
  const scene = await openAsking(t, [needOf(), twin, unit]);
  const phone = await scene.owner();
  const which = await phone.ask('/login wa');
  t.match(shown(which).text, /^Which bot/);
  const buttons = shown(which).keyboard?.inline_keyboard.flat() ?? [];
  t.equal(buttons.length, 2);
  const after = lastOrder(scene.api);
  phone.forge(which, String((buttons[1] as { callback_data?: string }).callback_data));
  t.match(shown(await phone.until('the twin', /twin/, { after })).text, /enter a pairing code/);
  t.match(
    shown(await scene.look(phone, '/login uni')).text,
    /^Needs you: unit, b: /,
    'without a session',
  );
  t.match(shown(await phone.ask('/login nobody')).text, /^No bot of nobody is heard/);
  scene.ready();
  const ends = () => phone.messages().filter((one) => /is logged in/.test(shown(one).text));
  await scene.until('both ends', () => ends().length === 2);
  t.match(shown(await phone.ask('/login unit')).text, /^unit, b needs nobody now: it is ready/);
  t.match(shown(await phone.ask('/login')).text, /^No bot needs anybody now/);
});

t.test('nobody else is shown it', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  const eve = scene.stranger();
  eve.send('/login wa');
  const message = await scene.look(phone);
  eve.forge(message, 'login');
  const group = scene.api.state.chats.addGroup('all of us', [phone.person, eve.person]);
  phone.send('/login wa', { chat: group });
  t.match(shown(await phone.ask('/help')).text, /\/login: /);
  t.equal(eve.messages().length, 0);
  t.equal(scene.api.ledger.of(group.chat.id).length, 0);
  scene.telegram.pairing.remove(String(phone.person.id));
  await scene.until('it is gone', () => message.deletedAt !== undefined);
  t.notOk(phone.messages().some((one) => /still needs you|logged in/.test(shown(one).text)));
});

t.test('after its time it is gone', async (t) => {
  const scene = await openAsking(t, [needOf()], { loginTimes: { openMs: 60 } });
  const phone = await scene.owner();
  const message = await scene.look(phone);
  const over = await phone.until('the end', /^⌛ wa still needs you\..*\/login wa$/);
  t.ok(message.deletedAt);
  t.ok(shown(over).entities.some(({ type }) => type === 'code'));
  scene.asking.needs = [];
  scene.asking.bots = [];
  t.match(shown(await phone.ask('/login wa')).text, /^No bot of wa/);
});

t.test(
  'one that asks for nothing any more and is not ready, and an agent that is away',
  async (t) => {
    const scene = await openAsking(t, [needOf()], { loginTimes: { openMs: 2000 } });
    const phone = await scene.owner();
    await scene.look(phone);
    scene.asking.needs = [];
    scene.asking.bots = [{ ...standingOf(needOf()), state: 'lost' }];
    await phone.until('the end', /^wa asks for nothing any more\. .* it is lost/);
    scene.asking.needs = [needOf()];
    const message = await scene.look(phone);
    scene.answers['bot.needs'] = () => {
      throw new RequestFailure('agent-unreachable', 'nobody listens');
    };
    await phone.until('the end', /^wa: the agent does not answer\. What was shown is taken away/);
    t.ok(message.deletedAt);
    t.match(shown(await phone.ask('/login wa')).text, /^⚠️ The agent does not answer/);
  },
);

t.test(
  'an edit that does not get through is made later, and what somebody deleted is sent again',
  async (t) => {
    const scene = await openAsking(t);
    const phone = await scene.owner();
    const message = await scene.look(phone);
    scene.api.faults.next('editMessageMedia', { kind: 'error', code: 500 });
    scene.asking.needs = [needOf({ text: 'second' })];
    await scene.until('the second', () => message.versions.length === 3);
    scene.api.faults.next('editMessageMedia', {
      ...{ kind: 'error', code: 400, description: 'Bad Request: message to edit not found' },
    });
    scene.asking.needs = [needOf({ text: 'third' })];
    await scene.until('the third', () =>
      pictures(phone).some(({ messageId }) => messageId !== message.messageId),
    );
    t.equal(pictures(phone).length, 1);
    phone.block();
    scene.asking.needs = [needOf({ text: 'fourth' })];
    await scene.until('it is given up', () =>
      scene.said.some((one) => /not be shown any more/.test(one.message)),
    );
  },
);

t.test('too many at once', async (t) => {
  const all = Array.from({ length: 6 }, (_, i) =>
    needOf({ session: `wa-${i}`, life: `l${i}`, kind: 'code', text: `c${i}` }),
  );
  const scene = await openAsking(t, all);
  const phone = await scene.owner();
  for (const i of [0, 1, 2, 3]) await scene.look(phone, `/login wa-${i}`);
  t.match(shown(await phone.ask('/login wa-4')).text, /^Several are shown already/);
});

t.test('one that Telegram does not take is not shown, and may be asked for again', async (t) => {
  const scene = await openAsking(t);
  const phone = await scene.owner();
  scene.api.faults.next('sendPhoto', { kind: 'error', code: 400, description: 'Bad Request: no' });
  t.match(shown(await phone.ask('/login wa')).text, /^Something went wrong here/);
  t.ok(isPicture(await scene.look(phone)));
});
