import { strict as assert } from 'node:assert';
import { assertNoGap } from '../deployed/log.ts';
import { clockOf, eventsSince, statusOf, untilWell } from '../deployed/say.ts';
import type { Check, Lab, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

/** Types a command into a session of deploy, as a program in it would run it, and waits until it is over. */
const inSession = async ({ machine }: Lab, command: string, limitMs = 60_000): Promise<string> => {
  const deploy = machine.as('deploy');
  await deploy.must('rm -f ~/attack ~/attack.done');
  await deploy.must('cat >~/attack.sh', { stdin: command });
  await deploy.must(
    'tmux new-session -d -s attacker "sh ~/attack.sh >~/attack 2>&1; touch ~/attack.done"',
  );
  await until(
    'the attack is over',
    async () => {
      const over = await deploy.run('test -e ~/attack.done || ! tmux has-session -t =attacker');
      return over.code === 0;
    },
    limitMs,
  );
  return deploy.must('cat ~/attack');
};

/** The pids and digests of what the watched must not touch. */
const guarded = `for unit in holdfast-agent holdfast-exporter; do systemctl show -P MainPID $unit; done`;

const untouched = async (lab: Lab, attack: () => Promise<unknown>): Promise<void> => {
  const { machine } = lab;
  await untilWell(machine);
  const [pids, { seq }] = [await machine.must(guarded), await statusOf(machine)];
  await attack();
  assert.equal(
    await machine.must(guarded),
    pids,
    'the agent and the exporter are the same processes',
  );
  await untilWell(machine);
  await assertNoGap(machine, seq);
};

const killers: Check = {
  name: 'pkill -9 -f node from inside a session does not reach the agent',
  run: (lab) => untouched(lab, () => inSession(lab, 'pkill -9 -f node; true')),
};

const killAll: Check = {
  name: 'pkill -9 -u $USER takes the sessions, and everything of the owner comes back',
  async run(lab) {
    const began = await clockOf(lab.machine);
    await untouched(lab, async () => {
      // The login goes with it.
      await lab.machine.as('deploy').run('pkill -9 -u $USER', { limitMs: 20_000 });
    });
    const events = await eventsSince(lab.machine, began);
    const types = new Set(events.map(({ type }) => type));
    for (const type of ['link.lost', 'link.connected', 'server.died', 'session.died'] as const) {
      assert.ok(types.has(type), `${type} is in the log`);
    }
  },
};

const writes: Check = {
  name: 'no file of ours can be written by an owner',
  async run(lab) {
    const find = `find / -xdev \\( -path /proc -o -path /sys -o -path /home -o -path /tmp -o -path /var/tmp \\) -prune \\
      -o \\( -path '*holdfast*' \\) \\( -type f -o -type d \\) -writable -print 2>/dev/null; find /run /sys/fs/cgroup \\
      -path '*holdfast*' \\( -type f -o -type d \\) -writable -print 2>/dev/null | grep -v /holdfast-tmux@deploy.service/`;
    const writable = (await lab.machine.as('deploy').must(`${find}; true`, { limitMs: 120_000 }))
      .split('\n')
      .filter((path) => path !== '');
    assert.deepEqual(writable, ['/run/holdfast/tmux/deploy']);
    const alice = await lab.machine
      .as('alice')
      .run('cat /var/lib/holdfast/state.json /etc/holdfast/holdfast.yaml');
    assert.equal(alice.stdout, '', 'nor read what may hold secrets');
  },
};

/** Floods and garbage at every socket that can be reached. */
const flood = `
const net = require('node:net'); const fs = require('node:fs');
const paths = ['/run/holdfast/agent/agent.sock', '/run/holdfast/link/link.sock'];
let refused = 0, open = 0, closed = 0;
const hit = (path, data) => new Promise((resolve) => {
  const socket = net.connect(path, () => { open += 1; socket.write(data); });
  socket.on('error', () => { refused += 1; resolve(); });
  socket.on('close', () => { closed += 1; resolve(); });
  setTimeout(() => { socket.destroy(); resolve(); }, 3000);
});
(async () => {
  for (const path of paths) {
    const garbage = [Buffer.alloc(1 << 20, 120), Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'.repeat(99) + '\\n'),
      Buffer.from('[[[[' .repeat(9999) + '\\n'), Buffer.from('\\n'.repeat(9999)), Buffer.from([0, 255, 10, 0])];
    for (const data of garbage) await Promise.all(Array.from({ length: 80 }, () => hit(path, data)));
  }
  console.log(JSON.stringify({ open, refused, closed }));
  process.exit(0);
})();`;

const floods: Check = {
  name: 'garbage and floods on every socket do no harm',
  run: (lab) =>
    untouched(lab, async () => {
      const said = await lab.machine
        .as('deploy')
        .must('/usr/lib/holdfast/bin/node -', { stdin: flood, limitMs: 120_000 });
      const { open, refused } = JSON.parse(said) as { open: number; refused: number };
      assert.ok(open > 0 && refused >= 400, `link.sock is closed to him: ${said}`);
    }),
};

const rights: Check = {
  name: 'an owner asks and acts on his own sessions, not on those of others, and administers nothing',
  async run({ machine }) {
    const [deploy, alice] = [machine.as('deploy'), machine.as('alice')];
    await alice.must('holdfast status >/dev/null', { limitMs: 60_000 });
    const refused = await alice.run('holdfast stop worker-2');
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /owner of the session/);
    assert.match((await deploy.run('holdfast reload')).stderr, /only root and operators/);
    await deploy.must('holdfast restart worker-2', { limitMs: 90_000 });
    await machine.must('id nobody && ! runuser -u nobody -- holdfast status');
  },
};

