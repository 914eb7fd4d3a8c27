import t from 'tap';
import { ProtocolFailure, RequestFailure } from '../../../../../agent/model/failure.ts';
import { deathOf, reportOf } from '../../../../agent/cli/sample.ts';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { lastOrder, type Phone } from '../../../../telegram/phone.ts';
import { openScene, type Scene } from '../scene.ts';

const deeds = ({ calls }: Scene) => calls.filter(({ method }) => method.startsWith('session.'));

const dataOf = (message: Accepted, index = 0): string => {
  const button = shown(message).keyboard?.inline_keyboard.flat()[index];
  return button && 'callback_data' in button ? button.callback_data : '';
};

/** Asks, and answers the question that comes back. */
const questionTo = (scene: Scene, phone: Phone, text: string): Promise<Accepted> => {
  const after = lastOrder(scene.api);
  phone.send(text);
  return phone.until(`a question about ${text}`, /\?\n/, { after });
};

t.test('nothing is ended before it is confirmed, and then once', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  for (const [deed, done] of [
    ['restart', 'Restarted'],
    ['start', 'Started'],
    ['stop', 'Stopped'],
  ] as const) {
    const before = deeds(scene).length;
    const question = await questionTo(scene, phone, `/${deed} bot`);
    t.match(shown(question).text, new RegExp(`^${deed} bot\\?`, 'i'));
    t.equal(deeds(scene).length, before);
    const data = dataOf(question);
    const query = phone.press(question, `Yes, ${deed}`);
    await phone.until('the end', (message) => shown(message).text === `✅ ${done} bot.`);
    t.equal(shown(question).text, `✅ ${done} bot.`, 'the question is no question any more');
    t.ok(await phone.answerTo(query));
    t.match(deeds(scene).slice(before), [
      {
        method: `session.${deed}`,
        params: { session: 'bot', remote: { channel: 'telegram', user: String(phone.person.id) } },
      },
    ]);
    const late = await phone.answerTo(phone.forge(question, data));
    t.equal(late.text, 'Answered already.');
    t.equal(deeds(scene).length, before + 1, 'once');
  }
});

t.test('two presses at the same moment are one deed', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const question = await questionTo(scene, phone, '/stop bot');
  const data = dataOf(question);
  const queries = Array.from({ length: 5 }, () => phone.forge(question, data));
  for (const query of queries) await phone.answerTo(query);
  await scene.until('done', () => deeds(scene).length > 0);
  await phone.ask('/help');
  t.equal(deeds(scene).length, 1);
});

t.test('no, too late, somebody else, after a restart of ours', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const other = await scene.owner();
  const no = await questionTo(scene, phone, '/stop bot');
  phone.press(no, 'No');
  await phone.until('no', (message) => shown(message).text === 'Not done: stop bot.');
  const theirs = await questionTo(scene, phone, '/stop bot');
  const own = await other.ask('/help');
  t.equal(
    (await other.answerTo(other.forge(own, dataOf(theirs)))).text,
    'Only who asked may confirm.',
  );
  scene.clock.ahead += 121_000;
  t.match((await phone.answerTo(phone.press(theirs, 'Yes'))).text, /^Too late/);
  const lost = await questionTo(scene, phone, '/stop bot');
  await scene.restart();
  t.match((await phone.answerTo(phone.press(lost, 'Yes'))).text, /^Too late/);
  t.same(deeds(scene), []);
});

t.test('only an exact name will do', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const choice = await phone.ask('/restart BO');
  t.match(shown(choice).text, /exact name/);
  phone.press(choice, 'bot');
  await phone.until('the question', /^Restart bot\?/);
  t.match(shown(await phone.ask('/stop nobody')).text, /^There is no session or unit nobody/);
  t.same(deeds(scene), []);
});

t.test('what became of it is told', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const press = async (outcome: () => unknown, looks: RegExp) => {
    scene.answers['session.restart'] = outcome;
    const question = await questionTo(scene, phone, '/restart bot');
    phone.press(question, 'Yes');
    t.match(shown(await phone.until(String(looks), looks)).text, looks);
  };
  const failed = { action: 'A', outcome: 'failed', message: 'no such command' };
  await press(() => failed, /^❌ Restart bot: no such command$/);
  await press(() => {
    throw new RequestFailure('not-declared', '"bot" is not declared');
  }, /^❌ Restart bot: Not done: "bot" is not declared$/);
  await press(() => {
    throw new ProtocolFailure('no-answer', 'no answer in 5 s');
  }, /^❌ Restart bot: Nobody knows whether it was done: no answer in 5 s\nLook with \/status/);
});

t.test('the buttons of an incident', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const page = await phone.ask('/why');
  phone.press(page, 'Restart');
  await phone.until('a question', /^Restart bot\?/);
  phone.press(page, 'Acknowledge');
  await phone.until('acknowledged', /^👍/);
  t.match(scene.calls.at(-1), { params: { incident: '7', remote: { channel: 'telegram' } } });
  scene.answers.incident = () => reportOf([deathOf('bot'), deathOf('web')]);
  const many = await phone.ask('/why');
  phone.press(many, 'Restart');
  const which = await phone.until('which', /^Which one/);
  phone.press(which, 'web');
  await phone.until('a question', /^Restart web\?/);
  t.same(deeds(scene), []);
});

t.test('old and forged buttons are answered politely', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const page = await phone.ask('/help');
  const forged: [string, RegExp][] = [
    ['', /too old/],
    ['x', /too old/],
    ['constructor', /too old/],
    ['restart', /too old/],
    ['unmute', /too old/],
    ['yes', /Too late/],
    ['yes:AAAAAAAAAAAAAAAA', /Too late/],
    ['restart@AAAAAAAAAA', /not known any more/],
    ['why@AAAAAAAAAA', /not known any more/],
    ['screen', /not known any more/],
    ['why:7:8:9', /too old/],
    ['<b>&'.repeat(16), /too old/],
  ];
  for (const [data, looks] of forged)
    t.match((await phone.answerTo(phone.forge(page, data))).text, looks, data);
  t.same(deeds(scene), []);
  const stranger = scene.stranger();
  stranger.forge(page, 'ack');
  await scene.until('refused', () => scene.telegram.status().strangers === 1);
  t.notOk(scene.calls.some(({ method }) => method === 'alert.acknowledge'));
});

t.test('a press is answered soon, however long the deed takes', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  scene.answers['session.restart'] = () => promise;
  const question = await questionTo(scene, phone, '/restart bot');
  const query = phone.press(question, 'Yes');
  await phone.answerTo(query);
  t.match(shown(question).text, /^⏳ Restarting bot/);
  t.match(shown(await phone.ask('/help')).text, /\/status/, 'others are not waited for');
  resolve({ action: 'A', outcome: 'done', message: '' });
  await phone.until('done', /^✅ Restarted bot/);
});
