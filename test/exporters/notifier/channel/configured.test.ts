import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import {
  channelConfigs,
  configuredChannels,
  minSeverityOf,
} from '../../../../exporters/notifier/channel/configured.ts';
import { noAlerts } from '../../../agent/model/config/sample-alerts.ts';
import { settingsWith } from '../classify/sample-events.ts';
import { sampleCard } from '../sample-card.ts';
import { httpFor, never } from './receiving.ts';

const minSeverity = 'warning' as const;
const base = {
  minSeverity,
  screens: true,
  secretCredential: null,
  tokenCredential: null,
  urlCredential: null,
};
const none = { url: null, urlCredential: null };

const secrets: Record<string, string> = {
  hook: 'http://127.0.0.1:1/SECRET',
  word: 'whsec_SECRET!',
  key: `whsec_${btoa('0123456789abcdef01234567')}`,
};

t.test('every channel of the configuration, and why one cannot be used', async (t) => {
  const channels = configuredChannels(
    {
      ...noAlerts,
      webhooks: {
        ops: { ...base, ...none, urlCredential: 'hook', secretCredential: 'key' },
        wrong: { ...base, url: 'http://127.0.0.1/', secretCredential: 'word' },
        missing: { ...base, ...none, urlCredential: 'absent' },
      },
      ntfy: {
        phone: { ...base, url: 'https://ntfy.sh/topic' },
        bare: { ...base, url: 'https://ntfy.sh/' },
      },
      commands: { log: { minSeverity, screens: false, command: 'true' } },
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

t.test('screens leave the machine only where somebody wants that', async (t) => {
  const file = join(t.testdir(), 'given');
  for (const screens of [false, true]) {
    const log = { minSeverity, screens, command: `cat >'${file}'` };
    const [channel] = configuredChannels(
      { ...noAlerts, commands: { log } },
      { credentials: { read: () => null }, http: httpFor(t), now: Date.now, env: process.env },
    );
    t.match(await channel?.deliver(sampleCard(), null, never()), { kind: 'accepted' });
    const { screen } = JSON.parse(readFileSync(file, 'utf8')).data;
    t.same(screen, screens ? sampleCard().screen : null);
  }
});

t.test('from which severity on a channel is told', async (t) => {
  const { alerts } = settingsWith({
    alerts: {
      webhooks: {
        'a:b': {
          url: '',
          urlCredential: null,
          secretCredential: null,
          minSeverity: 'info',
          screens: false,
        },
      },
      ntfy: {
        n: {
          url: '',
          urlCredential: null,
          tokenCredential: null,
          minSeverity: 'error',
          screens: false,
        },
      },
      commands: { c: { command: '', minSeverity: 'critical', screens: false } },
      telegram: { ...noAlerts.telegram, minSeverity: 'notice' },
    },
  });
  const names = ['webhook:a:b', 'ntfy:n', 'command:c', 'telegram:1', 'webhook:gone', 'other:x'];
  t.same(
    names.map((name) => minSeverityOf(name, alerts)),
    ['info', 'error', 'critical', 'notice', 'warning', 'warning'],
  );
  t.match(channelConfigs(alerts), [alerts.webhooks, alerts.ntfy, alerts.commands]);
});
