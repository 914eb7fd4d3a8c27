import { strict as assert } from 'node:assert';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, followed } from '../documents/check.ts';
import type { Check, Suite } from '../suite.ts';

/** What the page begins with: a server with the package copied to it, and a checkout of whoever may use sudo. */
const ground: Check = {
  name: 'the package and the playbooks are copied to the server',
  async run({ machine }) {
    const [deb, ...others] = globSync('dist/holdfast_*_amd64.deb', { cwd: checkout });
    assert.ok(deb !== undefined && others.length === 0, 'dist/ has one package: make deb');
    await machine.put(join(checkout, deb), '/root/');
    const deploy = machine.as('deploy');
    await deploy.must('mkdir dist');
    await deploy.put(join(checkout, deb), '/home/deploy/dist/');
    await deploy.put(join(checkout, 'ansible'), '/home/deploy/');
    await machine.must("echo 'deploy ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/lab");
  },
};

export const install: Suite = {
  name: 'install',
  about: 'docs/INSTALL.md to the letter, on a bare machine',
  fresh: true,
  long: true,
  checks: [ground, followed('docs/INSTALL.md')],
};
