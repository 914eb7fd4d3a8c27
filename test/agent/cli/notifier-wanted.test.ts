import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { isNotifierWanted } from '../../../agent/cli/up/notifier-wanted.ts';
import { namedChannels } from '../../../agent/model/config/named-channels.ts';
import { parseConfig } from '../../../agent/model/config/parse.ts';
import { kinds } from '../../../exporters/notifier/channel/kinds.ts';
import { noAlerts } from '../model/config/sample-alerts.ts';

t.test('the notifier is wanted where there is a token or a channel', async (t) => {
  const credentialsDir = t.testdir({});
  const wanted = (yaml: string, at: string | null = credentialsDir): boolean => {
    const text = `sessions: {}\n${yaml}`;
    const { config } = parseConfig([{ path: 'holdfast.yaml', text }], { home: '/h' });
    return isNotifierWanted({ credentialsDir: at }, config.alerts);
  };
  t.notOk(wanted(''));
  t.notOk(wanted('alerts: {repeat: 1h}'));
  t.notOk(wanted('', null));
  t.ok(wanted('alerts: {webhooks: {ops: {url: https://example.org/x}}}'));
  t.ok(wanted('alerts: {ntfy: {phone: {url: https://ntfy.sh/x}}}'));
  t.ok(wanted('alerts: {commands: {log: {command: cat}}}'));
  t.ok(wanted('alerts: {deadman: {url: https://example.org/ping}}'));
  const token = join(credentialsDir, 'telegram-token');
  writeFileSync(token, '');
  t.notOk(wanted(''), 'an empty file is no token');
  writeFileSync(token, '12:ab');
  t.ok(wanted(''));
});

t.test('every kind of channel starts it', async (t) => {
  // Which key a kind takes its channels from is known from what it makes of the defaults.
  const keys = Object.values(kinds).map(({ configs }) =>
    Object.entries(noAlerts)
      .find(([, value]) => value === configs(noAlerts))
      ?.at(0),
  );
  t.same(keys.toSorted(), Object.keys(namedChannels(noAlerts)).toSorted());
  for (const key of keys) {
    const alerts = { ...noAlerts, [String(key)]: { one: {} } };
    t.ok(isNotifierWanted({ credentialsDir: null }, alerts), String(key));
  }
});
