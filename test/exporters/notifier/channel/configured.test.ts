import t from 'tap';
import { configuredChannels } from '../../../../exporters/notifier/channel/configured.ts';
import { sampleCard } from '../sample-card.ts';
import { httpFor, never } from './receiving.ts';

const minSeverity = 'warning' as const;
const base = { minSeverity, secretCredential: null, tokenCredential: null, urlCredential: null };
const none = { url: null, urlCredential: null };

const secrets: Record<string, string> = {
  hook: 'http://127.0.0.1:1/SECRET',
  word: 'whsec_SECRET!',
  key: `whsec_${btoa('0123456789abcdef01234567')}`,
};

t.test('every channel of the configuration, and why one cannot be used', async (t) => {
  const channels = configuredChannels(
    {
      webhooks: {
        ops: { ...base, ...none, urlCredential: 'hook', secretCredential: 'key' },
        wrong: { ...base, url: 'http://127.0.0.1/', secretCredential: 'word' },
        missing: { ...base, ...none, urlCredential: 'absent' },
      },
      ntfy: {
        phone: { ...base, url: 'https://ntfy.sh/topic' },
        bare: { ...base, url: 'https://ntfy.sh/' },
      },
      commands: { log: { minSeverity, command: 'true' } },
    },
    {
      credentials: { read: (name) => secrets[name] ?? null },
      http: httpFor(t),
      now: Date.now,
      env: process.env,
    },
  );
  t.same(
    channels.map(({ name, audience }) => `${name} ${audience}`),
    [
      ...['webhook:ops programs', 'webhook:wrong programs', 'webhook:missing programs'],
      ...['ntfy:phone people', 'ntfy:bare people', 'command:log programs'],
    ],
  );
  const outcomeOf = (name: string) =>
    channels.find((channel) => channel.name === name)?.deliver(sampleCard(), null, never());
  t.match(await outcomeOf('webhook:wrong'), { kind: 'unusable', code: 'bad-secret' });
  t.match(await outcomeOf('webhook:missing'), { kind: 'unusable', code: 'no-credential' });
  t.match(await outcomeOf('ntfy:bare'), { kind: 'unusable', code: 'bad-topic' });
  t.match(await outcomeOf('command:log'), { kind: 'accepted' });
});
