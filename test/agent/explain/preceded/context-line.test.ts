import t from 'tap';
import { contextLine } from '../../../../agent/explain/preceded/context-line.ts';
import { atSecond } from '../witnessed/read-trace.ts';
import * as written from '../written/written.ts';

t.test('of a command stays what it was, not what it was told', async (t) => {
  const cases: Record<string, string> = {
    '/usr/bin/systemctl stop web': 'systemctl stop',
    'systemctl --no-block restart web': 'systemctl restart',
    '/usr/bin/systemctl -H hunter stop web': 'systemctl',
    '/usr/bin/apt-get -y install tmux': 'apt-get install',
    '/usr/bin/apt hunter': 'apt',
    '/usr/bin/apt Install': 'apt',
    '/usr/bin/systemctl': 'systemctl',
    '/usr/bin/mysql start': 'mysql',
    '/usr/bin/mysql -u root --execute=hunter2': 'mysql',
    '/bin/sh -c stop': 'sh',
    '/home/bot/': 'a program',
    [`/bin/${'x'.repeat(60)} hunter`]: `${'x'.repeat(39)}…`,
  };
  for (const [command, shown] of Object.entries(cases)) {
    t.same(contextLine(written.sudo(5, command, 1001)), {
      ...{ at: atSecond(5), source: 'systemd-jobs', text: `uid 1001 ran ${shown} as root` },
    });
  }
});

t.test('the same of what polkit was asked for', async (t) => {
  const fact = written.allowed(5, '/opt/tool --token-of hunter2');
  const text = 'deploy was allowed org.freedesktop.systemd1.manage-units: tool';
  t.match(contextLine(fact), { at: atSecond(5), source: 'systemd-jobs', text });
  t.equal(
    contextLine({ ...fact, granted: false } as typeof fact).text,
    text.replace('allowed', 'refused'),
  );
});

t.test('all else stays as it was told', async (t) => {
  t.match(contextLine(written.loginRemoved(5, '3')), { text: 'Removed session 3.' });
});
