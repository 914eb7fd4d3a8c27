import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { isNotifierWanted } from '../../../agent/cli/up/notifier-wanted.ts';
import { parseConfig } from '../../../agent/model/config/parse.ts';

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
