import fc from 'fast-check';
import t from 'tap';
import {
  buttonData,
  parseButton,
  sessionHash,
} from '../../../../../exporters/notifier/telegram/format/button-data.ts';
import { keyboard } from '../../../../../exporters/notifier/telegram/format/keyboard.ts';
import { hostileText } from './hostile.ts';

const verbs = ['why', 'screen', 'restart', 'ack', 'silence', 'muteall', 'unmute', 'yes', 'no'];

t.test('a button says what it is about, in 64 bytes, whatever the names', async (t) => {
  fc.assert(
    fc.property(
      fc.constantFrom(...verbs),
      fc.option(fc.oneof(fc.nat().map(String), fc.string({ maxLength: 60 }))),
      fc.option(hostileText(10)),
      (verb, incident, session) => {
        const data = buttonData(verb, { incident, session });
        t.ok(Buffer.byteLength(data) <= 64 && data.length > 0);
        const parsed = parseButton(data);
        t.equal(parsed?.verb, verb);
        if (session) t.equal(parsed?.target.session, sessionHash(session));
        if (incident && /^\d+$/.test(incident)) t.equal(parsed?.target.incident, incident);
      },
    ),
  );
});

t.test('any other data is nothing', async (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), hostileText(10)), (data) => {
      const parsed = parseButton(data);
      if (parsed) t.match(data, /^[a-z]{2,8}/);
    }),
  );
  for (const data of ['', 'why:', 'why@short', 'WHY:7', 'why:7@', `why:${'7'.repeat(41)}`])
    t.equal(parseButton(data), null, data);
});

t.test('names on buttons are short and have nothing hidden in them', async (t) => {
  const { inline_keyboard: rows } = keyboard(
    [
      { text: 'a\u202eb\nc', data: 'x' },
      { text: '', data: 'y' },
      { text: 'n'.repeat(300), data: 'z' },
    ],
    2,
  );
  t.same(
    rows.map((row) => row.map(({ text }) => text)),
    [['ab c', '?'], [`${'n'.repeat(39)}…`]],
  );
});
