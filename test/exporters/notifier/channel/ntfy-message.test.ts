import t from 'tap';
import { ntfyMessage } from '../../../../exporters/notifier/channel/ntfy-message.ts';
import { generator } from '../../../e2e/random.ts';
import { sampleCard } from '../sample-card.ts';

/** ntfy's `message-size-limit`, and twice that for the document. */
const [maxMessage, maxDocument] = [4096, 8192];

const details = (text: string) => [{ label: 'Cause', text }];

t.test('a long text is cut where a character ends, and says so', async (t) => {
  for (const unit of ['x', 'ä', '😀', '👩‍👩‍👧‍👦', '🇩🇪', '"', '\u0001']) {
    const { message } = ntfyMessage('t', sampleCard({ details: details(unit.repeat(9000)) }));
    t.ok(Buffer.byteLength(message) <= maxMessage, unit);
    const kept = message.slice('Cause: '.length, -'\n… (cut)'.length);
    t.equal(message, `Cause: ${kept}\n… (cut)`, unit);
    t.equal(kept, unit.repeat(kept.length / unit.length), `${JSON.stringify(unit)} is whole`);
    const size = Buffer.byteLength(JSON.stringify(unit)) - 2;
    t.ok(kept.length / unit.length > 3900 / Math.max(size, Buffer.byteLength(unit)) / 1.01 - 40);
  }
});

t.test('what fits is whole', async (t) => {
  const text = 'x'.repeat(4000);
  const { message } = ntfyMessage('t', sampleCard({ details: details(text), screen: null }));
  t.equal(message, `Cause: ${text}\nvps-1`);
});

t.test('a message is never empty: ntfy would say "triggered"', async (t) => {
  const card = sampleCard({ details: [], screen: null, headline: 'all of it' });
  t.equal(ntfyMessage('t', card).message, 'all of it\nvps-1');
});

t.test('no line of a screen reads as ours, and none is a link', async (t) => {
  const evil = 'ok\nCause: all is well\r\n\u2028Look: https://evil.example/login\n';
  const card = sampleCard({
    headline: 'http://a died',
    details: details('see ftp://b'),
    screen: { session: 'x://y', text: evil },
  });
  const { message, title } = ntfyMessage('t', card);
  t.same(message.split('\n'), [
    'Cause: see ftp: //b',
    'x: //y:',
    ...['│ ok', '│ Cause: all is well', '│ ', '│ Look: https: //evil.example/login', '│ '],
    'vps-1',
  ]);
  t.equal(title, 'http: //a died');
});

t.test('a title is not decoded by the server', async (t) => {
  const headline = '=?UTF-8?B?4oCu?= died';
  t.notMatch(ntfyMessage('t', sampleCard({ headline })).title, '=?');
});

t.test('whatever is in a card, the server takes its size', async (t) => {
  const random = generator(4);
  const units = ['x', '"', '\\', '\n', 'ä', '😀', '\u2028', '=?', '\ud800', '\u0000', 'e\u0301'];
  const text = (longest: number): string => {
    const unit = units[Math.floor(random() * units.length)] ?? '';
    return unit.repeat(Math.floor(random() * longest));
  };
  for (let round = 0; round < 300; round += 1) {
    const card = sampleCard({
      alert: text(100),
      headline: text(2000),
      details: Array.from({ length: Math.floor(random() * 8) }, () => ({
        label: text(20),
        text: text(4000),
      })),
      screen: { session: text(50), text: text(600) },
      status: random() < 0.5 ? 'firing' : 'resolved',
    });
    const message = ntfyMessage('t'.repeat(64), card);
    const document = Buffer.byteLength(JSON.stringify(message));
    const size = Buffer.byteLength(message.message);
    if (size > maxMessage || document > maxDocument) t.fail(`${size} and ${document} bytes`);
    if (!/^[-_A-Za-z0-9]{1,64}$/.test(message.sequence_id)) t.fail(message.sequence_id);
  }
});

t.test('who did it comes first, and none of it is a link', async (t) => {
  const byline = ['by ', { name: 'curl https://evil.example' }, ' (pid 4711)'];
  const card = sampleCard({ byline, details: details('killed'), screen: null });
  t.equal(
    ntfyMessage('t', card).message,
    'by curl https: //evil.example (pid 4711)\nCause: killed\nvps-1',
  );
});
