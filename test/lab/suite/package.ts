import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import { debAs, debFile } from '../deployed/deb.ts';
import { play } from '../deployed/deploy.ts';
import { assertNoGap } from '../deployed/log.ts';
import { livesOf, statusOf, untilWell } from '../deployed/say.ts';
import { serverPidsOf, tmuxSocketsOf } from '../deployed/sockets.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

const limitMs = 300_000;
const install = 'DEBIAN_FRONTEND=noninteractive apt-get install --yes --allow-downgrades';

const lintian: Check = {
  name: 'lintian has no errors',
  async run({ controller }) {
    const { must } = await controller();
    const name = debFile().split('/').at(-1);
    await must(`lintian --fail-on error --no-tag-display-limit /srv/checkout/dist/${name}`, {
      limitMs,
    });
  },
};

const upgrade: Check = {
  name: 'an upgrade and the way back restart our processes and no session, and lose nothing',
  async run({ machine, measure }) {
    const version = "dpkg --status holdfast | sed -n 's/^Version: //p'";
    for (const other of ['99.0', '0.0.9']) {
      await untilWell(machine);
      const [before, pids, sockets] = [
        await statusOf(machine),
        await serverPidsOf(machine),
        await tmuxSocketsOf(machine),
      ];
      const { file, directory } = await debAs(other);
      try {
        await machine.put(file, '/root/other.deb');
      } finally {
        await rm(directory, { recursive: true });
      }
      const began = performance.now();
      await machine.must(`${install} /root/other.deb`, { limitMs });
      measure(
        `installing version ${other} over the one before`,
        (performance.now() - began) / 1000,
        's',
      );
      assert.equal(await machine.must(version), other);
      await untilWell(machine);
      const after = await statusOf(machine);
      assert.notEqual(after.agent.pid, before.agent.pid, 'the agent is another process');
      assert.deepEqual(livesOf(after), livesOf(before));
      assert.equal(await serverPidsOf(machine), pids);
      assert.equal(await tmuxSocketsOf(machine), sockets);
      await assertNoGap(machine, before.seq);
    }
  },
};

const removed: Check = {
  name: 'removing keeps data and sessions; installing again finds both',
  async run({ machine }) {
    const before = await statusOf(machine);
    await machine.must('DEBIAN_FRONTEND=noninteractive apt-get remove --yes holdfast', { limitMs });
    await machine.must(
      'test -s /var/lib/holdfast/events.db && test -s /etc/holdfast/holdfast.yaml',
    );
    assert.match(await machine.as('deploy').must('tmux ls'), /^worker-1:/m);
    await machine.put(debFile(), '/root/holdfast.deb');
    await machine.must(`${install} /root/holdfast.deb`, { limitMs });
    await machine.must('systemctl start holdfast@deploy.target holdfast@alice.target');
    await untilWell(machine);
    assert.deepEqual(livesOf(await statusOf(machine)), livesOf(before));
    await assertNoGap(machine, before.seq);
  },
};

const purged: Check = {
  name: 'the playbook for removal purges, and leaves nothing',
  async run({ machine, controller }) {
    const vars = { holdfast_purge: true, holdfast_end_sessions: true };
    const { failed } = await play(machine, await controller(), 'remove.yml', vars);
    assert.equal(failed, 0);
    const left = await machine.must(
      "find /etc /usr /var/lib /var/log /run -xdev -iname '*holdfast*' -not -path '/var/lib/systemd/*' -not -path '/usr/share/doc/*' || true",
    );
    assert.equal(left, '');
    const again = await play(machine, await controller(), 'remove.yml', vars);
    assert.equal(again.changed, 0, again.output);
  },
};

export const packaging: Suite = {
  name: 'package',
  about: 'upgrade, removal and purge of the package',
  after: deploy,
  checks: [lintian, upgrade, removed, purged],
};
