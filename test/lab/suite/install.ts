import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { debFile } from '../deployed/deb.ts';
import { play } from '../deployed/deploy.ts';
import { assertNoSecret } from '../deployed/settings.ts';
import { checkout, followed } from '../documents/check.ts';
import type { Check, Suite } from '../suite.ts';

const dryRun: Check = {
  name: 'a dry run on a bare machine fails in nothing, changes nothing and shows no secret',
  async run({ machine, controller }) {
    const dry = await play(machine, await controller(), 'site.yml', {}, '--check --diff');
    assert.equal(dry.failed, 0);
    assert.match(dry.output, /^\+/m, 'it shows what it would write');
    assertNoSecret(dry.output);
    const there = await machine.must('ls -d /etc/holdfast /usr/lib/holdfast 2>/dev/null || true');
    assert.equal(there, '');
  },
};

/** What the page begins with: a server with the package copied to it, and a checkout of whoever may use sudo. */
const ground: Check = {
  name: 'the package and the playbooks are copied to the server',
  async run({ machine }) {
    await machine.put(debFile(), '/root/');
    const deploy = machine.as('deploy');
    await deploy.must('mkdir dist');
    await deploy.put(debFile(), '/home/deploy/dist/');
    await deploy.put(join(checkout, 'ansible'), '/home/deploy/');
    await machine.must("echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/lab");
  },
};

export const install: Suite = {
  name: 'install',
  about: 'on a bare machine: a dry run of the role, and docs/INSTALL.md to the letter',
  fresh: true,
  long: true,
  checks: [dryRun, ground, followed('docs/INSTALL.md')],
};
