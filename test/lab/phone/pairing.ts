import { strict as assert } from 'node:assert';
import type { PairingCode } from '../../../agent/protocol/notifier.ts';
import { createPhone, lastOrder, startWith } from '../../telegram/phone.ts';
import { eventsAfter } from '../deployed/events.ts';
import { phoneOf, toldAfter } from '../deployed/phone.ts';
import { botToken } from '../deployed/settings.ts';
import { statusOf } from '../deployed/status.ts';
import type { Check } from '../suite.ts';
import { until } from '../until.ts';

const unit = 'holdfast-notifier';

/** The role's own file, and what systemd makes of it for the unit. */
const places = [
  `/etc/holdfast/credentials/${botToken.name}`,
  `/run/credentials/${unit}.service/${botToken.name}`,
];

/** Everything that is written while the machine runs, and what other processes can be seen to have been given. */
const search = `
  cat >/dev/shm/token
  grep --recursive --files-with-matches --text --fixed-strings --file=/dev/shm/token \\
    /etc /run /var/lib/holdfast* /var/log /var/tmp /tmp /root /home 2>/dev/null
  for process in /proc/[0-9]*; do
    grep --files-with-matches --text --fixed-strings --file=/dev/shm/token $process/cmdline $process/environ 2>/dev/null
  done
  journalctl --output=export --all | grep --count --text --fixed-strings --file=/dev/shm/token | sed '/^0$/d; s/^/journal /'
  systemctl show 'holdfast*' | grep --fixed-strings --file=/dev/shm/token
  rm /dev/shm/token`;

export const token: Check = {
  name: 'the notifier runs as holdfast-notifier; its token is a credential of the unit, and nowhere else',
  async run({ machine }) {
    const shown = await machine.must(
      `systemctl show -P User -P ActiveState ${unit} && ps -o user:20= -p $(systemctl show -P MainPID ${unit})`,
    );
    assert.deepEqual(shown.split('\n').toSorted(), ['active', unit, unit]);
    const { stdout, stderr, timedOut } = await machine.run(search, {
      stdin: `${botToken.value}\n`,
      limitMs: 900_000,
    });
    assert.equal(timedOut, false, `it was found so far in:\n${stdout}${stderr}`);
    assert.deepEqual(stdout.trim().split('\n').toSorted(), places);
  },
};

export const pairing: Check = {
  name: 'holdfast pair gives a code, and who sends it is paired; a stranger gets silence and is recorded',
  essential: true,
  async run({ machine, measure }) {
    const { telegram } = machine;
    const { seq } = await statusOf(machine);
    const stranger = createPhone(telegram, { id: 666, name: 'Mallory' });
    stranger.send(startWith('AAAA-AAAA'));
    stranger.send('/status');
    const shown = await machine.must('sudo holdfast pair --json', { limitMs: 120_000 });
    const { code } = JSON.parse(shown) as PairingCode;
    const before = Date.now();
    const welcome = await toldAfter(
      machine,
      async () => void phoneOf(machine).send(startWith(code)),
      /paired with/,
    );
    measure('a code is answered, emulated', (welcome.versions[0].at - before) / 1000, 's');
    const refusals = await until(
      'the stranger is recorded',
      async () => {
        const events = await eventsAfter(machine, seq);
        const paired = events.some((event) => event.type === 'remote.paired');
        const refused = events.filter((event) => event.type === 'remote.refused');
        return paired && refused.length > 0 ? refused : null;
      },
      180_000,
    );
    assert.deepEqual(
      refusals.map(({ data }) => data.remote.user),
      ['666'],
    );
    assert.deepEqual(stranger.messages(), []);
    assert.ok(lastOrder(telegram) > 0);
  },
};
