import t from 'tap';
import { addressOf } from '../../../../exporters/notifier/credentials/address.ts';

const credentials = (text: string | null) => ({ read: () => text });
const fromCredential = { url: null, urlCredential: 'hook' };

t.test('of the configuration, or of a credential', async (t) => {
  const inPlain = { url: 'https://example.org/x', urlCredential: null };
  t.equal(addressOf(inPlain, credentials(null)).href, 'https://example.org/x');
  const secret = addressOf(fromCredential, credentials(' http://127.0.0.1:1/SECRET '));
  t.equal(secret.href, 'http://127.0.0.1:1/SECRET');
});

t.test('what is missing or no address is said, and not shown', async (t) => {
  t.throws(() => addressOf(fromCredential, credentials(null)), { code: 'no-credential' });
  for (const text of ['SECRET', 'file:///SECRET', '//SECRET', 'http://', 'javascript:SECRET']) {
    try {
      addressOf(fromCredential, credentials(text));
      t.fail(`taken: ${text}`);
    } catch (cause) {
      t.match(cause, { code: 'bad-address', message: /the credential hook/ });
      t.notMatch(String((cause as Error).stack), /SECRET/);
    }
  }
});
