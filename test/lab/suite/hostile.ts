import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import type { StatusDocument } from '../../../agent/model/status/status.ts';
import { deathsIn, eventsAfter } from '../deployed/events.ts';
import { untilStatus, untilWell } from '../deployed/status.ts';
import { undisturbed } from '../deployed/undisturbed.ts';
import { victim } from '../deployed/victim.ts';
import type { Check, Lab, Suite } from '../suite.ts';
import { until } from '../until.ts';
import { deploy } from './deploy.ts';

const guest = join(import.meta.dirname, '../guest');
const socket = '/run/holdfast/tmux/deploy/tmux.sock';

const waitForGo = 'until [ -e attack.go ]; do sleep 0.2; done';

/** Runs a command as a program in a session of deploy, once Holdfast knows that session, and waits until it is over. */
const inSession = async ({ machine }: Lab, command: string): Promise<void> => {
  const deploy = machine.as('deploy');
  await deploy.must('rm -f attack.go attack.done; cat >attack.sh', {
    stdin: `${waitForGo}\n${command}`,
  });
  await deploy.must('tmux new-session -d -s attacker "sh attack.sh; touch attack.done"');
  await untilStatus(machine, 'the session of the attacker is known', ({ sessions }) =>
    sessions.some(({ session, status }) => session === 'attacker' && status === 'up'),
  );
  await deploy.must('touch attack.go');
  const isOver = async () => (await deploy.run('test -e attack.done')).code === 0;
  await until('the attack is over', isOver, 120_000);
};

/** The processes that an owner must not be able to end. */
const guarded = 'systemctl show -P MainPID holdfast-agent holdfast-exporter';

const untouched = async (lab: Lab, attack: () => Promise<unknown>): Promise<void> => {
  const pids = await lab.machine.must(guarded);
  await attack();
  assert.equal(await lab.machine.must(guarded), pids, 'agent and exporter are the same processes');
};

const killByName: Check = {
  name: 'pkill -9 -f node from inside a session reaches neither agent nor exporter',
  async run(lab) {
    const attack = () => inSession(lab, 'pkill -9 -f node; sleep 1');
    await untouched(lab, async () => {
      // Its own session ends with it, and the owner's link, which is a program of his.
      const { events } = await undisturbed(lab.machine, attack, { victims: ['attacker'] });
      assert.ok(
        events.some(({ type }) => type === 'link.lost'),
        `it did hit something: ${events.map(({ type }) => type)}`,
      );
    });
  },
};

const killAll: Check = {
  name: 'pkill -9 -u $USER takes the sessions, is in the log, and everything of the owner comes back',
  async run(lab) {
    const { machine } = lab;
    const { seq, sessions } = await untilWell(machine);
    const his = sessions.filter(({ declared, server }) => declared && server === 'main');
    await untouched(lab, async () => {
      // The login goes with it.
      await machine.as('deploy').run('pkill -9 -u $USER', { limitMs: 20_000 });
      const isSeen = async () =>
        (await eventsAfter(machine, seq)).some(({ type }) => type === 'server.died');
      await until('the end of his server is seen', isSeen, 180_000);
      await untilWell(machine);
    });
    const events = await eventsAfter(machine, seq);
    assert.deepEqual(deathsIn(events).sort(), his.map(({ session }) => session).sort());
    const types = new Set<string>(events.map(({ type }) => type));
    for (const type of ['link.lost', 'link.connected', 'server.died']) {
      assert.ok(types.has(type), `${type} is among ${[...types]}`);
    }
  },
};

/**
 * Prints what of ours the user may write. Not sockets: the flood tries those. Not what systemd gives to whom a unit runs as:
 * the delegated control group of his server, and a file to ask for notices of memory pressure.
 */
const writable = `
  find / -xdev \\( -path /proc -o -path /sys -o -path /home -o -path /tmp -o -path /var/tmp \\) -prune \\
    -o -path '*holdfast*' \\( -type f -o -type d \\) -writable -print 2>/dev/null
  find /run /sys/fs/cgroup -path '*holdfast*' \\( -type f -o -type d \\) -writable -print 2>/dev/null |
    grep -vE '/holdfast-tmux@deploy.service(/|$)|/memory.pressure$'; true`;

/** Owners may neither read nor list it. */
const secrets = [
  ...['/var/lib/holdfast/state.json', '/var/lib/holdfast/events.db', '/var/lib/holdfast/blobs'],
  ...['/var/log/holdfast', '/etc/holdfast/holdfast.yaml', '/etc/holdfast/credentials'],
];

