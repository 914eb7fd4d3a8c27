import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { qrPicture } from '../../exporters/notifier/picture/qr.ts';
import { type Accepted, shown } from '../telegram/ledger.ts';
import { createPhone, lastOrder, type Phone, startWith } from '../telegram/phone.ts';
import { type BotApi, startBotApi } from '../telegram/server.ts';
import { startChild } from './child.ts';
import { startRig } from './rig.ts';
import { eventually } from './sampled.ts';

const program = join(import.meta.dirname, '../../exporters/notifier/main.ts');
const asker = join(import.meta.dirname, 'asking-bot.cjs');

/** Of what its codes hold; made by the bot, so that no command line has it. */
const secret = 'what-logs-in-the-bot';

const limitMs = 60_000;

const configFor = (api: BotApi): string =>
  JSON.stringify({
    sessions: {
      wa: { command: `exec ${process.execPath} ${asker} HOME/run/heartbeat.sock`, restart: false },
    },
    alerts: { telegram: { api: api.root } },
  });

const prepareFor = (api: BotApi) => (home: string) => {
  mkdirSync(join(home, 'etc/credentials'), { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'etc/credentials/telegram-token'), `${api.token}\n`, { mode: 0o600 });
};

/** The files below a directory that have the text. */
const filesWith = (directory: string, text: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'latin1').includes(text));

/** With something in it: its place is there before. */
const isPicture = (message: Accepted): boolean =>
  shown(message).media !== undefined && /^Needs you/.test(shown(message).text);

const pictureAfter = (phone: Phone, after: number): Promise<Accepted> =>
  phone.until('the QR code', isPicture, { after, limitMs });

t.test('a bot that needs a person is logged in from the phone', async (t) => {
  const api = await startBotApi();
  t.teardown(() => api.close());
  const rig = await startRig(t, { config: configFor(api), prepare: prepareFor(api) });
  const start = () => startChild(program, ['--home', rig.home], process.env);
  let notifier = start();
  t.teardown(() => notifier.kill('SIGKILL'));
  await notifier.ready;
  const ada = createPhone(api, { id: 4711, name: 'Ada' });
  const eve = createPhone(api, { id: 666, name: 'Eve' });
  const { code } = await eventually('a code', () =>
    rig.client.call('pairing.begin', {}).catch(() => undefined),
  );
  await ada.ask(startWith(code), limitMs);
  await rig.up('wa');
  const tell = (text: string) =>
    rig.client.call('session.send', { session: 'wa', text, enter: true });
  await eventually('the bot', async () => {
    const { bots } = await rig.client.call('bot.needs', { session: 'wa' });
    return bots[0];
  });
  // Not before: what was so before somebody was paired is not told him.
  await tell('next');
  const need = await eventually('what it needs', async () => {
    const { needs } = await rig.client.call('bot.needs', { session: 'wa' });
    return needs[0];
  });
  const pictureOf = async (count: number) =>
    Buffer.from((await qrPicture(need.text.replace(/1$/, String(count)))) ?? []);

  const alert = await ada.until('the alert', /wa: the bot needs you: scan a QR code/, { limitMs });
  t.match(shown(alert).text, /to do: holdfast login wa/);
  t.notMatch(shown(alert).text, secret);
  ada.press(alert, 'Show QR');
  const first = await pictureAfter(ada, shown(alert).order);
  t.same(shown(first).media?.bytes, await pictureOf(1), 'the code of the bot, as a picture');

  await tell('next');
  await api.ledger.until('the next code', () => first.versions[2], limitMs);
  t.same(shown(first).media?.bytes, await pictureOf(2), 'it is replaced in place');
  const again = ada.press(alert, 'Show QR');
  t.match((await ada.answerTo(again, limitMs)).text, /^It is shown above/, 'pressed twice');
  eve.send('/login wa');
  eve.press(alert, 'Show QR');

  await notifier.kill('SIGKILL');
  const killedAt = lastOrder(api);
  notifier = start();
  await notifier.ready;
  await api.ledger.until('what the killed one left', () => first.deletedAt, limitMs);
  ada.send('/login wa');
  const second = await pictureAfter(ada, killedAt);
  const links = rig.of('link.connected').length;
  await rig.agent.kill('SIGKILL');
  await rig.startAgent();
  await rig.until('the link', () => rig.of('link.connected')[links]);
  t.equal(second.deletedAt, undefined, 'it stays while the agent is away');

  await tell('ready');
  await ada.until('the end', /^✅ wa is logged in\.$/, { limitMs });
  t.ok(second.deletedAt, 'nothing of it stays in the chat');
  await ada.until('the end of the alert', /Resolved · .*wa: the bot needs you/s, { limitMs });
  t.equal(ada.messages().filter(isPicture).length, 0);
  t.equal(api.ledger.of(eve.person.id).length, 0, 'who is not paired is shown nothing');

  await notifier.kill('SIGTERM');
  t.strictSame(filesWith(rig.home, secret), [], 'it is in no file');
  t.notMatch(JSON.stringify(await rig.events()), secret);
  t.notMatch(notifier.said(), secret, 'nor in what the notifier says');
  t.match(notifier.said(), /what a bot needs is shown to somebody/);
});
