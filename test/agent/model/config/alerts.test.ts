import t from 'tap';
import type { Config } from '../../../../agent/model/config/config.ts';
import { parseConfig } from '../../../../agent/model/config/parse.ts';
import { noAlerts } from './sample-alerts.ts';

const parse = (text: string) =>
  parseConfig([{ path: 'holdfast.yaml', text }], { home: '/home/bob' });
const configOf = (text: string): Config => parse(text).config;

t.test('alerts', async (t) => {
  const alerts = (text: string) => configOf(`alerts: ${text}`).alerts;
  const empty = '{quietHours: , telegram: , webhooks: , ntfy: , commands: , deadman: }';
  t.strictSame(alerts(empty), noAlerts);
  t.strictSame(alerts('{repeat: 90m, quietHours: {from: 23:00, to: "07:30"}}'), {
    ...noAlerts,
    repeatMs: 5_400_000,
    quietHours: { from: 1380, to: 450, timezone: null },
  });
  for (const zone of ['Europe/Berlin', 'UTC', 'Asia/Calcutta', 'America/Argentina/Ushuaia']) {
    const text = `{quietHours: {from: "00:00", to: "23:59", timezone: ${zone}}}`;
    t.strictSame(alerts(text).quietHours, { from: 0, to: 1439, timezone: zone });
  }
  t.strictSame(
    alerts('{telegram: {api: "http://127.0.0.1:8081/", proxy: "http://p:3128"}}').telegram,
    {
      ...{ apiRoot: 'http://127.0.0.1:8081', proxy: 'http://p:3128', screens: true },
      minSeverity: 'warning',
    },
  );
  t.strictSame(alerts('{webhooks: {a: {urlCredential: b, secretCredential: c}}}').webhooks, {
    a: {
      url: null,
      urlCredential: 'b',
      secretCredential: 'c',
      minSeverity: 'info',
      screens: false,
    },
  });
  t.strictSame(alerts('{ntfy: {a: {url: "https://ntfy.sh/x", tokenCredential: t}}}').ntfy, {
    a: {
      ...{ url: 'https://ntfy.sh/x', urlCredential: null, tokenCredential: 't' },
      ...{ minSeverity: 'warning', screens: false },
    },
  });
  t.strictSame(
    alerts('{commands: {a: {command: mail, minSeverity: critical, screens: true}}}').commands,
    {
      a: { command: 'mail', minSeverity: 'critical', screens: true },
    },
  );
  t.strictSame(alerts('{deadman: {urlCredential: hc}}').deadman, {
    ...{ url: null, urlCredential: 'hc', intervalMs: 60_000 },
  });
});

t.test('what alerts refuse', async (t) => {
  const url = (text: string) => `{webhooks: {a: {url: ${JSON.stringify(text)}}}}`;
  const quiet = (text: string) => `{quietHours: {from: "23:00", to: "07:00", timezone: ${text}}}`;
  const wrong = [
    ...['ftp://a.b/', 'https://u@a.b/', 'https://:p@a.b/', 'a.b', 'https://', ''].map(url),
    ...['https://a.b/ c', 'https://a.b/\n', `https://a.b/${'c'.repeat(2000)}`].map(url),
    ...['Mars/Phobos', '"+01:00"', '""', '[]', 'constructor'].map(quiet),
    ...['{from: "24:00", to: "07:00"}', '{from: "23:60", to: "07:00"}', '{from: "23:00"}'].map(
      (text) => `{quietHours: ${text}}`,
    ),
    ...['A', '-a', '../a', 'a'.repeat(65), 'a.b'].map(
      (text) => `{deadman: {urlCredential: ${text}}}`,
    ),
    ...[
      '{commands: {a: {command: ""}}}',
      '{commands: {a: }}',
      '{webhooks: {A: {urlCredential: a}}}',
    ],
    ...['{repeat: 59s}', '{repeat: 8d}', '{deadman: {urlCredential: a, interval: 9s}}', '[]'],
  ];
  for (const text of wrong) {
    t.throws(() => configOf(`alerts: ${text}`), { name: 'ConfigFailure' }, text);
  }
});

t.test('an address is not repeated, for many are secrets', async (t) => {
  const text = 'alerts: {webhooks: {a: {url: "https://u:hidden@example.org/hidden"}}}';
  try {
    configOf(text);
    t.fail('it was taken');
  } catch (error) {
    t.notMatch(String(error), /hidden/);
  }
});

t.test('an address that anybody on the way can read is a warning', async (t) => {
  const { warnings } = parse(`alerts:
  telegram: {api: "http://10.0.0.1:8081"}
  webhooks: {a: {url: "http://example.org/"}, b: {url: "http://127.0.0.1:9/"}, c: {urlCredential: c}}
  ntfy: {a: {url: "http://[::1]/t"}, b: {url: "https://ntfy.sh/t"}}
  deadman: {url: "http://localhost.example.org/x"}
`);
  t.strictSame(
    warnings,
    ['telegram.api', 'webhooks.a.url', 'deadman.url'].map(
      (path) => `alerts.${path}: http is not encrypted; use https`,
    ),
  );
  t.strictSame(parse('alerts: {ntfy: {b: {url: "http://ntfy.sh/t"}}}').warnings.length, 1);
});

t.test('everything with an address has one of the two, and no more', async (t) => {
  for (const entry of ['{}', '{url: "https://a.b/c", urlCredential: d}']) {
    for (const text of [`webhooks: {a: ${entry}}`, `ntfy: {a: ${entry}}`, `deadman: ${entry}`]) {
      t.throws(() => configOf(`alerts: {${text}}`), { message: /url/ }, text);
    }
  }
  t.strictSame(
    parse('alerts: {commands: {a: {command: mail}}}').warnings,
    [],
    'a command has none',
  );
});
