import t from 'tap';
import { asksToGoDown, asksToKill, asksToStop } from '../../../../agent/explain/facts/asks.ts';

const units = ['system.slice', 'web@1.service'];

t.test('commands that end a unit', async (t) => {
  for (const command of [
    ...['systemctl stop web@1', '/usr/bin/systemctl --no-block restart a.service web@1.service'],
    ...['systemctl stop web@*', 'systemctl stop web@?', 'systemctl stop system.slice'],
    ...['/usr/sbin/service web@1 restart', 'systemctl try-restart -- web@1'],
  ]) {
    t.ok(asksToStop(command, units), command);
  }
});

t.test('commands that do not', async (t) => {
  for (const command of [
    ...['systemctl status web@1', 'systemctl stop web', 'systemctl stop web@1.socket', ''],
    ...['systemctl --user stop web@1', 'echo systemctl stop web@1', 'systemctl stop', 'systemctl'],
    ...['systemctl start stop web@1', 'systemctl stop webx1', 'systemctl kill web@1'],
    ...['systemctl stop web@1.service.', 'systemctl stop (', 'service stop web@1'],
  ]) {
    t.notOk(asksToStop(command, units), command);
  }
  t.ok(asksToKill('systemctl kill -s 9 web@1', units));
  t.notOk(asksToKill('kill web@1', units));
});

t.test('commands that take the machine down', async (t) => {
  for (const command of [
    ...['reboot', '/sbin/reboot -f', 'shutdown -r now', '/usr/sbin/poweroff', 'halt'],
    ...['systemctl reboot', 'systemctl -i poweroff', 'systemctl kexec'],
  ]) {
    t.ok(asksToGoDown(command), command);
  }
  for (const command of [
    ...['shutdown -c', 'shutdown -kr now', 'shutdown --show', 'reboot --help', 'rebooted', ''],
    ...['systemctl restart reboot', 'systemctl --user poweroff', 'echo reboot', 'vi /sbin/reboot'],
  ]) {
    t.notOk(asksToGoDown(command), command);
  }
});
