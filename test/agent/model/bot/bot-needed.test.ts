import t from 'tap';
import {
  botLabel,
  isBotOf,
  isSameBot,
  standingsOf,
} from '../../../../agent/model/bot/bot-needed.ts';
import type { BotState } from '../../../../agent/model/bot/bot-state.ts';
import { loginCommand, needText } from '../../../../agent/model/bot/needs-you.ts';
import { born, running } from '../sample.ts';

const unit: BotState = {
  ...{ session: 'unit', server: 'systemd', life: 'boot0001/unit', bot: '' },
  ...{ connection: 'needs-login', why: '', needs: 'qr', since: born },
  ...{ login: null, error: null, lost: null },
};
const bots = {
  a: unit,
  b: { ...unit, bot: 'b', connection: null },
  c: { ...unit, session: 'other', connection: null, lost: { at: born, how: 'closed' as const } },
};

t.test('how bots are, by NAME or SERVER:NAME', async (t) => {
  const states = (name?: string) =>
    standingsOf({ ...running, bots }, name).map(({ bot, state }) => [bot, state]);
  t.strictSame(states('unit'), [
    ['', 'needs-login'],
    ['b', 'unknown'],
  ]);
  t.strictSame(states('systemd:other'), [['', 'lost']]);
  t.equal(states().length, 3);
  t.strictSame(standingsOf({}), [], 'of a snapshot of an older release');
  t.notOk(isBotOf(unit, 'main:unit'));
});

t.test('which bot it is', async (t) => {
  t.ok(isSameBot(unit, { ...unit, life: 'boot0002/unit' }), 'also in its next life');
  for (const other of [{ session: 'other' }, { server: 'main' }, { bot: 'b' }])
    t.notOk(isSameBot(unit, { ...unit, ...other }));
  t.strictSame([botLabel(unit), botLabel(bots.b)], ['unit', 'unit, b']);
});

t.test('what a person is told to do', async (t) => {
  t.strictSame(
    [needText('qr'), needText('code'), needText('login'), needText(null)],
    [...['scan a QR code', 'enter a pairing code', 'log it in', 'log it in']],
  );
  t.equal(loginCommand('wa'), 'holdfast login wa');
  t.equal(loginCommand('main:wa 2'), "holdfast login 'main:wa 2'");
  t.notMatch(loginCommand('wa\n\u0007rm'), /[\n\u0007]/);
});
