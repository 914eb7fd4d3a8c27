import { strict as assert } from 'node:assert';
import { undisturbed } from '../deployed/undisturbed.ts';
import type { Machine } from '../machine.ts';
import type { Check, Suite } from '../suite.ts';
import { deploy } from './deploy.ts';

/** At most so exposed, by `systemd-analyze security`. Others: SECURITY.md says why. */
const usualExposure = 1.5;
const exposure: Record<string, number> = {
  'holdfast-agent.service': 1.2,
  // It may ask servers of this machine how they are.
  'holdfast-link@deploy.service': 2.3,
  'holdfast-onfailure@x.service': 10,
  'holdfast-tmux@deploy.service': 10,
};
const ofOwner = (name: string): string =>
  name.replace('onfailure@.', 'onfailure@x.').replace('@.', '@deploy.');

const unitsOf = async (machine: Machine, endings: string): Promise<string[]> => {
  const names = await machine.must(`cd /usr/lib/systemd/system && ls ${endings}`);
  return names.split('\n').map(ofOwner);
};

const verifies: Check = {
  name: 'systemd-analyze verify has nothing to say',
  async run({ machine }) {
    const names = await unitsOf(machine, 'holdfast*.service holdfast*.target holdfast*.slice');
    const { code, stdout, stderr } = await machine.run(
      `systemd-analyze verify --man=no ${names.join(' ')}`,
    );
    assert.deepEqual({ code, said: `${stdout}${stderr}`.trim() }, { code: 0, said: '' });
  },
};

const security: Check = {
  name: 'systemd-analyze security finds little',
  async run({ machine, measure }) {
    for (const unit of await unitsOf(machine, 'holdfast*.service')) {
      const limit = exposure[unit] ?? usualExposure;
      const text = await machine.must(`systemd-analyze security --no-pager ${unit} | tail -n 1`);
      const level = Number(/: ([\d.]+) /.exec(text)?.[1]);
      measure(`exposure of ${unit}`, level);
      assert.ok(level <= limit, text);
    }
  },
};

const verbs: Check = {
  name: "the agent's user may start and reload the server of an owner, and do nothing else to any unit",
  async run({ machine }) {
    const asAgent = (words: string) =>
      machine.run(`runuser -u holdfast -- systemctl --no-ask-password ${words}`);
    const server = 'holdfast-tmux@alice.service';
    const tryAll = async (): Promise<void> => {
      for (const verb of ['start', 'reload']) {
        const { code, stderr } = await asAgent(`${verb} ${server}`);
        assert.equal(code, 0, `${verb}: ${stderr}`);
      }
      const refused = [
        ...[`stop ${server}`, `restart ${server}`, 'start holdfast-tmux@root.service'],
        ...['start holdfast-tmux@holdfast.service', 'stop holdfast-exporter.service'],
      ];
      for (const command of refused) {
        assert.notEqual((await asAgent(command)).code, 0, command);
      }
    };
    // A reload makes the socket again.
    await undisturbed(machine, tryAll, { movesSockets: true });
  },
};

export const sandbox: Suite = {
  name: 'sandbox',
  about: 'what systemd-analyze says of the units, and what the user of the agent may',
  after: deploy,
  checks: [verifies, security, verbs],
};
