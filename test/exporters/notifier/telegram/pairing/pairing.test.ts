import t from 'tap';
import { shown } from '../../../../telegram/ledger.ts';
import { startWith } from '../../../../telegram/phone.ts';
import { upgradeGroup } from '../../../../telegram/upgrade-group.ts';
import { sampleCard } from '../../sample-card.ts';
import { openScene } from '../scene.ts';

const minute = 60_000;

t.test('the first to send the code in time is an owner', async (t) => {
  const scene = await openScene(t);
  const phone = scene.stranger(1001);
  const events: string[][] = [];
  scene.telegram.onChannels(() => events.push(scene.telegram.channels().map(({ name }) => name)));
  await scene.until('its name', () => scene.telegram.status().bot !== '');
  const { code, url, bot } = scene.telegram.pairing.begin();
  t.match(code, /^[A-HJ-NP-Z2-9]{8}$/);
  t.equal(bot, scene.api.me.username);
  t.equal(url, `https://t.me/${bot}?start=${code}`);
  const welcome = await phone.ask(startWith(code));
  t.match(shown(welcome).text, /^👋 You are paired with vps1.example.com/);
  t.match(scene.telegram.pairing.list(), [
    { user: '1001', chat: '1001', name: 'Mallory @mallory' },
  ]);
  t.same(events, [['telegram:1001']]);
  t.same(scene.chats.at(-1), ['1001']);
  t.match(scene.recorded, [{ type: 'remote.paired', data: { remote: { user: '1001' } } }]);
  await scene.api.ledger.until('the menu', ({ requests }) =>
    requests.some(({ method, outcome }) => method === 'setMyCommands' && outcome === 200)
      ? true
      : undefined,
  );
  const again = scene.stranger(1002);
  again.send(startWith(code));
  await scene.until('refused', () => scene.telegram.status().strangers === 1);
  t.equal(scene.telegram.pairing.list().length, 1, 'a code is good once');
});

t.test('people stay paired, go, and come again', async (t) => {
  const scene = await openScene(t);
  const ada = await scene.owner();
  const eve = await scene.owner();
  await scene.restart();
  t.equal(scene.telegram.pairing.list().length, 2);
  t.same(
    scene.telegram.channels().map(({ name }) => name),
    [`telegram:${ada.person.id}`, `telegram:${eve.person.id}`],
  );
  t.match(shown(await ada.ask('/help')).text, /\/status/);
  const kept = scene.telegram.channels()[1];
  scene.telegram.pairing.remove(String(ada.person.id));
  t.match(shown(await ada.until('goodbye', /no longer paired/)).text, /vps1/);
  t.same(scene.telegram.channels(), [kept], 'the channel of the other one is the same');
  t.throws(() => scene.telegram.pairing.remove('1'), { code: 'unknown-person' });
  t.match(
    scene.recorded.map(({ type }) => type),
    ['remote.paired', 'remote.paired', 'remote.unpaired'],
  );
  const before = ada.messages().length;
  ada.send('/status');
  eve.send('/help');
  await eve.until('help', /\/status/);
  t.equal(ada.messages().length, before, 'who was removed gets silence');
});

t.test('strangers get silence, and are recorded once an hour', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  const stranger = scene.stranger();
  const done = async () => {
    const { text } = shown(await owner.ask('/help'));
    return text;
  };
  for (const text of ['/start', '/stop bot', 'hello', '/start WRONGWRONG']) stranger.send(text);
  await done();
  t.equal(stranger.messages().length, 0);
  t.match(scene.recorded.slice(1), [
    { type: 'remote.refused', data: { what: '/start', remote: { user: '666' } } },
  ]);
  t.equal(scene.recorded.length, 2);
  t.equal(scene.telegram.status().strangers, 4);
  t.equal((await scene.restart()).status().strangers > 0, true, 'the count goes on');
  scene.clock.ahead += 61 * minute;
  stranger.send('hi');
  await done();
  t.match(scene.recorded.at(-1), { type: 'remote.refused', data: { what: 'message' } });
  t.equal(scene.api.ledger.answers.length, 0);
});

t.test('a chat that became another one is kept', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  const group = scene.api.chats.addGroup('night', [owner.person]);
  scene.db.prepare('update telegram_person set chat = ?').run(String(group.chat.id));
  await scene.restart();
  const next = upgradeGroup(scene.api.state, group.chat.id);
  const [channel] = scene.telegram.channels();
  const outcome = await channel?.deliver(sampleCard(), null, new AbortController().signal);
  t.match(outcome, { kind: 'accepted' });
  t.equal(scene.api.ledger.of(next.chat.id).length, 1);
  t.match(scene.telegram.pairing.list(), [{ chat: String(next.chat.id) }]);
  t.same(scene.chats.at(-1), [String(next.chat.id)]);
  await scene.restart();
  t.equal(scene.telegram.channels()[0]?.name, `telegram:${owner.person.id}`, 'what waits finds it');
});

t.test('a disk that takes nothing: nobody is paired, and nothing else ends', async (t) => {
  const scene = await openScene(t);
  const owner = await scene.owner();
  scene.db.exec('pragma query_only = on');
  const late = scene.stranger(1003);
  late.send(startWith(scene.telegram.pairing.begin().code));
  await scene.until('said', () =>
    scene.said.some(({ message }) => /could not be handled/.test(message)),
  );
  t.equal(late.messages().length, 0);
  t.match(shown(await owner.ask('/help')).text, /\/status/);
  scene.db.exec('pragma query_only = off');
});

t.test('nobody comes or goes of whom the log is not told', async (t) => {
  let isFull = false;
  const recorded: string[] = [];
  const scene = await openScene(t, {
    record: (events) => {
      if (isFull) throw new Error('database or disk is full');
      recorded.push(...events.map(({ type }) => type));
    },
  });
  const owner = await scene.owner();
  const user = String(owner.person.id);
  isFull = true;
  const told = scene.chats.length;
  t.throws(() => scene.telegram.pairing.remove(user), /full/);
  t.match(scene.telegram.pairing.list(), [{ user }]);
  t.same(scene.chats.slice(told), [[user]], 'whoever wants to know is told what is so');
  t.match(scene.telegram.channels(), [{ name: `telegram:${user}` }]);
  const late = scene.stranger(1003);
  late.send(startWith(scene.telegram.pairing.begin().code));
  await scene.until('said', () =>
    scene.said.some(({ message }) => /could not be handled/.test(message)),
  );
  t.equal(scene.telegram.pairing.list().length, 1);
  isFull = false;
  scene.db.exec('pragma query_only = on');
  t.throws(() => scene.telegram.pairing.remove(user));
  late.send(startWith(scene.telegram.pairing.begin().code));
  await scene.until('taken back', () => recorded.length === 3);
  scene.db.exec('pragma query_only = off');
  t.same(recorded, ['remote.paired', 'remote.paired', 'remote.unpaired']);
  t.match(scene.telegram.pairing.list(), [{ user }]);
});

t.test('who is paired anew is told nothing that waited before', async (t) => {
  const scene = await openScene(t);
  const phone = scene.stranger(1001);
  const names: string[] = [];
  for (let i = 0; i < 3; i += 1) {
    await phone.ask(startWith(scene.telegram.pairing.begin().code));
    names.push(...scene.telegram.channels().map(({ name }) => name));
    const before = phone.messages().length;
    scene.telegram.pairing.remove('1001');
    await scene.until('goodbye', () => phone.messages().length > before);
  }
  t.same(names, ['telegram:1001', 'telegram:1001.2', 'telegram:1001.3']);
});
