import fc from 'fast-check';
import t from 'tap';
import { readHead } from '../../../../agent/link/probe/http-head.ts';

t.test('the head of an answer, once it is whole', (t) => {
  const whole = 'HTTP/1.1 302 Found\r\nX: y\r\nLOCATION:  /there \r\n\r\nbody';
  t.strictSame(readHead(whole), { status: 302, location: '/there' });
  t.strictSame(readHead('HTTP/1.0 200\n\n'), { status: 200, location: null });
  for (const part of ['', 'HT', 'HTTP/1.1 200 OK\r\n', 'HTTP/1.1 200 OK\r\nx: y\r\n']) {
    t.equal(readHead(part), null, part);
  }
  t.end();
});

t.test('one that announces another is passed over', (t) => {
  const hints = 'HTTP/1.1 103 Early Hints\r\nlocation: /x\r\n\r\n';
  t.equal(readHead(hints), null);
  t.strictSame(readHead(`${hints}HTTP/1.1 204 No Content\r\n\r\n`), {
    status: 204,
    location: null,
  });
  t.match(readHead('HTTP/1.1 101 Switching Protocols\r\n\r\n'), { status: 101 });
  t.end();
});

t.test('what is no HTTP is told as soon as that is plain', (t) => {
  for (const text of ['SSH-2.0', 'HTTP/2', 'HTTP/1.1 900 x\r\n\r\n', 'HTTP/1.1 2000 x\r\n\r\n']) {
    t.equal(readHead(text), 'wrong', text);
  }
  t.end();
});

t.test('whatever is sent, it is a head, none, or not yet one', (t) => {
  const pieces = fc.constantFrom('HTTP/1.1 ', '200', '103', ' OK', '\r\n', '\n', 'location: ', 'x');
  const texts = fc.oneof(
    fc.string(),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const head = readHead(text);
      if (head === null || head === 'wrong') return true;
      return head.status >= 101 && head.status <= 599;
    }),
  );
  t.end();
});
