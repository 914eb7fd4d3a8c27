import { strict as assert } from 'node:assert';
import { debAs, debFile } from '../deployed/deb.ts';
import { play } from '../deployed/deploy.ts';
import { servicesOf } from '../deployed/services.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import type { Machine } from '../machine.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { inTemporaryDirectory } from '../temporary.ts';
import { deploy } from './deploy.ts';

const limitMs = 300_000;
const install = 'DEBIAN_FRONTEND=noninteractive apt-get install --yes --allow-downgrades';

const dryRun: Check = {
  name: 'a dry run on a deployed machine would change nothing',
  async run({ machine, controller }) {
    const ansible = await controller();
    const { changed, failed, output } = await play(machine, ansible, 'site.yml', {}, '--check');
    assert.deepEqual([changed, failed], [0, 0], output);
  },
};

/** Puts the same package under another version onto the machine. @returns the file there */
const bringPackage = (machine: Machine, version: string): Promise<string> =>
  inTemporaryDirectory(async (directory) => {
    await machine.put(await debAs(version, directory), '/root/other.deb');
    return '/root/other.deb';
  });

/** The main process of each unit of ours but the tmux servers. */
const pidsOf = async (machine: Machine): Promise<Map<string, string>> => {
  const units = await servicesOf(machine);
  const pids = (await machine.must(`systemctl show -P MainPID ${units.join(' ')}`)).split(/\n+/);
  return new Map(units.map((unit, i) => [unit, pids[i] ?? '']));
};

const upgrade: Check = {
  name: 'an upgrade and the way back restart our processes and no session, and lose nothing',
  async run({ machine, measure }) {
    for (const version of ['99.0', '0.0.9']) {
      const file = await bringPackage(machine, version);
      const pids = await pidsOf(machine);
      await undisturbed(machine, async () => {
        const seconds = await secondsOf(() => machine.must(`${install} ${file}`, { limitMs }));
        measure(`installing version ${version} over the one before`, seconds, 's');
      });
      const installed = await machine.must('dpkg-query --show holdfast | cut -f 2');
      assert.equal(installed, version);
      const now = await pidsOf(machine);
      for (const [unit, pid] of pids) {
        assert.ok(now.has(unit) && now.get(unit) !== pid, `${unit} is another process`);
      }
    }
  },
};

const removed: Check = {
  name: 'removing keeps data and sessions; installing again finds both',
  async run({ machine }) {
    await machine.put(debFile(), '/root/holdfast.deb');
    await undisturbed(machine, async () => {
      await machine.must('DEBIAN_FRONTEND=noninteractive apt-get remove --yes holdfast', {
        limitMs,
      });
      await machine.must(
        'test -s /var/lib/holdfast/events.db && test -s /etc/holdfast/holdfast.yaml',
      );
      await machine.must(`${install} /root/holdfast.deb`, { limitMs });
    });
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
  name: 'packaging',
  about: 'a dry run, upgrade, removal and purge of the package',
  after: deploy,
  long: true,
  checks: [dryRun, upgrade, removed, purged],
};
