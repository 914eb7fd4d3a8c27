import type { MessageEntity } from '@grammyjs/types';
import t from 'tap';
import { formatText } from './formatted-text.ts';

const format = (text: string, parseMode = 'HTML', entities: MessageEntity[] = []) =>
  formatText({ text, parseMode, entities });

const types = (text: string): string[] =>
  format(text).entities.map((entity) => `${entity.type} ${entity.offset} ${entity.length}`);

t.test('control characters and overrides of direction go', async (t) => {
  t.equal(format('a\u0007b\tc\r\nd\u202ee', '').text, 'a b c\nde');
  t.same(format('\n <b>x\r\u202e</b> \n'), {
    text: 'x',
    entities: [{ type: 'bold', offset: 0, length: 1 }],
  });
  t.same(format('<b> </b>'), { text: '', entities: [] });
  t.equal(format(' <pre>  indented\n </pre> ').text, '  indented', 'not in front, in an entity');
});

t.test('what clients make tappable is found, but not in code', async (t) => {
  t.same(types('see https://example.org/x, or www.example.org'), ['url 4 21', 'url 30 15']);
  t.same(types('/restart web and a/b'), ['bot_command 0 8']);
  t.same(types('@someone #tag a@example.org'), ['mention 0 8', 'hashtag 9 4', 'email 14 13']);
  t.same(types('<pre>/restart https://example.org @someone</pre>'), ['pre 0 37']);
  t.same(types('see /home/ada/x or 3/4'), [], 'a path is no command');
});

t.test('what cannot be read is a bad request', async (t) => {
  t.throws(() => format('<b>'), {
    code: 400,
    message: `Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
  });
  t.throws(() => format('x', 'fancy'), { message: 'Bad Request: unsupported parse_mode' });
  t.throws(() => format('x'.repeat(40_000), ''), { message: 'Bad Request: text is too long' });
  t.equal(format('<b>', '').text, '<b>', 'without a parse mode nothing is parsed');
});

t.test('entities in place of markup', async (t) => {
  const refused = (text: string, offset: number, length: number, type = 'code'): string => {
    const entities = [{ type, offset, length } as MessageEntity];
    try {
      return `accepted ${JSON.stringify(format(text, '', entities).entities)}`;
    } catch (error) {
      return (error as Error).message.replace('Bad Request: ', '');
    }
  };
  const text = '👉 👉';
  t.equal(refused(text, 0, 2), 'accepted [{"type":"code","offset":0,"length":2}]');
  t.equal(refused(text, 1, 1), 'entity begins in a middle of a UTF-16 symbol at byte offset 4');
  t.equal(
    refused(text, 0, 1),
    'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 4',
  );
  t.equal(
    refused('aba caba', 3, 6),
    'entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 9',
  );
  t.equal(refused('x', 9, 1), 'entity begins after the end of the text at UTF-16 offset 9');
  t.equal(refused('x', -1, 1), 'receive an entity with incorrect offset -1');
  t.equal(refused('x', 0, 1, 'url'), 'accepted []', 'what is found is not believed');
  t.match(refused('x', 0, 1, 'large'), /Unsupported type specified$/);
  t.same(
    format('/restart', '', [{ type: 'code', offset: 0, length: 8 }]).entities.map((e) => e.type),
    ['code'],
  );
});

t.test('what nobody could see is no text', async (t) => {
  for (const blank of ['\u2800', '\u200b\u200d', '\ufeff \u00ad\u2060']) {
    t.equal(format(blank, '').text, '', JSON.stringify(blank));
  }
  t.equal(format('\u2800x', '').text, '\u2800x');
});
