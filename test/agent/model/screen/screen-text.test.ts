import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { plainScreen, screenText } from '../../../../agent/model/screen/screen-text.ts';

const esc = '\x1b';

t.test('characters, line feeds and colours stay', async (t) => {
  for (const text of [
    'plain\n\n  text ',
    `${esc}[31mred${esc}[0m ${esc}[1;38;5;208mx${esc}[m`,
    `${esc}[38:2::255:100:0mtrue${esc}[39;49m`,
    '漢字 🎉 é e\u0301 ┌─┐',
  ]) {
    t.equal(screenText(text), text);
  }
});

t.test('everything else that does something to a terminal is taken out', async (t) => {
  const cases: [string, string][] = [
    [`a${esc}[2Jb${esc}[10;5Hc${esc}[?25ld${esc}[>4;2me`, 'abcde'],
    [`a${esc}]0;title\x07b${esc}]52;c;AAAA${esc}\\c`, 'abc'],
    [`${esc}]8;;https://evil.example\x1b\\link${esc}]8;;\x1b\\`, 'link'],
    [`a${esc}Pq#0!5~${esc}\\b${esc}_app${esc}\\c${esc}^pm${esc}\\d`, 'abcd'],
    [`a${esc}]0;never ended\nnext`, 'a\nnext'],
    [`a${esc}cb${esc}(0c${esc}=d${esc}7e`, 'abcde'],
    ['a\u009b2Jb\u009dtitle\u009cc\u0090x\u009cd', 'abcd'],
    ['a\x00b\x07c\rd\te\x7ff\u0085g', 'abcdefg'],
    ['a\u202eb\u2066c\u200fd\u2028e', 'abcde'],
    [`${esc}${esc}[2J[2Jx`, '[2Jx'],
    [`${esc}\x01[2Jx`, '[2Jx'],
    [`${esc}[31`, ''],
    [`x${esc}`, 'x'],
    [`${esc}[31;mx${esc}[=5my${esc}[3 mz`, `${esc}[31;mxyz`],
    [`${esc}[${'1;'.repeat(200)}mx`, 'x'],
    ['a\ud800b', 'a\ufffdb'],
  ];
  for (const [i, [text, expected]] of cases.entries()) t.equal(screenText(text), expected, `${i}`);
});

t.test('what draws lines becomes characters that draw lines', async (t) => {
  t.equal(screenText('\x0elqqk\x0f\n\x0ex\x0f q \x0ex\x0f\n\x0emqqj\x0f'), '┌──┐\n│ q │\n└──┘');
  t.equal(screenText(`\x0eq${esc}[31mq\x0fm`), `─${esc}[31m─m`, 'an escape keeps its letters');
  t.equal(screenText('a\x0fb\x0ex'), 'ab│', 'never shifted out, and never in again');
});

/** What may be left: characters that act on nothing, line feeds, SGR. */
const harmless = /^(?:[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]|\n|\x1b\[[0-9;:]{0,200}m)*$/u;

t.test('whatever a terminal can be sent, nothing that acts is left', async () => {
  const piece = fc.oneof(
    fc.constantFrom(
      esc,
      '[',
      ']',
      'P',
      '\\',
      '\x07',
      'm',
      ';',
      '31',
      '\x0e',
      '\x0f',
      '\n',
      '?',
      ' ',
    ),
    fc.string({ unit: 'binary', maxLength: 5 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = screenText(pieces.join(''));
      assert.match(text, harmless);
      assert.equal(screenText(text), text, 'a second time changes nothing');
    }),
    { numRuns: 3000 },
  );
});

t.test('a screen as large as may be, of nothing but beginnings, comes to an end', async (t) => {
  const worst = [`${esc}]`, `${esc}[`, `${esc}P`, '\x0e', `${esc}[1`, `${esc} `, '\u009d'];
  for (const text of worst) {
    t.equal(plainScreen(text.repeat(1024 * 1024)).includes(esc), false);
    t.equal(screenText(text.repeat(1024 * 1024)), '', `${worst.indexOf(text)}`);
  }
});
