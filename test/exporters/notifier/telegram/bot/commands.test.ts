import t from 'tap';
import { RequestFailure } from '../../../../../agent/model/failure.ts';
import { commandTexts } from '../../../../../exporters/notifier/telegram/texts/commands.ts';
import { sessionOf, silenceOf, statusOf } from '../../../../agent/cli/sample.ts';
import { type Accepted, shown } from '../../../../telegram/ledger.ts';
import { openScene } from '../scene.ts';

const buttonsOf = (message: Accepted): string[] =>
  shown(message)
    .keyboard?.inline_keyboard.flat()
    .map(({ text }) => text) ?? [];

t.test('looking', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const cases: [string, RegExp, string[]][] = [
    [
      '/status',
      /^🟠 vps1\.example\.com supervising 3 sessions.*\nSessions: 3 up, 1 dead\n⚫ Dead: gateway\n⚠️ tmux server default is hung\nLoad 0\.52/,
      ['gateway'],
    ],
    ['/sessions', /^⚫ gateway .*4 deaths\n🟢 bot .*12 MiB\n🟢 web /, []],
    [
      '/why',
      /^bot died: killed by SIGKILL\n.*\nthe program of "bot" was ended by SIGKILL\ncertain \(signal, scope session\)/,
      ['Screen', 'Restart', 'Acknowledge'],
    ],
    [
      '/why b',
      /Not seen\n– who sent it: .*\n\nWhat Holdfast did\n/s,
      ['Screen', 'Restart', 'Acknowledge'],
    ],
    ['/why@holdfast_demo_bot 7', /^bot died/, ['Screen', 'Restart', 'Acknowledge']],
    ['/why web', /^bot died/, ['Screen', 'Restart', 'Acknowledge']],
    ['/why we', /^Which one\?/, ['web', 'web.dev']],
    [
      '/why nobody <b>',
      /^There is no session or unit nobody <b>\.$/,
      ['bot', 'web', 'web.dev', 'gateway'],
    ],
    [
      '/incidents',
      /^The last 1 incident\n1\. bot died: killed by SIGKILL \(\d+\w ago\)/,
      ['Why 1'],
    ],
    ['/help', /^\/status: How things are\n/, []],
    ['/start', /^\/status: How things are\n/, []],
    ['/nonsense x', /^There is no \/nonsense\. Send \/help\.$/, []],
    ['/constructor', /^There is no \/constructor/, []],
    ['what is up', /^Send a command; \/help lists them\.$/, []],
  ];
  for (const [command, looks, buttons] of cases) {
    const answer = await phone.ask(command);
    t.match(shown(answer).text, looks, command);
    t.same(buttonsOf(answer), buttons, command);
  }
  t.ok(Object.keys(commandTexts).every((name) => /^[a-z]{1,32}$/.test(name)));
  t.same(scene.said, []);
});

t.test(
  "a command for another bot is not ours, and one that was forwarded is nobody's",
  async (t) => {
    const scene = await openScene(t);
    const phone = await scene.owner();
    phone.send('/status@other_bot');
    t.match(shown(await phone.ask('/help')).text, /\/status: /);
    t.equal(scene.calls.length, 0);
    const from = phone.person;
    scene.api.queue.push({
      message: {
        ...{ message_id: 900, from, chat: phone.chat.chat, date: 1, text: '/ack' },
        forward_origin: { type: 'hidden_user', sender_user_name: 'x', date: 1 },
      },
    } as never);
    await phone.until('a refusal', /forwarded message is not obeyed/);
    t.equal(scene.calls.length, 0);
  },
);

t.test('names of any characters', async (t) => {
  const scene = await openScene(t);
  const names = ['a b', '/stop', '<b>&', '日本語', 'x'.repeat(300), 't.me/x', 'a b text'];
  scene.answers.status = () => statusOf({ sessions: names.map((name) => sessionOf(name)) });
  const phone = await scene.owner();
  const list = await phone.ask('/sessions');
  t.same(
    shown(list).entities.filter(({ type }) => type !== 'code'),
    [],
    'none of them is to be pressed',
  );
  for (const name of names.slice(0, -1)) {
    await phone.ask(`/why ${name}`);
    t.match(scene.calls.at(-1), { method: 'incident', params: { session: name } });
  }
  const choice = await phone.ask('/why');
  t.ok(choice);
  const which = await phone.ask('/restart');
  phone.press(which, '日本語');
  t.match(shown(await phone.until('a question', /^Restart 日本語\?/)).text, /begins anew/);
  await phone.ask('/screen a b text');
  t.match(scene.calls.at(-1), { method: 'screen.capture', params: { session: 'a b' } });
});

