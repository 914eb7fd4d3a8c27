import { strict as assert } from 'node:assert';
import { credential } from '../deployed/settings.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

const file = `/etc/holdfast/credentials/${credential.name}`;

/** Matches the secret, and not the command that looks for it. */
const pattern = credential.value.replace(/^./, '[$&]');

const secrets: Check = {
  name: 'a secret reaches the sessions it is for, and no process list, unit or log',
  async run({ machine }) {
    const deploy = machine.as('deploy');
    assert.equal(await machine.must(`stat -c '%a %U' ${file}`), '400 root');
    const [, directory] = (
      await deploy.must('tmux show-environment -g CREDENTIALS_DIRECTORY')
    ).split('=');
    assert.equal(await deploy.must(`cat ${directory}/${credential.name}`), credential.value);
    assert.notEqual((await machine.as('alice').run(`cat ${directory}/*`)).code, 0);
    const places = {
      processes: 'cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n"',
      units: "systemctl cat 'holdfast*'; systemctl show 'holdfast*'",
      log: 'journalctl -o cat',
    };
    for (const [place, print] of Object.entries(places)) {
      const { stdout } = await machine.run(`(${print}) | grep -c '${pattern}'`);
      assert.equal(stdout.trim(), '0', place);
    }
  },
};

const clock: Check = {
  name: 'the clock is kept right, and the journal over reboots',
  async run({ machine }) {
    await machine.must(
      'systemctl is-enabled systemd-timesyncd && systemctl is-active systemd-timesyncd',
    );
    await machine.must('test -d /var/log/journal/$(cat /etc/machine-id)');
    const config = await machine.must('systemd-analyze cat-config systemd/journald.conf');
    assert.match(config, /^Storage=persistent$/m);
    assert.match(config, /^SystemMaxUse=1G$/m);
  },
};

const upgrades: Check = {
  name: 'upgrades run, reboot nothing, and restart nothing that holds sessions',
  async run({ machine }) {
    const apt = await machine.must('apt-config dump');
    assert.match(apt, /^APT::Periodic::Unattended-Upgrade "1";$/m);
    assert.match(apt, /^Unattended-Upgrade::Automatic-Reboot "false";$/m);
    // needrestart reads its files as Perl does.
    const spared = await machine.must(`perl -e '
      our %nrconf; for (glob "/etc/needrestart/conf.d/*.conf") { do $_; die $@ if $@ }
      for my $unit (@ARGV) {
        print "$unit\\n" if grep { $unit =~ $_ && $nrconf{override_rc}{$_} == 0 } keys %{$nrconf{override_rc}};
      }' holdfast-tmux@deploy.service user@1000.service session-7.scope cron.service`);
    assert.deepEqual(spared.split('\n'), [
      ...['holdfast-tmux@deploy.service', 'user@1000.service', 'session-7.scope'],
    ]);
  },
};

/** As it is done once a day, but for what is older than a second. */
const clean = `
  touch /tmp/lab-old; sleep 2; echo 'd /tmp 1777 root root 1s' >/run/lab-tmp.conf
  cd /usr/lib/tmpfiles.d && systemd-tmpfiles --clean holdfast.conf systemd-tmp.conf /run/lab-tmp.conf`;

const owners: Check = {
  name: "owners' programs outlive a logout, and their sockets a cleaning of /tmp",
  async run({ machine }) {
    const deploy = machine.as('deploy');
    assert.equal(await machine.must('loginctl show-user deploy -P Linger'), 'yes');
    const link = '/tmp/tmux-1000/default';
    const before = await machine.must(`stat -c %i ${link}`);
    await machine.must(clean);
    assert.equal(await machine.must(`stat -c %i ${link}`), before);
    await deploy.must('tmux ls');
    const old = await machine.must('ls /tmp/lab-old 2>/dev/null || true');
    assert.equal(old, '', 'it did clean');
  },
};

export const surroundings: Suite = {
  name: 'surroundings',
  about: 'what the role sets up around Holdfast: secrets, clock, journal, upgrades, logins',
  after: deploy,
  checks: [secrets, clock, upgrades, owners],
};
