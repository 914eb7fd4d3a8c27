import t from 'tap';
import {
  asksToEndLogin,
  asksToGoDown,
  asksToKill,
  asksToKillLogin,
  asksToStop,
  signalAsked,
} from '../../../../agent/explain/asked/asks.ts';

const units = ['system.slice', 'web@1.service'];

t.test('commands that end a unit', async (t) => {
  for (const command of [
    ...['systemctl stop web@1', '/usr/bin/systemctl --no-block restart a.service web@1.service'],
    ...['systemctl stop web@*', 'systemctl stop web@?', 'systemctl stop system.slice'],
    ...['systemctl disable --now web@1', 'systemctl --now mask web@1'],
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
    ...['systemctl disable web@1', 'systemctl mask web@1', 'systemctl enable --now web@1'],
    ...['systemctl stop web@1.service.', 'systemctl stop (', 'service stop web@1'],
  ]) {
    t.notOk(asksToStop(command, units), command);
  }
  t.ok(asksToKill('systemctl kill -s 9 web@1', units));
  t.notOk(asksToKill('kill web@1', units));
});

t.test('options that change nothing leave the asker, all others do not', async (t) => {
  for (const option of [
    ...['--no-block', '-q', '-fq', '--now', '--force', '--job-mode=fail', '--job-mode replace'],
    ...['--message=x', '--system', '--', '-i'],
  ]) {
    t.ok(asksToStop(`systemctl ${option} stop web@1`, units), option);
    t.ok(asksToStop(`systemctl stop ${option} web@1`, units), option);
  }
  for (const option of [
    ...['--dry-run', '--host=elsewhere', '--host elsewhere', '-H elsewhere', '-Helsewhere'],
    ...['-qH elsewhere', '--root=/mnt', '--root /mnt', '--machine=box', '--machine box', '-M box'],
    ...['-Mbox', '-M', '--user', '--use', '--dry', '--ro=/mnt', '--mac=box', '--image=/i'],
    ...['--help', '-h', '--version', '--global', '--marked', '-p stop'],
  ]) {
    t.notOk(asksToStop(`systemctl ${option} stop web@1`, units), option);
    t.notOk(asksToStop(`systemctl stop ${option} web@1`, units), option);
    t.notOk(asksToStop(`systemctl stop web@1 ${option}`, units), option);
    t.notOk(asksToKill(`systemctl kill ${option} web@1`, units), option);
    t.notOk(asksToGoDown(`systemctl ${option} reboot`), option);
  }
  t.ok(asksToKill('systemctl kill --signal=KILL --kill-whom=main web@1', units));
  t.ok(asksToKill('systemctl -s stop kill web@1', units), 'a signal is no verb');
  t.notOk(asksToStop('systemctl -s stop kill web@1', units));
  t.notOk(asksToStop('systemctl --message stop status web@1', units), 'nor is a message');
});

t.test('a pattern of many stars comes to an end', async (t) => {
  // Would run into the time limit of the test if each star were tried against all others.
  const long = [`${'a'.repeat(240)}.service`];
  const stars = '*'.repeat(180);
  t.ok(asksToStop(`systemctl stop ${stars}`, long));
  t.notOk(asksToStop(`systemctl stop ${stars}x.service`, long));
  t.notOk(asksToStop(`systemctl stop ${'*a'.repeat(90)}*x`, long));
  t.notOk(asksToKill(`systemctl kill ${stars}x`, long));
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

t.test('commands that end a login, or send a signal to all of it', async (t) => {
  const names = { logins: new Set(['c3']), users: new Set(['1001', 'ada']) };
  for (const command of [
    ...['loginctl terminate-user ada', '/usr/bin/loginctl terminate-session 7 c3'],
    ...['loginctl --no-ask-password terminate-user 1001'],
  ]) {
    t.ok(asksToEndLogin(command, names), command);
    t.notOk(asksToKillLogin(command, names), command);
  }
  for (const command of [
    ...['loginctl terminate-user bob', 'loginctl user-status ada', 'terminate-user ada', ''],
    ...['echo loginctl terminate-user ada', 'loginctl ada terminate-user'],
    ...['loginctl terminate-session 1001', 'loginctl terminate-user c3'],
  ]) {
    t.notOk(asksToEndLogin(command, names), command);
  }
  t.ok(asksToKillLogin('loginctl kill-user --signal=KILL ada', names));
  t.notOk(asksToKillLogin('loginctl kill-user --signal=KILL bob', names));
});

t.test('which signal is asked for', async (t) => {
  t.same(
    [
      ...['systemctl kill web', 'systemctl kill -s KILL web', 'systemctl kill -sint web'],
      ...['loginctl kill-user --signal=SIGKILL ada', 'systemctl kill --signal HUP web'],
      ...['systemctl kill -s 9 web', 'systemctl kill --signal=15 web', 'systemctl kill -s9 web'],
    ].map(signalAsked),
    [
      ...['SIGTERM', 'SIGKILL', 'SIGINT', 'SIGKILL', 'SIGHUP'],
      ...['SIGKILL', 'SIGTERM', 'SIGKILL'],
    ],
  );
});
