import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { patient } from '../deployed/deploy.ts';
import { secondsOf } from '../seconds.ts';
import type { Check, Suite } from '../suite.ts';
import { inTemporaryDirectory } from '../temporary.ts';

const running: Check = {
  name: 'systemd is running',
  async run({ machine, measure }) {
    const state = 'systemctl is-system-running --wait || true';
    const failed = 'systemctl list-units --failed --plain --no-legend';
    const said = await machine.must(`${state}; ${failed}`, { limitMs: 300_000 });
    assert.equal(said, 'running');
    measure('kernel', await machine.must('uname -r'));
    measure('systemd', await machine.must('systemctl --version | head -n 1'));
  },
};

const kernelFeatures: Check = {
  name: 'tracefs, pressure and the cgroup controllers are there',
  async run({ machine }) {
    await machine.must('test -e /sys/kernel/tracing/trace_pipe && cat /proc/pressure/memory');
    const controllers = await machine.must('cat /sys/fs/cgroup/cgroup.controllers');
    for (const name of ['cpu', 'io', 'memory', 'pids']) assert.match(controllers, new RegExp(name));
  },
};

const people: Check = {
  name: 'ordinary users log in, and may not do what root may',
  async run({ machine }) {
    for (const user of ['deploy', 'alice'] as const) {
      const login = machine.as(user);
      assert.equal(await login.must('id -un'), user);
      assert.equal(await login.must('echo "$WORD"', { env: { WORD: "it's" } }), "it's");
      assert.notEqual((await login.run('sudo -n true')).code, 0);
    }
    assert.match(await machine.as('deploy').must('id'), /^uid=1000\(deploy\) /);
  },
};

const copies: Check = {
  name: 'a file comes out as it went in',
  run: ({ machine }) =>
    inTemporaryDirectory(async (directory) => {
      const [there, back] = [join(directory, 'there'), join(directory, 'back')];
      writeFileSync(
        there,
        Uint8Array.from({ length: 100_000 }, (_, i) => i * 7),
      );
      const deploy = machine.as('deploy');
      await deploy.put(there, '/home/deploy/copy');
      await deploy.get('/home/deploy/copy', back);
      assert.deepEqual(readFileSync(back), readFileSync(there));
      const words = 'standard input';
      assert.equal(await machine.must('cat', { stdin: words }), words);
    }),
};

const limits: Check = {
  name: 'a command that takes too long is given up',
  async run({ machine }) {
    const { timedOut } = await machine.run('sleep 60', { limitMs: 1000 });
    assert.equal(timedOut, true);
    assert.equal(await machine.must('echo still here'), 'still here');
  },
};

const network: Check = {
  name: 'the network goes and comes back, and what runs detached goes on',
  async run({ machine }) {
    const carrier = 'cat /sys/class/net/en*/carrier';
    const outage = await machine.detach(
      `for i in $(seq 600); do [ "$(${carrier})" = 1 ] || break; sleep 0.5; done; ${carrier}`,
    );
    await machine.setNetwork(false);
    // Long enough for a busy machine to look at its carrier.
    const { code } = await machine.run('true', { limitMs: 10_000 });
    assert.notEqual(code, 0, 'no command gets through');
    await machine.setNetwork(true);
    assert.deepEqual(await outage.result(120_000), { code: 0, output: '0' });
    assert.equal(await machine.must(carrier), '1');
  },
};

const fullDisk: Check = {
  name: 'the disk is filled and freed',
  async run({ machine }) {
    const write = 'head -c 8192 /dev/zero >/home/deploy/more';
    await machine.fillDisk();
    try {
      assert.notEqual((await machine.as('deploy').run(write)).code, 0);
    } finally {
      await machine.freeDisk();
    }
    await machine.as('deploy').must(write);
  },
};

const controls: Check = {
  name: 'Ansible on the controller reaches it',
  async run({ machine, controller, measure }) {
    const { must } = await controller();
    const ping = [
      'ansible all -i 127.0.0.1, -u root -m ping',
      `-e ansible_port=${machine.port} -e ansible_python_interpreter=/usr/bin/python3`,
    ].join(' ');
    const env = { ANSIBLE_HOST_KEY_CHECKING: 'False', ...patient };
    const isAnswered = async () => assert.match(await must(ping, { env }), /"ping": "pong"/);
    measure('Ansible ping', await secondsOf(isAnswered), 's');
    measure('Ansible', await must('ansible --version | head -n 1'));
  },
};

export const machine: Suite = {
  name: 'machine',
  about: 'what the lab itself can do, on a bare machine',
  fresh: true,
  checks: [...[running, kernelFeatures, people, copies, limits, controls, network, fullDisk]],
};