t.test('the same name on two servers', async (t) => {
  const scene = await openScene(t);
  const sessions = [sessionOf('bot'), sessionOf('bot', { server: 'other' })];
  scene.answers.status = () => statusOf({ sessions });
  const phone = await scene.owner();
  t.same(buttonsOf(await phone.ask('/stop bot')), ['main:bot', 'other:bot']);
  await phone.ask('/why other:bot');
  t.match(scene.calls.at(-1), { method: 'incident', params: { session: 'other:bot' } });
});

t.test('acknowledge and silence, with who asked', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const { id } = phone.person;
  const remote = { channel: 'telegram', user: String(id), name: `Ada ${id} @ada${id}` };
  t.match(shown(await phone.ask('/ack')).text, /^👍 Acknowledged: demo-1\.$/);
  t.same(scene.calls.at(-1), { method: 'alert.acknowledge', params: { remote } });
  await phone.ask('/silence bot');
  const usual = { session: 'bot', forMs: 3_600_000, remote, reason: 'asked for on Telegram' };
  t.same(scene.calls.at(-1), { method: 'alert.silence', params: usual });
  t.match(
    shown(await phone.ask('/silence all 30m new release')).text,
    /^🔕 Everything is silenced until /,
  );
  t.match(scene.calls.at(-1), {
    params: { session: null, forMs: 1_800_000, reason: 'new release' },
  });
  t.match(shown(await phone.ask('/silence bot 400d')).text, /from one minute to 30 days/);
  t.match(shown(await phone.ask('/silence we')).text, /^Only the exact name/);
  scene.answers.status = () => statusOf({ silences: [silenceOf('bot', { server: 'main' })] });
  const list = await phone.ask('/silence');
  t.match(shown(list).text, /^Silenced now\n🔕 main:bot is silenced until .* new release\n/);
  t.same(buttonsOf(list), ['Everything 1 h', 'End: main:bot']);
  phone.press(list, 'End: main:bot');
  await phone.until('its end', /^🔔 demo-1 is no longer silenced/);
  t.same(scene.calls.at(-1), { method: 'alert.unsilence', params: { silence: 's4', remote } });
  phone.press(list, 'Everything 1 h');
  await scene.until('silence', () => scene.calls.at(-1)?.method === 'alert.silence');
  t.match(scene.calls.at(-1), { params: { session: null, forMs: 3_600_000 } });
});

t.test('an agent that is not there, does not know, or never answers', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  for (const name of Object.keys(scene.answers)) delete scene.answers[name as 'status'];
  for (const command of [
    '/status',
    '/sessions',
    '/why',
    '/incidents',
    '/screen x',
    '/restart x',
    '/ack',
    '/silence all 1h',
  ])
    t.equal(
      shown(await phone.ask(command)).text,
      '⚠️ The agent does not answer: nobody listens',
      command,
    );
  scene.answers.incident = () => {
    throw new RequestFailure('unknown-incident', 'there has been no incident at t.me/x');
  };
  const answer = shown(await phone.ask('/why'));
  t.equal(answer.text, 'Not done: there has been no incident at t.me/x');
  t.same(
    answer.entities.map(({ type }) => type),
    ['code'],
  );
  scene.answers.status = () => ({ garbage: true });
  t.match(shown(await phone.ask('/status')).text, /^Something went wrong here/);
  t.match(scene.said, [{ level: 'warn', message: 'somebody could not be answered' }]);
});

t.test('a session called all is not everything', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  scene.answers.status = () => statusOf({ sessions: [sessionOf('all'), sessionOf('bot')] });
  const which = await phone.ask('/silence all 30m');
  t.match(shown(which).text, /^A session is called all: is everything meant/);
  t.same(buttonsOf(which), ['Everything 1 h', 'all']);
  t.notOk(scene.calls.some(({ method }) => method === 'alert.silence'));
  phone.press(which, 'all');
  await phone.until('that session', /^🔕 all is silenced/);
  t.match(scene.calls.at(-1), { method: 'alert.silence', params: { session: 'all' } });
});

t.test('everything can be silenced, however many silences there are', async (t) => {
  const scene = await openScene(t);
  const phone = await scene.owner();
  const silences = Array.from({ length: 30 }, (_, i) => silenceOf(`s${i}`));
  scene.answers.status = () => statusOf({ silences });
  t.equal(buttonsOf(await phone.ask('/silence'))[0], 'Everything 1 h');
});