const forged: Check = {
  name: 'a forged server on the socket and detach-client -E gain nothing',
  async run(lab) {
    const { machine } = lab;
    await machine.must('install -m 0666 /dev/null /var/lib/holdfast/precious');
    await machine.must(
      'chown holdfast: /var/lib/holdfast/precious && chmod 0600 /var/lib/holdfast/precious',
    );
    await machine.must('echo kept >/var/lib/holdfast/precious');
    await untouched(lab, async () => {
      const forge = `
        s=/run/holdfast/tmux/deploy/tmux.sock
        tmux -S $s list-clients -F '#{client_name}' | while read c; do
          tmux -S $s detach-client -t "$c" -E 'id >>/tmp/forged; echo gone >/var/lib/holdfast/precious'; done
        mv $s $s.away; timeout 5 sh -c "while :; do printf '\\\\377\\\\377garbage' | timeout 1 /usr/lib/holdfast/bin/node -e '
          require(\\"node:net\\").createServer((c) => c.pipe(c)).listen(\\"$s\\"); setTimeout(() => process.exit(), 900)'; done"
        rm -f $s; mv $s.away $s`;
      await machine.as('deploy').run(forge, { limitMs: 60_000 });
    });
    assert.equal(
      await machine.must('cat /var/lib/holdfast/precious; rm /var/lib/holdfast/precious'),
      'kept',
    );
    assert.doesNotMatch(await machine.must('cat /tmp/forged 2>/dev/null || true'), /holdfast/);
  },
};

const linkLoop: Check = {
  name: 'a link killed in a loop comes back, and the agent sees it',
  async run(lab) {
    const began = await clockOf(lab.machine);
    await untouched(lab, () =>
      lab.machine
        .as('deploy')
        .must('for i in $(seq 15); do pkill -9 -u deploy -f holdfast-lin[k]; sleep 0.3; done'),
    );
    const events = await eventsSince(lab.machine, began);
    assert.ok(
      events.some(({ type }) => type === 'link.lost'),
      'the attempts are visible',
    );
    await lab.machine.must('systemctl reset-failed');
  },
};

export const hostile: Suite = {
  name: 'hostile',
  about: 'the watched cannot touch the watcher',
  after: deploy,
  checks: [killers, writes, rights, floods, forged, linkLoop, killAll],
};