const writes: Check = {
  name: 'an owner writes to nothing of ours but his own socket directory, and reads no state',
  async run({ machine }) {
    // Shows that the search finds what there is.
    const control = '/var/lib/control-of-holdfast';
    await machine.must(`install -d -o deploy ${control}`);
    try {
      // What a new life prints first lies in his directory until its processor comes to it.
      const isAll = async (): Promise<boolean> => {
        const found = await machine.as('deploy').must(writable, { limitMs: 300_000 });
        if (found === `${control}\n/run/holdfast/tmux/deploy`) return true;
        throw new Error(`he may write to:\n${found}`);
      };
      await until('he may write to the two places that are his', isAll, 120_000);
    } finally {
      await machine.must(`rmdir ${control}`);
    }
    for (const path of secrets) {
      await machine.must(`test -e ${path}`);
      for (const owner of ['deploy', 'alice'] as const) {
        const { stdout } = await machine.as(owner).run(`cat ${path}; ls ${path}/`);
        assert.equal(stdout, '', `${owner} reads ${path}`);
      }
    }
  },
};

/** `--port` of the exporter, where nobody changed it. */
const exporterPort = '9798';

const floods: Check = {
  name: 'garbage and floods on every socket do no harm',
  async run(lab) {
    const { machine } = lab;
    const deploy = machine.as('deploy');
    await deploy.put(join(guest, 'flood.cjs'), 'flood.cjs');
    const flood = async (path: string): Promise<{ opened: number; refused: number }> =>
      JSON.parse(
        await deploy.must(`/usr/lib/holdfast/bin/node flood.cjs ${path}`, { limitMs: 300_000 }),
      );
    await untouched(lab, () =>
      undisturbed(machine, async () => {
        for (const open of ['/run/holdfast/agent/agent.sock', exporterPort]) {
          assert.ok((await flood(open)).opened > 0, open);
        }
        const { opened, refused } = await flood('/run/holdfast/link/link.sock');
        assert.ok(opened === 0 && refused > 0, 'link.sock is closed to him');
        await flood(socket);
        const metrics = await machine.must(`curl -sS http://127.0.0.1:${exporterPort}/metrics`);
        assert.match(metrics, /^holdfast_session_up\{/m);
      }),
    );
  },
};

const rights: Check = {
  name: 'an owner acts on his own sessions, not on those of others, and administers nothing',
  async run({ machine }) {
    const limitMs = 120_000;
    const [deploy, alice] = [machine.as('deploy'), machine.as('alice')];
    await alice.must('holdfast status >/dev/null', { limitMs });
    const refused = await alice.run('holdfast stop worker-2', { limitMs });
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /owner of the session/);
    assert.match(
      (await deploy.run('holdfast reload', { limitMs })).stderr,
      /only root and operators/,
    );
    const lifeIn = ({ sessions }: StatusDocument) =>
      sessions.find(({ session, status }) => session === 'worker-2' && status === 'up')?.life;
    const life = lifeIn(await untilWell(machine));
    const { code, stdout, stderr } = await deploy.run('holdfast restart worker-2', { limitMs });
    // An emulated machine may take longer than an answer is waited for; what was asked for comes all the same.
    assert.ok(code === 0 || /no answer to session\./.test(stderr), stdout + stderr);
    await untilStatus(machine, 'worker-2 is another life', (status) =>
      [life, undefined].every((old) => lifeIn(status) !== old),
    );
    const stranger = await machine.run('runuser -u nobody -- holdfast status', { limitMs });
    assert.notEqual(stranger.code, 0);
    assert.equal(stranger.stdout, '');
  },
};

const forged: Check = {
  name: 'a forged server on the socket and detach-client -E gain nothing',
  async run(lab) {
    const { machine } = lab;
    const precious = '/var/lib/holdfast/precious';
    await machine.must(
      `echo kept >${precious}; chown holdfast: ${precious}; chmod 0600 ${precious}`,
    );
    const deploy = machine.as('deploy');
    await deploy.put(join(guest, 'forge'), 'forge');
    const forge = async () => {
      const asked = await deploy.must(`sh forge ${socket} ${victim}`, { limitMs: 300_000 });
      assert.ok(Number(asked) > 0, `the forged server was asked: ${asked}`);
    };
    await untouched(lab, () => undisturbed(machine, forge, { movesSockets: true }));
    assert.equal(await machine.must(`cat ${precious}; rm ${precious}`), 'kept');
    // His own client obeyed him; there was none of ours to obey.
    for (const line of (await machine.must('cat /tmp/forged; rm /tmp/forged')).split('\n')) {
      assert.match(line, /^uid=1000\(deploy\)/);
    }
  },
};

const linkLoop: Check = {
  name: 'a link killed in a loop comes back, and the agent sees it',
  async run(lab) {
    const loop = 'for i in $(seq 15); do pkill -9 -u deploy -f holdfast-lin[k]; sleep 0.3; done';
    await untouched(lab, async () => {
      const kill = () => lab.machine.as('deploy').run(loop);
      const { events } = await undisturbed(lab.machine, kill);
      assert.ok(
        events.some(({ type }) => type === 'link.lost'),
        `the attempts are visible: ${events.map(({ type }) => type)}`,
      );
    });
    await lab.machine.must('systemctl reset-failed');
  },
};

export const hostile: Suite = {
  name: 'hostile',
  about: 'the watched cannot touch the watcher',
  after: deploy,
  checks: [killByName, writes, rights, floods, forged, linkLoop, killAll],
};
