import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Controller } from '../controller.ts';
import type { Machine } from '../machine.ts';
import { inTemporaryDirectory } from '../temporary.ts';
import { settings } from './settings.ts';

const limitMs = 1_800_000;

/** A login to an emulated machine takes seconds, and longer than the usual ten where much else runs. */
export const patient = { ANSIBLE_TIMEOUT: '60', ANSIBLE_SSH_RETRIES: '3' };

/** Ansible's own count of what it did. */
export interface Recap {
  ok: number;
  changed: number;
  failed: number;
  output: string;
}

const recapOf = (output: string): Recap => {
  const numbers = /ok=(\d+) +changed=(\d+) +unreachable=\d+ +failed=(\d+)/.exec(output);
  if (numbers === null) throw new Error(`no recap of Ansible:\n${output.slice(-2000)}`);
  const [ok = 0, changed = 0, failed = 0] = numbers.slice(1).map(Number);
  return { ok, changed, failed, output };
};

/** Runs a playbook of the checkout against the machine, from the controller. */
export const play = (
  { port }: Machine,
  controller: Controller,
  playbook: string,
  more: object = {},
  words = '',
): Promise<Recap> =>
  inTemporaryDirectory(async (directory) => {
    const inventory = join(directory, 'inventory.json');
    const vars = {
      ...{ ansible_host: '127.0.0.1', ansible_port: port, ansible_user: 'root' },
      ...settings,
      ...more,
    };
    writeFileSync(inventory, JSON.stringify({ holdfast: { hosts: { lab: vars } } }));
    controller.put(inventory, '/root/inventory.json');
    const command = `ansible-playbook -i /root/inventory.json ${playbook} ${words}`;
    const env = {
      ANSIBLE_CONFIG: '/srv/checkout/ansible/ansible.cfg',
      ANSIBLE_HOST_KEY_CHECKING: 'False',
      ANSIBLE_NOCOLOR: '1',
      ...patient,
    };
    const output = await controller.must(`cd /srv/checkout/ansible && ${command}`, {
      env,
      limitMs,
    });
    return recapOf(output);
  });
